// What Linux offers a thread about when it runs, and Swift can't call.

#ifndef CARREL_CTHREADS_H
#define CARREL_CTHREADS_H

// Interrupts the calling thread each `interval` nanoseconds for the shortest sleep there is, until
// `cthreads_end_breaks`. The signal SIGRTMIN is used for it. 0, or -1 with errno.
int cthreads_begin_breaks(long interval);

// Ends what `cthreads_begin_breaks` began in the same thread.
void cthreads_end_breaks(void);

#endif
