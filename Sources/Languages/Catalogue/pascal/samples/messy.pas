program x;var a:integer;begin if a=1 then begin writeln('a');end else writeln('b');for a:=1 to 3 do begin writeln(a) end;end.
