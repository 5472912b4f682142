disp("never printed")
if true
  disp("nor this"
end
