#define _GNU_SOURCE
#include "CDisks.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <sched.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Between asking for a free loop device and taking it, another process may take it.
enum { ATTEMPTS = 64 };

int carrel_copy_sparse(int from, int to) {
    struct stat status;
    if (fstat(from, &status) < 0 || ftruncate(to, status.st_size) < 0) return -errno;
    off_t start = 0;
    while ((start = lseek(from, start, SEEK_DATA)) >= 0) {
        const off_t end = lseek(from, start, SEEK_HOLE);
        if (end < 0) return -errno;
        off_t target = start;
        while (start < end) {
            const ssize_t count = copy_file_range(from, &start, to, &target, end - start, 0);
            if (count < 0 && errno != EINTR) return -errno;
            if (count == 0) return -EIO;
        }
    }
    // There is no data behind that place.
    return errno == ENXIO ? 0 : -errno;
}

// Gives a loop device that is freed when nobody has it open or mounted any more, and its path.
static int open_loop(int image, char *path, size_t size) {
    const int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    if (control < 0) return -errno;
    int result = -EBUSY;
    for (int attempt = 0; attempt < ATTEMPTS && result == -EBUSY; attempt++) {
        const int number = ioctl(control, LOOP_CTL_GET_FREE);
        if (number < 0) {
            result = -errno;
            break;
        }
        snprintf(path, size, "/dev/loop%d", number);
        const int loop = open(path, O_RDWR | O_CLOEXEC);
        if (loop < 0) {
            result = -errno;
            break;
        }
        const struct loop_config config = {
            .fd = image, .block_size = 4096, .info = {.lo_flags = LO_FLAGS_AUTOCLEAR}
        };
        result = ioctl(loop, LOOP_CONFIGURE, &config) < 0 ? -errno : loop;
        if (result < 0) close(loop);
    }
    close(control);
    return result;
}

// A mount of the device's file system that is nowhere yet.
static int make_mount(const char *device) {
    const int context = fsopen("ext4", FSOPEN_CLOEXEC);
    if (context < 0) return -errno;
    int result = 0;
    if (fsconfig(context, FSCONFIG_SET_STRING, "source", device, 0) < 0 ||
        fsconfig(context, FSCONFIG_SET_STRING, "errors", "remount-ro", 0) < 0 ||
        // What is deleted there is no longer kept in the image, but for the last seconds before the end.
        fsconfig(context, FSCONFIG_SET_FLAG, "discard", NULL, 0) < 0 ||
        fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0) {
        result = -errno;
    } else {
        result = fsmount(context, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOATIME);
        if (result < 0) result = -errno;
    }
    close(context);
    return result;
}

int carrel_attach_disk(int image, int mount_namespace, const char *folder, uid_t owner, const char **step) {
    char device[32];
    *step = "take a loop device";
    const int loop = open_loop(image, device, sizeof device);
    if (loop < 0) return loop;
    *step = "mount";
    const int mount = make_mount(device);
    close(loop);
    if (mount < 0) return mount;
    int result = 0;
    *step = "give to its owner";
    // mkfs made the folder for what fsck finds; nobody runs it here.
    unlinkat(mount, "lost+found", AT_REMOVEDIR);
    // Ours first: then changing the mode needs no authority over other users' files.
    if (fchownat(mount, "", 0, 0, AT_EMPTY_PATH) < 0 || fchmodat(mount, ".", 0700, 0) < 0 ||
        fchownat(mount, "", owner, owner, AT_EMPTY_PATH) < 0) {
        result = -errno;
    } else {
        *step = "lay into the container";
        if (unshare(CLONE_FS) < 0 || setns(mount_namespace, CLONE_NEWNS) < 0 ||
            move_mount(mount, "", AT_FDCWD, folder, MOVE_MOUNT_F_EMPTY_PATH) < 0)
            result = -errno;
    }
    close(mount);
    return result;
}

int carrel_take_descriptor(int process, int folder, int number) {
    const int handle = (int)syscall(SYS_pidfd_open, process, 0);
    if (handle < 0) return -errno;
    int result;
    // Whoever has its number now is the one in the folder, as long as that one isn't gone.
    if (faccessat(folder, "stat", F_OK, 0) < 0) {
        result = -ESRCH;
    } else {
        result = (int)syscall(SYS_pidfd_getfd, handle, number, 0);
        if (result < 0) result = -errno;
    }
    close(handle);
    return result;
}
