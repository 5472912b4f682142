program Input;
var
  Name: string;
  Number, Sum: Integer;
begin
  ReadLn(Name);
  Sum := 0;
  while not SeekEof do
  begin
    Read(Number);
    Sum := Sum + Number;
  end;
  WriteLn(Name, '''s numbers add up to ', Sum);
end.
