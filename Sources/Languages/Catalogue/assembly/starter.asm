; Press Run, then type your name in the console below.

%define SYS_READ  0
%define SYS_WRITE 1
%define SYS_EXIT  60

; write ADDRESS, LENGTH: to standard output.
%macro write 2
        mov     eax, SYS_WRITE
        mov     edi, 1
        mov     rsi, %1
        mov     rdx, %2
        syscall
%endmacro

        default rel
        global  _start

        section .data
question:       db "What is your name? "
question_size:  equ $ - question
hello:          db "Hello, "
hello_size:     equ $ - hello
bang:           db "!", 10
bang_size:      equ $ - bang
capitals:       db "In capitals it is "
capitals_size:  equ $ - capitals
newline:        db 10

        section .bss
name:           resb 100
name_size:      equ $ - name

        section .text
_start:
        write   question, question_size
        mov     eax, SYS_READ
        xor     edi, edi
        lea     rsi, [name]
        mov     edx, name_size
        syscall
        test    rax, rax
        jle     exit

        ; r12 is the name's length, without the end of the line.
        mov     r12, rax
        lea     rbx, [name]
        cmp     byte [rbx + r12 - 1], 10
        jne     greet
        dec     r12
greet:
        write   hello, hello_size
        write   name, r12
        write   bang, bang_size

        xor     ecx, ecx
next:
        cmp     rcx, r12
        je      done
        mov     al, [rbx + rcx]
        cmp     al, "a"
        jb      keep
        cmp     al, "z"
        ja      keep
        sub     byte [rbx + rcx], "a" - "A"
keep:
        inc     rcx
        jmp     next
done:
        write   capitals, capitals_size
        write   name, r12
        write   newline, 1
exit:
        mov     eax, SYS_EXIT
        xor     edi, edi
        syscall
