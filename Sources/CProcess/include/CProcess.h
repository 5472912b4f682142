// What the agent needs from Linux and Swift cannot say: starting a program between fork and exec, where only
// async-signal-safe calls are allowed, and a few calls that are variadic or hidden behind _GNU_SOURCE.
//
// Every function returns 0 (or a descriptor) on success and a negative errno on failure.

#ifndef CARREL_CPROCESS_H
#define CARREL_CPROCESS_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/xattr.h>  // for Swift, whose Glibc module leaves it out

// One program to start. Pointers are only read during the call.
struct carrel_program {
    char *const *arguments;    // argv, ends with NULL; the first is looked up in the usual folders unless it has a '/'
    char *const *environment;  // envp, ends with NULL
    const char *directory;     // working directory, entered with the program's own authority
    int input, output, error;  // become 0, 1, 2
    int control;               // becomes 3; negative for none
    int has_terminal;          // nonzero: `input` is a terminal and becomes the controlling one
    int switches_user;         // nonzero: become `user`, `group` with `mark` as the only supplementary group
    uid_t user;
    gid_t group;
    gid_t mark;
    uint64_t cpu_seconds;      // RLIMIT_CPU
    uint64_t file_size;        // RLIMIT_FSIZE in bytes
    int niceness;              // added, so that the agent is scheduled before what it watches
};

// Starts the program in a session of its own and waits until the new image runs.
//
// Returns the process id. On failure the negative errno of the step that failed, and the step's name (a constant) in
// `*step`; no process is left then.
pid_t carrel_start(const struct carrel_program *program, const char **step);

// The processor time that a process has used so far in microseconds; 0 when nobody says.
int64_t carrel_processor_time(pid_t process);

// Kills a child of ours and waits until it has ended, still unreaped, but no longer than so many milliseconds.
void carrel_end_child(pid_t child, int milliseconds);

// A pair of connected descriptors, both closed on exec, the first nonblocking.
int carrel_open_pair(int *ours, int *theirs);

// Opens a new terminal of this size. The first is nonblocking, both are closed on exec.
int carrel_open_terminal(unsigned short rows, unsigned short columns, int *controller, int *terminal);

// Tells a terminal its new size; the foreground processes get SIGWINCH.
int carrel_resize_terminal(int controller, unsigned short rows, unsigned short columns);

// Blocks SIGCHLD, ignores SIGPIPE, and gives a nonblocking descriptor that is readable when a child has ended.
int carrel_watch_children(void);

// From now on every file is opened with this user's authority and nothing more, while the process itself stays out of
// that user's reach (kill and ptrace look at the other ids).
int carrel_work_as(uid_t user, gid_t group);

// Makes orphans of our descendants our children. Process 1 has that without asking.
int carrel_adopt_orphans(void);

// What has ended, still unreaped.
//
// Returns the process id of some child that has ended, 0 when none has, -ECHILD when there are no children at all.
pid_t carrel_ended_child(void);

// What a reaped child used.
struct carrel_usage {
    int status;             // as wait(2) gives it
    int64_t microseconds;   // user and system time, with the children it waited for
    int64_t kibibytes;      // largest resident size
};

// Takes an ended child away.
int carrel_reap(pid_t child, struct carrel_usage *usage);

#endif
