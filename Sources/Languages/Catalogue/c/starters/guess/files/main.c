// Press Run and think of a number. The program halves what is left with each question.

#include <ctype.h>
#include <stdio.h>

// The first letter of the line that is typed, in lower case; a space for an empty line, EOF at the end of the input.
// The rest of the line is read as well: it must not answer the next question.
static int ask(const char *question, int number) {
    printf(question, number);
    fflush(stdout);

    int c = getchar();
    while (c == ' ' || c == '\t') {
        c = getchar();
    }
    if (c == EOF) {
        return EOF;
    }
    int first = c == '\n' ? ' ' : tolower(c);
    while (c != '\n' && c != EOF) {
        c = getchar();
    }
    return first;
}

int main(void) {
    int low = 1, high = 100, guesses = 0;

    printf("Think of a whole number from %d to %d, and I will guess it.\n", low, high);
    while (low <= high) {
        int guess = low + (high - low) / 2;
        guesses++;
        // Asked again until the answer is one: a typing error is no reason to lose the game.
        int answer;
        do {
            answer = ask("Is it %d? (yes, higher, lower) ", guess);
        } while (answer != 'y' && answer != 'h' && answer != 'l' && answer != EOF);

        switch (answer) {
        case 'y': printf("Guesses needed: %d.\n", guesses); return 0;
        case 'h': low = guess + 1; break;
        case 'l': high = guess - 1; break;
        default: printf("\nThen another time.\n"); return 0;
        }
    }
    printf("No number fits all your answers.\n");
    return 0;
}
