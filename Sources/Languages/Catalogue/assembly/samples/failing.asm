; Divides by zero, which ends the program by a signal.
        default rel
        global  _start

        section .data
before: db "before", 10

        section .text
_start:
        mov     eax, 1
        mov     edi, 1
        lea     rsi, [before]
        mov     edx, 7
        syscall
        xor     ecx, ecx
        div     ecx
