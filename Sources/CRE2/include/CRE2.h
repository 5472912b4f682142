// RE2's expressions for Swift, which can't call C++ without taking its headers in. No logic.

#ifndef CARREL_CRE2_H
#define CARREL_CRE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct carrel_pattern carrel_pattern;

// Compiles an expression, or takes the text as it is. Lines are parted as with (?m), and nothing matches a line break.
// `memory` bounds the program and what running it keeps, in bytes. NULL when the expression is not one; then what is
// wrong with it is in `fault`, ended by NUL and cut to `fault_size`.
carrel_pattern *carrel_pattern_make(const char *text, size_t length, int is_literal, int ignores_case, int64_t memory,
                                    char *fault, size_t fault_size);

void carrel_pattern_free(carrel_pattern *pattern);

// How many instructions its program has: the time for a text is at most about this times its length.
int carrel_pattern_size(const carrel_pattern *pattern);

// How many groups it captures.
int carrel_pattern_groups(const carrel_pattern *pattern);

// Finds the first match in text[start..<end]; what stands around that counts for ^, $ and \b. Writes begin and end of the
// whole match and of the first groups, `count` ranges together, -1 for a group that takes no part. 0 when there is none.
// Any number of threads may ask at once.
int carrel_pattern_find(const carrel_pattern *pattern, const char *text, size_t length, size_t start, size_t end,
                        ptrdiff_t *ranges, int count);

#ifdef __cplusplus
}
#endif

#endif
