// Attack: makes itself look less worth ending than the agent, and takes all memory without being large.
// Expect: outOfMemory
// Weak: memory
// Succeeds: WORKED
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static char piece[1 << 20];

int main(void) {
    FILE *score = fopen("/proc/self/oom_score_adj", "w");
    if (!score || fputs("0", score) < 0 || fclose(score) != 0) return 1;
    for (int number = 0; number < 900; number++) {
        // No file may be larger than some.
        static int file;
        if (number % 50 == 0) file = memfd_create("", 0);
        if (write(file, piece, sizeof piece) != sizeof piece) return 2;
    }
    puts("WORKED");
    return 0;
}
