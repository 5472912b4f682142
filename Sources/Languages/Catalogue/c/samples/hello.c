#include <stdio.h>

int main(void) {
    puts("Hello from Carrel");
    return 0;
}
