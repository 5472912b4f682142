// Attack: has the assembler write a file without end.
// Expect: exited 4
__asm__(".rept 1000000\n.fill 1000000, 8, 0x90\n.endr");
int main(void) { return 0; }
