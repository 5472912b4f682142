// Attack: has the compiler expand a few lines to more than there is memory.
// Expect: outOfMemory
// Weak: none because a compiler without a limit takes all memory that there is
#define A "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C
#define E D D D D D D D D D D D D D D D D
#define F E E E E E E E E E E E E E E E E
const char *text[] = { F, F, F, F, F, F, F, F };
int main(void) { return text[0][0]; }
