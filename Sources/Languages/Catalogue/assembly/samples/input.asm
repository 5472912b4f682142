; Two lines come in: a name, and numbers. All of it fits the buffer.
        default rel
        global  _start

        section .data
text:   db "'s numbers add up to "
text_size: equ $ - text

        section .bss
buffer: resb 4096
digits: resb 20

        section .text
_start:
        ; The whole input; r12 is the end of it.
        lea     r12, [buffer]
fill:
        xor     eax, eax
        xor     edi, edi
        mov     rsi, r12
        lea     rdx, [buffer + 4096]
        sub     rdx, r12
        syscall
        test    rax, rax
        jle     filled
        add     r12, rax
        jmp     fill
filled:
        ; The name, up to the end of its line; r13 goes on behind it.
        lea     r13, [buffer]
name:
        cmp     byte [r13], 10
        je      named
        inc     r13
        jmp     name
named:
        lea     rsi, [buffer]
        mov     rdx, r13
        sub     rdx, rsi
        call    write
        lea     rsi, [text]
        mov     edx, text_size
        call    write

        ; r14 is the sum, rax the number that is being read.
        xor     r14d, r14d
        xor     eax, eax
number:
        inc     r13
        cmp     r13, r12
        jae     summed
        movzx   ecx, byte [r13]
        sub     ecx, "0"
        cmp     ecx, 9
        ja      next
        imul    rax, 10
        add     rax, rcx
        jmp     number
next:
        add     r14, rax
        xor     eax, eax
        jmp     number
summed:
        add     rax, r14

        ; Its digits, from the last to the first, before the end of the line.
        lea     rsi, [digits + 19]
        mov     byte [rsi], 10
        mov     ecx, 10
digit:
        xor     edx, edx
        div     rcx
        add     edx, "0"
        dec     rsi
        mov     [rsi], dl
        test    rax, rax
        jnz     digit
        lea     rdx, [digits + 20]
        sub     rdx, rsi
        call    write
        mov     eax, 60
        xor     edi, edi
        syscall

; The rdx bytes at rsi to standard output.
write:
        mov     eax, 1
        mov     edi, 1
        syscall
        ret
