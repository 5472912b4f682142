program hello
    implicit none
    print "(a)", "Hello from Carrel"
end program
