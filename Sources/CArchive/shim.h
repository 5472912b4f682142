// libarchive as Swift sees it, and the locale that it takes names by. No logic.

#ifndef CARREL_CARCHIVE_SHIM_H
#define CARREL_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#endif
