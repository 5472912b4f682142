#define _GNU_SOURCE
#include "CProcess.h"
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// The steps between fork and exec, by the number that a failing child writes into its pipe.
enum step { SESSION, TERMINAL, STREAMS, LIMITS, USER, FILTER, DIRECTORY, EXECUTE, STEPS };

static const char *const step_names[STEPS] = {
    "make a session", "take the terminal", "connect the streams", "set the limits",
    "become the user", "shut the kernel's doors", "enter the folder", "execute the program",
};

static const char *const folders[] = {"/usr/local/bin/", "/usr/bin/", "/bin/"};

// In the child. Never returns.
static void give_up(int report, enum step step) {
    int message[2] = {(int)step, errno};
    ssize_t ignored = write(report, message, sizeof message);
    (void)ignored;
    _exit(127);
}

static int limit(int resource, uint64_t soft, uint64_t hard) {
    struct rlimit value = {soft, hard};
    return setrlimit(resource, &value);
}

// In the child: closes everything from `first` up. All descriptors of the agent are close-on-exec already; this is for
// one that somebody forgets.
static void close_from(int first) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
    for (int descriptor = first; descriptor < 1024; descriptor++) close(descriptor);
}

static void become_default(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// In the child, first of all: the kernel, when memory ends, should choose the program and not the agent, and as long as
// both count the same it takes the larger. Raising is allowed to everyone, but the file belongs to the root of the outer
// user namespace until the process counts as dumpable. Nobody can trace it for that: its ids are still root's here.
static void offer_to_the_oom_killer(void) {
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t ignored = write(file, "1000", 4);
    (void)ignored;
    close(file);
}

static void execute(const struct carrel_program *program, int report) {
    const char *name = program->arguments[0];
    if (strchr(name, '/') != NULL) {
        execve(name, program->arguments, program->environment);
        give_up(report, EXECUTE);
    }
    char path[512];
    size_t length = strlen(name);
    for (size_t index = 0; index < sizeof folders / sizeof *folders; index++) {
        size_t folder = strlen(folders[index]);
        if (folder + length >= sizeof path) continue;
        memcpy(path, folders[index], folder);
        memcpy(path + folder, name, length + 1);
        execve(path, program->arguments, program->environment);
        if (errno != ENOENT && errno != ENOTDIR) give_up(report, EXECUTE);
    }
    errno = ENOENT;
    give_up(report, EXECUTE);
}

// In the child. Never returns.
static void run(const struct carrel_program *program, int report) {
    if (program->switches_user) {
        // Where file work has ids of its own, they are not root's here.
        if (setresuid((uid_t)-1, 0, (uid_t)-1) != 0 || setresgid((gid_t)-1, 0, (gid_t)-1) != 0) give_up(report, USER);
    }
    offer_to_the_oom_killer();
    if (setsid() < 0) give_up(report, SESSION);
    if (program->has_terminal && ioctl(program->input, TIOCSCTTY, 0) != 0) give_up(report, TERMINAL);

    // First above the three, so that no dup2 below can close one that is still needed.
    int streams[3] = {program->input, program->output, program->error};
    for (int index = 0; index < 3; index++) {
        streams[index] = fcntl(streams[index], F_DUPFD_CLOEXEC, 10);
        if (streams[index] < 0) give_up(report, STREAMS);
    }
    int kept = fcntl(report, F_DUPFD_CLOEXEC, 10);
    if (kept < 0) give_up(report, STREAMS);
    int control = program->control < 0 ? -1 : fcntl(program->control, F_DUPFD_CLOEXEC, 10);
    if (control < 0 && program->control >= 0) give_up(kept, STREAMS);
    for (int index = 0; index < 3; index++) {
        if (dup2(streams[index], index) < 0) give_up(kept, STREAMS);
    }
    report = 3;
    if (control >= 0 && dup2(control, report++) < 0) give_up(kept, STREAMS);
    if (dup3(kept, report, O_CLOEXEC) < 0) give_up(kept, STREAMS);
    close_from(report + 1);
    become_default();
    umask(022);

    if (limit(RLIMIT_CORE, 0, 0) != 0) give_up(report, LIMITS);
    // The soft limit sends SIGXCPU, which a program may catch; a second later nothing can be caught.
    if (limit(RLIMIT_CPU, program->cpu_seconds, program->cpu_seconds + 1) != 0) give_up(report, LIMITS);
    if (limit(RLIMIT_FSIZE, program->file_size, program->file_size) != 0) give_up(report, LIMITS);
    setpriority(PRIO_PROCESS, 0, program->niceness);

    if (program->switches_user) {
        // Groups before the user: after it we may no longer change them. All three ids of each, so that none is left to
        // go back to.
        if (setgroups(1, &program->mark) != 0) give_up(report, USER);
        if (setresgid(program->group, program->group, program->group) != 0) give_up(report, USER);
        if (setresuid(program->user, program->user, program->user) != 0) give_up(report, USER);
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up(report, USER);
    if (carrel_shut_doors() != 0) give_up(report, FILTER);
    if (chdir(program->directory) != 0) give_up(report, DIRECTORY);
    execute(program, report);
}

pid_t carrel_start(const struct carrel_program *program, const char **step) {
    int report[2];
    *step = "make a pipe";
    if (pipe2(report, O_CLOEXEC) != 0) return -errno;
    pid_t child = fork();
    if (child == 0) run(program, report[1]);
    int failure = errno;
    close(report[1]);
    if (child < 0) {
        close(report[0]);
        *step = "make a process";
        return -failure;
    }
    // End of the pipe without a message: execve took it, the program runs.
    int message[2];
    ssize_t length;
    do {
        length = read(report[0], message, sizeof message);
    } while (length < 0 && errno == EINTR);
    close(report[0]);
    if (length == 0) return child;
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (length != sizeof message || message[0] < 0 || message[0] >= STEPS) return -EIO;
    *step = step_names[message[0]];
    return -message[1];
}

int64_t carrel_processor_time(pid_t process) {
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

void carrel_end_child(pid_t child, int milliseconds) {
    kill(child, SIGKILL);
    struct timespec pause = {0, 100000};
    for (int round = 0; round < milliseconds * 10; round++) {
        siginfo_t information;
        information.si_pid = 0;
        int result = waitid(P_PID, (id_t)child, &information, WEXITED | WNOHANG | WNOWAIT);
        if (information.si_pid == child || (result != 0 && errno != EINTR)) return;
        nanosleep(&pause, NULL);
    }
}

int carrel_open_pair(int *ours, int *theirs) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return -errno;
    if (fcntl(pair[0], F_SETFL, O_NONBLOCK) != 0) {
        int failure = errno;
        close(pair[0]);
        close(pair[1]);
        return -failure;
    }
    *ours = pair[0];
    *theirs = pair[1];
    return 0;
}

// The other end of a terminal by its path, for kernels that know no other way to it (gVisor).
static int open_terminal_by_name(int controller) {
    unsigned int number = 0;
    char path[32];
    if (ioctl(controller, TIOCGPTN, &number) != 0) return -1;
    snprintf(path, sizeof path, "/dev/pts/%u", number);
    return open(path, O_RDWR | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
}

int carrel_open_terminal(unsigned short rows, unsigned short columns, int *controller, int *terminal) {
    int opened = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0) return -errno;
    int unlocked = 0;
    int other = -1;
    // TIOCGPTPEER instead of a path below /dev/pts: what is mounted there is not ours to trust.
    if (ioctl(opened, TIOCSPTLCK, &unlocked) == 0) {
        other = ioctl(opened, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (other < 0 && errno == ENOTTY) other = open_terminal_by_name(opened);
    }
    if (other < 0) {
        int failure = errno;
        close(opened);
        return -failure;
    }
    struct termios modes;
    if (tcgetattr(other, &modes) == 0) {
        modes.c_iflag |= IUTF8;  // erasing removes a character, not a byte of it
        tcsetattr(other, TCSANOW, &modes);
    }
    *controller = opened;
    *terminal = other;
    return carrel_resize_terminal(opened, rows, columns);
}

int carrel_resize_terminal(int controller, unsigned short rows, unsigned short columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(controller, TIOCSWINSZ, &size) == 0 ? 0 : -errno;
}

int carrel_watch_children(void) {
    signal(SIGPIPE, SIG_IGN);
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &ended, NULL) != 0) return -errno;
    int descriptor = signalfd(-1, &ended, SFD_NONBLOCK | SFD_CLOEXEC);
    return descriptor >= 0 ? descriptor : -errno;
}

int carrel_work_as(uid_t user, gid_t group) {
    // gVisor has no ids for files alone. There the effective ids serve: with root as the real and the saved one, who may
    // signal or trace us is the same, and the way back is open (see `run`).
    if (syscall(SYS_setfsuid, (uid_t)-1) < 0 && errno == ENOSYS) {
        return setresgid((gid_t)-1, group, 0) == 0 && setresuid((uid_t)-1, user, 0) == 0 ? 0 : -errno;
    }
    // Neither call reports an error; asking for an id that does not exist returns the one in force.
    setfsgid(group);
    if ((gid_t)setfsgid((gid_t)-1) != group) return -EPERM;
    setfsuid(user);
    if ((uid_t)setfsuid((uid_t)-1) != user) return -EPERM;
    return 0;
}

int carrel_adopt_orphans(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : -errno;
}

pid_t carrel_ended_child(void) {
    siginfo_t information;
    information.si_pid = 0;
    // WNOWAIT leaves it a zombie: until it is reaped, /proc still tells which run it belonged to.
    int result;
    do {
        result = waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? information.si_pid : -errno;
}

int carrel_reap(pid_t child, struct carrel_usage *usage) {
    struct rusage resources;
    memset(&resources, 0, sizeof resources);
    pid_t result;
    do {
        result = wait4(child, &usage->status, 0, &resources);
    } while (result < 0 && errno == EINTR);
    if (result < 0) return -errno;
    usage->microseconds = (int64_t)(resources.ru_utime.tv_sec + resources.ru_stime.tv_sec) * 1000000 +
                          resources.ru_utime.tv_usec + resources.ru_stime.tv_usec;
    usage->kibibytes = resources.ru_maxrss;
    return 0;
}
