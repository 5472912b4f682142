// libsodium as Swift sees it. No logic.

#ifndef CARREL_CSODIUM_SHIM_H
#define CARREL_CSODIUM_SHIM_H

#include <sodium.h>

#endif
