#define _GNU_SOURCE
#include "CThreads.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Thread_local timer_t timer;

// pselect is the one sleep of less than a second that a signal handler may call (signal-safety(7)).
static void take_break(int number) {
    (void)number;
    int before = errno;
    struct timespec shortest = {.tv_nsec = 1};
    pselect(0, NULL, NULL, NULL, &shortest, NULL);
    errno = before;
}

int cthreads_begin_breaks(long interval) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = take_break;
    action.sa_flags = SA_RESTART;
    if (sigaction(SIGRTMIN, &action, NULL) != 0) return -1;
    // libdispatch blocks every signal in its threads, and a thread inherits the mask of the one that starts it.
    sigset_t breaks;
    sigemptyset(&breaks);
    sigaddset(&breaks, SIGRTMIN);
    pthread_sigmask(SIG_UNBLOCK, &breaks, NULL);
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGRTMIN;
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return -1;
    struct timespec time = {.tv_nsec = interval};
    struct itimerspec times = {.it_interval = time, .it_value = time};
    if (timer_settime(timer, 0, &times, NULL) == 0) return 0;
    timer_delete(timer);
    return -1;
}

void cthreads_end_breaks(void) { timer_delete(timer); }
