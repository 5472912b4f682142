program Failing;
var
  Numbers: array[1..3] of Integer = (1, 2, 3);
  Index: Integer;
begin
  WriteLn('before');
  Index := Length(Numbers) + 4;
  WriteLn(Numbers[Index]);
end.
