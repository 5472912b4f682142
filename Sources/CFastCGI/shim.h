// libfcgi and epoll as Swift sees them. No logic beyond naming fields and fixing argument types.

#ifndef CARREL_CFASTCGI_SHIM_H
#define CARREL_CFASTCGI_SHIM_H

#include <fcgiapp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// FCGX_Accept_r takes a connection from the listening socket only when the request has none (ipcFd < 0). Lending it
// one of ours, with no listening socket (-1) behind it, makes it read exactly one request from that connection and
// return an error when there is none (fcgiapp.c, FCGX_Accept_r and FCGX_Finish_r, version 2.4.2).
static inline void cfastcgi_lend(FCGX_Request *request, int connection) {
    FCGX_InitRequest(request, -1, 0);
    request->ipcFd = connection;
    // FCGX_Accept_r begins with FCGX_Finish_r, which closes the connection of a request that doesn't keep it. The
    // request that is read then says anew whether it does.
    request->keepConnection = 1;
}

// Ends a request without a word: the caller has sent the whole answer, its end included. FCGX_Finish_r would send the
// end of both streams that nobody has closed (fcgiapp.c, FCGX_FClose, version 2.4.2).
static inline void cfastcgi_finish(FCGX_Request *request) {
    request->out->wasFCloseCalled = 1;
    request->err->wasFCloseCalled = 1;
    FCGX_Finish_r(request);
}

// The connection after cfastcgi_finish: still open when it is kept alive, else -1.
static inline int cfastcgi_connection(const FCGX_Request *request) { return request->ipcFd; }

static inline void cfastcgi_close_after(FCGX_Request *request) { request->keepConnection = 0; }

// A descriptor is its own key; it is reported once, then asleep until it is watched again.
static inline int cfastcgi_watch(int epoll, int operation, int descriptor, uint32_t events) {
    struct epoll_event event = {.events = events, .data = {.u64 = (uint64_t)descriptor}};
    return epoll_ctl(epoll, operation, descriptor, &event);
}

// The descriptor that is ready, or -1 with errno.
static inline int cfastcgi_wait(int epoll) {
    struct epoll_event event;
    int count = epoll_wait(epoll, &event, 1, -1);
    return count == 1 ? (int)event.data.u64 : -1;
}

static inline int cfastcgi_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

// A descriptor that is ready to be read from its first `cfastcgi_raise` on, for ever.
static inline int cfastcgi_flag(void) { return eventfd(0, EFD_CLOEXEC); }

static inline void cfastcgi_raise(int flag) { (void)eventfd_write(flag, 1); }

// SIG_IGN and SIG_DFL are casts that Swift can't import.
static inline void cfastcgi_ignore_signal(int number) { signal(number, SIG_IGN); }

static inline int cfastcgi_has_default_action(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

static inline int cfastcgi_is_ignored(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

#endif
