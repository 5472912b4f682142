export const names = {
  keyword: `
    align bits db dd default dq dw equ extern global incbin istruc rel resb resd resq resw section struc times
    %define %include %macro %endmacro %if %else %endif .text .data .bss
  `,
  function: `
    adc add and bsf bsr bt call cdq cmov cmove cmovne cmp cmpxchg cqo dec div idiv imul inc int ja jae jb jbe je jg
    jge jl jle jmp jne jns jnz js jz lea leave lodsb loop mov movaps movd movq movsb movsd movss movsx movsxd movzx
    mul neg nop not or pop popcnt push ret rol ror sal sar sbb scasb sete setne shl shr stosb sub syscall test xchg
    xor addsd subsd mulsd divsd sqrtsd cvtsi2sd cvttsd2si
  `,
  type: `
    rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 eax ebx ecx edx esi edi al ah bl cl dl xmm0 xmm1
    xmm2 xmm3 byte word dword qword ptr
  `
}

export const snippets = [
  ["start", "program", "global _start\n\nsection .text\n_start:\n\t${0}\n\tmov rax, 60\n\txor rdi, rdi\n\tsyscall"],
  ["write", "print a text", "mov rax, 1\nmov rdi, 1\nmov rsi, ${1:message}\nmov rdx, ${2:length}\nsyscall\n${0}"],
  ["data", "a text", "section .data\n${1:message}: db \"${2:hello}\", 10\n${3:length}: equ $$ - ${1:message}\n${0}"],
  ["proc", "procedure", "${1:name}:\n\tpush rbp\n\tmov rbp, rsp\n\t${0}\n\tpop rbp\n\tret"],
  ["loop", "count down", "\tmov rcx, ${1:10}\n${2:.again}:\n\t${0}\n\tdec rcx\n\tjnz ${2:.again}"]
]
