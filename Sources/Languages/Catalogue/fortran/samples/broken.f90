program broken
    implicit none
    undeclared = 1
    print *, "never printed"
end program
