program Hello;
begin
  WriteLn('Hello from Carrel');
end.
