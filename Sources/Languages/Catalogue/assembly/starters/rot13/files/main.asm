; Press Run, type lines, and end with Ctrl-D. Each letter is moved by 13 places: done twice, it is where it was.

        default rel
        global  _start

        section .bss
buffer:         resb 4096
buffer_size:    equ $ - buffer

        section .text
_start:
read:
        xor     eax, eax                ; read
        xor     edi, edi                ; from standard input
        lea     rsi, [buffer]
        mov     edx, buffer_size
        syscall
        test    rax, rax
        js      fault
        jz      done                    ; nothing more will come
        mov     r12, rax

        lea     rbx, [buffer]
        xor     ecx, ecx
next:
        mov     al, [rbx + rcx]
        mov     dl, al
        or      dl, 20h                 ; a letter made small
        sub     dl, "a"
        cmp     dl, 25
        ja      keep                    ; without a sign: what is below "a" is far above 25 now
        cmp     dl, 13
        jb      up
        sub     al, 13
        jmp     store
up:
        add     al, 13
store:
        mov     [rbx + rcx], al
keep:
        inc     rcx
        cmp     rcx, r12
        jb      next

        ; A pipe may take less than it is given, so until all is gone.
write:
        mov     eax, 1
        mov     edi, 1
        mov     rsi, rbx
        mov     rdx, r12
        syscall
        test    rax, rax
        jle     fault
        add     rbx, rax
        sub     r12, rax
        jnz     write
        jmp     read

fault:
        mov     edi, 1
        jmp     exit
done:
        xor     edi, edi
exit:
        mov     eax, 60
        syscall
