program messy
integer :: x
x = 1
if (x == 1) then
print *, "a"
end if
end program
