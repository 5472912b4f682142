{ Roman numerals from I to MMMCMXCIX. }
unit Roman;

interface

{ The numeral for a number from 1 to 3999; an empty text for another. }
function ToRoman(Number: Integer): string;

{ Reads a numeral, small letters allowed. False when it is none. }
function FromRoman(const Numeral: string; out Number: Integer): Boolean;

implementation

uses
  SysUtils;

const
  { Largest first; the pairs with a smaller letter before a larger one count as letters of their own. }
  Values: array[1..13] of Integer = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1);
  Symbols: array[1..13] of string =
    ('M', 'CM', 'D', 'CD', 'C', 'XC', 'L', 'XL', 'X', 'IX', 'V', 'IV', 'I');

function ToRoman(Number: Integer): string;
var
  I: Integer;
begin
  Result := '';
  if (Number < 1) or (Number > 3999) then
    Exit;
  for I := Low(Values) to High(Values) do
    while Number >= Values[I] do
    begin
      Result := Result + Symbols[I];
      Number := Number - Values[I];
    end;
end;

function FromRoman(const Numeral: string; out Number: Integer): Boolean;
var
  Letters: string;
  Place: Integer = 1;
  I: Integer;
begin
  Number := 0;
  Letters := UpperCase(Trim(Numeral));
  { The longest numeral has 15 letters; a much longer text could make the sum too large. }
  if Length(Letters) > 15 then
    Exit(False);
  for I := Low(Values) to High(Values) do
    while Copy(Letters, Place, Length(Symbols[I])) = Symbols[I] do
    begin
      Number := Number + Values[I];
      Place := Place + Length(Symbols[I]);
    end;
  { IIII or VX would come through: only what we would write ourselves is a numeral. }
  Result := (Letters <> '') and (ToRoman(Number) = Letters);
end;

end.
