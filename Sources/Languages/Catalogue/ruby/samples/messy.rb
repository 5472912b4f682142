x=1
if x==1
puts( "a" )
    [1,2].each do |y|
puts y
end
end
