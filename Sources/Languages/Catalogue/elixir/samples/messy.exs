x=1
if x==1 do
IO.puts( "a" )
end
