// What programs may not ask the kernel for, whatever the Engine's own filter allows. Debian 12's Engine allows these;
// its successors have shut the first of them, too.

#ifndef CARREL_FILTER_H
#define CARREL_FILTER_H

// In the child, once no new privileges can be had: shuts io_uring, whose work no other filter sees, and sockets of all
// families but Unix, IPv4, IPv6 and netlink. Children inherit it and nobody can take it off. Returns 0 or -1 with errno.
int carrel_shut_doors(void);

#endif
