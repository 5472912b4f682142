; A file of functions: what is global here, other files can name as extern.

        default rel
        global  write_decimal

        section .text

; write_decimal: writes a number without a sign in decimal digits.
;   rdi   the number
;   rsi   where to; room for 20 digits
;   gives in rax how many digits there are
;
; By the System V convention a function may change rax, rcx, rdx, rsi, rdi and r8 to r11.
write_decimal:
        mov     rax, rdi
        mov     r8, 10
        xor     ecx, ecx

        ; The digits come out last first, so they wait on the stack.
.divide:
        xor     edx, edx                ; div takes rdx:rax
        div     r8
        add     edx, "0"
        push    rdx
        inc     rcx
        test    rax, rax
        jnz     .divide                 ; once at least: 0 has a digit, too

        mov     rax, rcx
.store:
        pop     rdx
        mov     [rsi], dl
        inc     rsi
        dec     rcx
        jnz     .store
        ret
