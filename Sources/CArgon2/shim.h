// The Argon2 reference library and the kernel's random numbers as Swift sees them. No logic.

#ifndef CARREL_CARGON2_SHIM_H
#define CARREL_CARGON2_SHIM_H

#include <argon2.h>
#include <sys/random.h>

#endif
