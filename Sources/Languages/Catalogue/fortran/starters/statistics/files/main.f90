! Press Run: all files are compiled, the module before this program, which runs the tests.

program tests
    use statistics, only: mean, deviation, median, real64
    implicit none
    real(real64), parameter :: none(0) = [real(real64) ::]
    integer :: passed = 0, failed = 0

    call expect("the mean", mean([1.0_real64, 2.0_real64, 6.0_real64]), 3.0_real64)
    call expect("the mean of nothing", mean(none), 0.0_real64)
    call expect("the deviation", deviation([2.0_real64, 4.0_real64, 4.0_real64, 6.0_real64]), sqrt(8.0_real64 / 3))
    call expect("the deviation of one value", deviation([5.0_real64]), 0.0_real64)
    call expect("the deviation of large values", &
        deviation([1e9_real64 + 1, 1e9_real64 + 2, 1e9_real64 + 3]), 1.0_real64)
    call expect("the median of three", median([9.0_real64, 1.0_real64, 5.0_real64]), 5.0_real64)
    call expect("the median of four", median([4.0_real64, 1.0_real64, 3.0_real64, 2.0_real64]), 2.5_real64)
    call expect("the median of equal values", median([7.0_real64, 7.0_real64]), 7.0_real64)
    call expect("the median of nothing", median(none), 0.0_real64)

    print "(i0, a, i0, a)", passed, " passed, ", failed, " failed"
    if (failed > 0) error stop

contains

    !> Numbers with fractions are seldom equal to the last bit, so near enough is equal.
    subroutine expect(what, found, wanted)
        character(len=*), intent(in) :: what
        real(real64), intent(in) :: found, wanted

        if (abs(found - wanted) <= 1e-12_real64 * max(1.0_real64, abs(wanted))) then
            passed = passed + 1
        else
            failed = failed + 1
            print "(3a, g0, a, g0)", "FAILED ", what, ": ", found, " instead of ", wanted
        end if
    end subroutine
end program
