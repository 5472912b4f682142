// What the runner needs from Linux and Swift cannot say: laying a disk image into the file tree of one container, and
// taking an open connection out of its first process.
//
// Every function returns 0 (or a descriptor) on success and a negative errno on failure.

#ifndef CARREL_CDISKS_H
#define CARREL_CDISKS_H

#include <sys/types.h>

// Copies what is written of a sparse file into an empty one, which gets the same size and the same holes.
int carrel_copy_sparse(int from, int to);

// Mounts an image with an ext4 file system over a folder of another mount namespace (`mount_namespace` is one of
// /proc/PID/ns/mnt). Its root belongs to `owner` alone afterwards.
//
// The mount is made outside of every namespace and then moved into that one (fsopen(2), fsmount(2), move_mount(2)), so
// nobody else ever sees it. It lasts as long as the namespace: with the container's last process the kernel unmounts it
// and frees the loop device, whoever of us is still alive.
//
// The calling thread is in that namespace afterwards and must do nothing else than end. In `*step` is the name of what
// failed, a constant.
int carrel_attach_disk(int image, int mount_namespace, const char *folder, uid_t owner, const char **step);

// Gives a descriptor of our own for what a process has open under this number (pidfd_getfd(2)). `folder` is that process's
// in /proc, which was opened before: it tells whether the number of the process still means the same one.
int carrel_take_descriptor(int process, int folder, int number);

#endif
