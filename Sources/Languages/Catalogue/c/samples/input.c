#include <stdio.h>
#include <string.h>

int main(void) {
    char name[100];
    int number, sum = 0;

    if (fgets(name, sizeof name, stdin) == NULL) {
        return 1;
    }
    name[strcspn(name, "\n")] = '\0';
    while (scanf("%d", &number) == 1) {
        sum += number;
    }
    printf("%s's numbers add up to %d\n", name, sum);
    return 0;
}
