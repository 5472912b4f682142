/* The least that a FastCGI program on libfcgi can do: a pool of threads that answer with so many bytes.
 *
 * hello SOCKET THREADS BYTES; the answer is "hello" and a line break, filled up with blanks to BYTES.
 */
#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int listener;
static char *body;
static int length;

static void *answer(void *unused)
{
    FCGX_Request request;
    (void)unused;
    FCGX_InitRequest(&request, listener, 0);
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_FPrintF(request.out, "Content-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n", length);
        FCGX_PutStr(body, length, request.out);
        FCGX_Finish_r(&request);
    }
    return NULL;
}

int main(int count, char **words)
{
    int threads;
    pthread_t thread;
    if (count != 4 || FCGX_Init() != 0)
        return 2;
    length = atoi(words[3]) < 6 ? 6 : atoi(words[3]);
    body = malloc(length);
    memset(body, ' ', length);
    memcpy(body, "hello\n", 6);
    listener = FCGX_OpenSocket(words[1], 1024);
    chmod(words[1], 0666);
    for (threads = atoi(words[2]); threads > 1; threads--)
        pthread_create(&thread, NULL, answer, NULL);
    answer(NULL);
    return 0;
}
