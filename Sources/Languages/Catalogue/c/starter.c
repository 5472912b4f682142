// Press Run, then type your name in the console below.

#include <stdio.h>
#include <string.h>

int main(void) {
    char name[100];

    printf("What is your name? ");
    fflush(stdout);
    if (fgets(name, sizeof name, stdin) == NULL) {
        return 1;
    }
    name[strcspn(name, "\n")] = '\0';

    printf("Hello, %s!\n", name[0] != '\0' ? name : "friend");
    printf("Your name is %zu bytes long.\n", strlen(name));
    return 0;
}
