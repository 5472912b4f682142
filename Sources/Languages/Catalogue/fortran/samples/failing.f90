program failing
    implicit none
    integer :: numbers(3) = [1, 2, 3], place
    print "(a)", "before"
    place = size(numbers) + 4
    print *, numbers(place)
end program
