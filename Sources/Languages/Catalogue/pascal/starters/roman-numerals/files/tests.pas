{ Press Run: this file is the project's main file, and is compiled with the unit that it uses. }
program Tests;

uses
  SysUtils, Roman;

const
  Known: array[1..5] of Integer = (1, 4, 14, 1990, 2024);
  Numerals: array[1..5] of string = ('I', 'IV', 'XIV', 'MCMXC', 'MMXXIV');
  Wrong: array[1..8] of string = ('', 'IIII', 'VX', 'IC', 'MMMM', 'XI V', '12', 'MMMMMMMMMMMMMMMMMMMM');
  Outside: array[1..3] of Integer = (0, -1, 4000);

var
  Passed: Integer = 0;
  Failed: Integer = 0;
  Number, I: Integer;

procedure Expect(const What: string; Holds: Boolean);
begin
  if Holds then
    Inc(Passed)
  else
  begin
    Inc(Failed);
    WriteLn('FAILED ', What);
  end;
end;

begin
  for I := Low(Known) to High(Known) do
  begin
    Expect(Numerals[I] + ' is written', ToRoman(Known[I]) = Numerals[I]);
    Expect(Numerals[I] + ' is read', FromRoman(Numerals[I], Number) and (Number = Known[I]));
  end;
  for I := 1 to 3999 do
    Expect(IntToStr(I) + ' there and back', FromRoman(ToRoman(I), Number) and (Number = I));
  Expect('small letters and spaces', FromRoman(' xlii ', Number) and (Number = 42));
  for I := Low(Wrong) to High(Wrong) do
    Expect('"' + Wrong[I] + '" is no numeral', not FromRoman(Wrong[I], Number));
  for I := Low(Outside) to High(Outside) do
    Expect(IntToStr(Outside[I]) + ' has no numeral', ToRoman(Outside[I]) = '');

  WriteLn(Passed, ' passed, ', Failed, ' failed');
  if Failed > 0 then
    Halt(1);
end.
