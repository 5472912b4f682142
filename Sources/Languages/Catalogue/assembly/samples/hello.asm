        default rel
        global  _start

        section .data
hello:  db "Hello from Carrel", 10
size:   equ $ - hello

        section .text
_start:
        mov     eax, 1          ; write
        mov     edi, 1
        lea     rsi, [hello]
        mov     edx, size
        syscall
        mov     eax, 60         ; exit
        xor     edi, edi
        syscall
