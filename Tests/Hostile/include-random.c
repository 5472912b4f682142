// Attack: has the compiler read a file without end.
// Expect: outOfMemory
// Weak: none because a compiler without a limit takes all memory that there is
#include "/dev/urandom"
int main(void) { return 0; }
