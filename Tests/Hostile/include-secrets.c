// Attack: has the compiler print files that the program may not read (the way past DMOJ's and others' sandboxes, where
// compilers ran outside of them).
// Expect: exited 1
// Weak: root
// Succeeds: root:
#include "/etc/shadow"
#include "/proc/1/environ"
int main(void) { return 0; }
