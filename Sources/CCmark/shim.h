// cmark-gfm as Swift sees it. No logic.

#ifndef CARREL_CCMARK_SHIM_H
#define CARREL_CCMARK_SHIM_H

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>

#endif
