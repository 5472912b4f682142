// Attack: has the compiler make a program of four gigabytes.
// Expect: exited 4
// Weak: none because the program would be as large as the disk
int numbers[1 << 30] = { 1 };
int main(void) { return numbers[1]; }
