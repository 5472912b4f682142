#include <assert.h>
#include <stdio.h>

int main(int count, char *arguments[]) {
    (void)arguments;
    puts("before");
    fflush(stdout);
    assert(count > 1000);
    puts("never printed");
    return 0;
}
