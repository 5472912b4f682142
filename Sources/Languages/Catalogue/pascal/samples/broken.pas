program Broken;
var
  Number: Integer;
begin
  Number := 'never printed';
  WriteLn(Number);
end.
