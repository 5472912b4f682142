{ Press Run and think of a number. The program halves what is left with each question. }

program Guess;

uses
  SysUtils;

{ The first letter of the answer: y, h or l; #0 at the end of the input. Asks again until it is one of them: a typing
  error is no reason to lose the game. }
function Ask(Number: Integer): Char;
var
  Line: string;
begin
  repeat
    Write('Is it ', Number, '? (yes, higher, lower) ');
    if Eof then
      Exit(#0);
    ReadLn(Line);
    Line := LowerCase(Trim(Line));
  until (Line <> '') and (Line[1] in ['y', 'h', 'l']);
  Result := Line[1];
end;

var
  Low: Integer = 1;
  High: Integer = 100;
  Guesses: Integer = 0;
  Middle: Integer;

begin
  WriteLn('Think of a whole number from ', Low, ' to ', High, ', and I will guess it.');
  while Low <= High do
  begin
    Middle := (Low + High) div 2;
    Inc(Guesses);
    case Ask(Middle) of
      'y':
        begin
          WriteLn('Guesses needed: ', Guesses, '.');
          Exit;
        end;
      'h': Low := Middle + 1;
      'l': High := Middle - 1;
    else
      begin
        WriteLn;
        WriteLn('Then another time.');
        Exit;
      end;
    end;
  end;
  WriteLn('No number fits all your answers.');
end.
