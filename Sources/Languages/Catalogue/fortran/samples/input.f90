program input
    implicit none
    character(len=100) :: name
    integer :: numbers(3)

    read (*, "(a)") name
    read (*, *) numbers
    print "(2a, i0)", trim(name), "'s numbers add up to ", sum(numbers)
end program
