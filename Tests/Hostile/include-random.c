// Attack: has the compiler read a file without end.
// Expect: outOfMemory
#include "/dev/urandom"
int main(void) { return 0; }
