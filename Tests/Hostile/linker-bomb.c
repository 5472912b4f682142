// Attack: has the linker write gigabytes of zeros from an object of a few bytes.
// Expect: exited 1
// Weak: none because the file would be as large as the disk
__asm__(".section .init_array,\"aw\",@nobits\n.zero 8000000000\n.section .data\n.byte 1");
int main(void) { return 0; }
