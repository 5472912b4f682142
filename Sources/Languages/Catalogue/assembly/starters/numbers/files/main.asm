; Press Run: all files are assembled and linked, and the program begins at _start. It runs the tests.

        default rel
        global  _start
        extern  write_decimal

        section .data
; A test is a number, how many digits it must have, and the digits, filled up to 24.
%macro test_of 2
        dq      %1, %%end - %%text
%%text: db      %2
%%end:  times 24 - (%%end - %%text) db 0
%endmacro
test_size:      equ 40
tests:
        test_of 0, "0"
        test_of 7, "7"
        test_of 10, "10"
        test_of 4096, "4096"
        test_of 1000000, "1000000"
        test_of 18446744073709551615, "18446744073709551615"
tests_end:

good:           db "ok     "
bad:            db "FAILED "
result_size:    equ 7
newline:        db 10

        section .bss
digits:         resb 20

        section .text
; write: rsi, rdx to standard output.
write:
        mov     eax, 1
        mov     edi, 1
        syscall
        ret

_start:
        lea     rbx, [tests]            ; rbx, rbp and r12 to r15 outlive a call
        xor     r13d, r13d              ; how many failed
next:
        mov     rdi, [rbx]
        lea     rsi, [digits]
        call    write_decimal
        mov     r12, rax

        lea     r14, [good]
        cmp     rax, [rbx + 8]
        jne     failed
        mov     rcx, rax
        lea     rsi, [digits]
        lea     rdi, [rbx + 16]
        repe cmpsb
        je      report
failed:
        lea     r14, [bad]
        inc     r13
report:
        mov     rsi, r14
        mov     edx, result_size
        call    write
        lea     rsi, [digits]
        mov     rdx, r12
        call    write
        lea     rsi, [newline]
        mov     edx, 1
        call    write

        add     rbx, test_size
        lea     rax, [tests_end]
        cmp     rbx, rax
        jb      next

        mov     eax, 60                 ; exit, with 0 when none failed
        xor     edi, edi
        test    r13, r13
        setnz   dil
        syscall
