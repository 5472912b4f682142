#include "filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "name the architecture's AUDIT_ARCH_ value"
#endif

// The same numbers on every architecture.
enum { IO_URING_SETUP = 425, IO_URING_REGISTER = 427 };

// On 32-bit x86: socketcall hides what it is asked for behind a pointer.
enum { SOCKETCALL_32 = 102, SOCKET_32 = 359 };

// Takes the bit away by which x86-64 marks the calls of its x32 programs.
enum { NUMBER = 0x3fffffff };

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF_EQUAL(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no)
#define IF_LESS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, value, no, yes)
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

int carrel_shut_doors(void) {
    struct sock_filter steps[] = {
        LOAD(nr),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, NUMBER),
        IF_LESS(IO_URING_SETUP, 2, 0),
        IF_LESS(IO_URING_REGISTER + 1, 0, 1),
        REFUSE(ENOSYS),
        // The number stays in the index register while the architecture is looked at.
        BPF_STMT(BPF_MISC | BPF_TAX, 0),
        LOAD(arch),
        IF_EQUAL(OWN_ARCHITECTURE, 4, 0),
        BPF_STMT(BPF_MISC | BPF_TXA, 0),
        IF_EQUAL(SOCKETCALL_32, 9, 0),
        IF_EQUAL(SOCKET_32, 8, 0),
        ALLOW,
        BPF_STMT(BPF_MISC | BPF_TXA, 0),
        IF_EQUAL(__NR_socket, 0, 6),
        LOAD(args[0]),
        IF_EQUAL(AF_UNIX, 4, 0),
        IF_EQUAL(AF_INET, 3, 0),
        IF_EQUAL(AF_INET6, 2, 0),
        IF_EQUAL(AF_NETLINK, 1, 0),
        REFUSE(EAFNOSUPPORT),
        ALLOW,
    };
    struct sock_fprog filter = {.len = sizeof steps / sizeof *steps, .filter = steps};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}
