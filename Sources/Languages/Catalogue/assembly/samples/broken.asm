        global  _start
        section .text
_start:
        mov     eax, nowhere_defined
        move    edi, 1
