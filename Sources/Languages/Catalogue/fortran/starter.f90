! Press Run, then type your name in the console below.

program hello
    implicit none
    character(len=100) :: name
    integer :: code, status, uses
    integer, parameter :: a = iachar("a")

    write (*, "(a)", advance="no") "What is your name? "
    read (*, "(a)", iostat=status) name
    if (status /= 0 .or. name == "") name = "friend"
    print "(3a)", "Hello, ", trim(name), "!"

    do code = a, iachar("z")
        uses = count_letter(trim(name), achar(code))
        if (uses > 1) print "(3a, i0, a)", "The letter ", achar(code), " is in it ", uses, " times."
    end do
    print "(a, i0, a)", "Your name is ", len_trim(name), " characters long."

contains

    !> How often a letter is in a text, as a small or as a capital one.
    pure integer function count_letter(text, letter) result(count)
        character(len=*), intent(in) :: text
        character, intent(in) :: letter
        integer :: place

        count = 0
        do place = 1, len(text)
            if (text(place:place) == letter .or. text(place:place) == capital(letter)) count = count + 1
        end do
    end function

    pure character function capital(letter)
        character, intent(in) :: letter
        capital = achar(iachar(letter) - a + iachar("A"))
    end function
end program
