// Attack: has the assembler write a file without end.
// Expect: exited 4
// Weak: none because the file would be as large as the disk
__asm__(".rept 1000000\n.fill 1000000, 8, 0x90\n.endr");
int main(void) { return 0; }
