// ICU's transliteration as Swift sees it: the library's own names are macros that add its version. No logic.

#ifndef CARREL_CICU_SHIM_H
#define CARREL_CICU_SHIM_H

#include <unicode/utrans.h>

static inline UTransliterator *carrel_transliterator_open(const UChar *name, int32_t length, UErrorCode *code) {
    return utrans_openU(name, length, UTRANS_FORWARD, NULL, 0, NULL, code);
}

static inline void carrel_transliterator_close(UTransliterator *transliterator) {
    utrans_close(transliterator);
}

static inline void carrel_transliterate(const UTransliterator *transliterator, UChar *text, int32_t *length,
                                        int32_t capacity, UErrorCode *code) {
    int32_t limit = *length;
    utrans_transUChars(transliterator, text, length, capacity, 0, &limit, code);
}

#endif
