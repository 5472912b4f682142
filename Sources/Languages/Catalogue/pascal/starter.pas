{ Press Run, then type your name in the console below. }

program Hello;

uses
  SysUtils;

var
  Name: string;
  Letter: Char;
  Letters: set of Char = [];
  Count: Integer = 0;

begin
  Write('What is your name? ');
  ReadLn(Name);
  Name := Trim(Name);
  if Name = '' then
    Name := 'friend';
  WriteLn('Hello, ', Name, '!');

  for Letter in LowerCase(Name) do
    if Letter in ['a'..'z'] then
      Include(Letters, Letter);
  for Letter in Letters do
    Inc(Count);
  Write('Your name uses ', Count, ' different letters:');
  for Letter in Letters do
    Write(' ', Letter);
  WriteLn;
end.
