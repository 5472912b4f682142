!> What a row of numbers is like. Every function gives 0 for a row that is too short to say.
module statistics
    implicit none
    private
    public :: mean, deviation, median

    !> Double precision, wherever the compiler has it.
    integer, parameter, public :: real64 = kind(1.0d0)

contains

    pure real(real64) function mean(values)
        real(real64), intent(in) :: values(:)
        mean = 0
        if (size(values) > 0) mean = sum(values) / size(values)
    end function

    !> The standard deviation of a sample. In two passes: the sum of the squares alone would lose all digits when the
    !> values are large and close together.
    pure real(real64) function deviation(values)
        real(real64), intent(in) :: values(:)
        deviation = 0
        if (size(values) > 1) deviation = sqrt(sum((values - mean(values))**2) / (size(values) - 1))
    end function

    !> The one in the middle, or the mean of the two that are.
    pure real(real64) function median(values)
        real(real64), intent(in) :: values(:)
        real(real64) :: sorted(size(values))
        integer :: half

        median = 0
        if (size(values) == 0) return
        sorted = ordered(values)
        half = (size(values) + 1) / 2
        median = (sorted(half) + sorted(size(values) + 1 - half)) / 2
    end function

    !> Sorted by insertion: short, and fast enough for some thousand values.
    pure function ordered(values) result(sorted)
        real(real64), intent(in) :: values(:)
        real(real64) :: sorted(size(values)), value
        integer :: place, gap

        sorted = values
        do place = 2, size(sorted)
            value = sorted(place)
            gap = place
            do while (gap > 1)
                if (sorted(gap - 1) <= value) exit
                sorted(gap) = sorted(gap - 1)
                gap = gap - 1
            end do
            sorted(gap) = value
        end do
    end function
end module
