! Draws temperatures.txt. Open that file, change it, and run this again.

program temperatures
    implicit none
    integer, parameter :: most = 100
    character(len=80) :: line
    character(len=12) :: days(most)
    real :: degrees(most)
    integer :: unit, status, number, count, i

    open (newunit=unit, file="temperatures.txt", action="read", status="old", iostat=status)
    if (status /= 0) then
        print "(a)", "There is no temperatures.txt that can be read."
        error stop
    end if

    count = 0
    number = 0
    do
        read (unit, "(a)", iostat=status) line
        if (status /= 0) exit
        number = number + 1
        if (line == "" .or. line(1:1) == "#") cycle
        if (count == most) then
            print "(a, i0, a)", "Only the first ", most, " are read."
            exit
        end if
        ! Read from the line and not from the file: what is wrong with a line stays in it.
        read (line, *, iostat=status) days(count + 1), degrees(count + 1)
        if (status /= 0) then
            print "(a, i0, 2a)", "Line ", number, " is left out: ", trim(line)
        else
            count = count + 1
        end if
    end do
    close (unit)

    if (count == 0) then
        print "(a)", "There is nothing to draw."
        stop
    end if
    do i = 1, count
        print "(a, f6.1, 2x, a)", days(i), degrees(i), repeat("*", max(0, nint(degrees(i) - minval(degrees(:count))) + 1))
    end do
    print "(a, f0.1, a, f0.1, a, f0.1)", "lowest ", minval(degrees(:count)), ", highest ", maxval(degrees(:count)), &
        ", mean ", sum(degrees(:count)) / count
end program
