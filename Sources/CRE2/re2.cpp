#include "CRE2.h"

#include <cstdio>
#include <memory>
#include <new>
#include <string>

#include <re2/re2.h>

struct carrel_pattern {
    RE2 expression;

    carrel_pattern(const std::string &text, const RE2::Options &options) : expression(text, options) {}
};

namespace {

// The whole match and nine groups.
constexpr int most_ranges = 10;

}  // namespace

carrel_pattern *carrel_pattern_make(const char *text, size_t length, int is_literal, int ignores_case, int64_t memory,
                                    char *fault, size_t fault_size) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    options.set_never_nl(true);
    options.set_literal(is_literal != 0);
    options.set_case_sensitive(ignores_case == 0);
    std::string source(text, length);
    const std::string prefix = "(?m)";
    if (!is_literal) source.insert(0, prefix);
    std::unique_ptr<carrel_pattern> pattern(new (std::nothrow) carrel_pattern(source, options));
    if (!pattern) {
        std::snprintf(fault, fault_size, "no memory");
        return nullptr;
    }
    if (!pattern->expression.ok()) {
        // The engine may show the expression, which is to be the one that was typed.
        std::string words = pattern->expression.error();
        const auto ours = words.find(prefix);
        if (!is_literal && ours != std::string::npos) words.erase(ours, prefix.size());
        std::snprintf(fault, fault_size, "%s", words.c_str());
        return nullptr;
    }
    return pattern.release();
}

void carrel_pattern_free(carrel_pattern *pattern) {
    delete pattern;
}

int carrel_pattern_size(const carrel_pattern *pattern) {
    return pattern->expression.ProgramSize();
}

int carrel_pattern_groups(const carrel_pattern *pattern) {
    return pattern->expression.NumberOfCapturingGroups();
}

int carrel_pattern_find(const carrel_pattern *pattern, const char *text, size_t length, size_t start, size_t end,
                        ptrdiff_t *ranges, int count) {
    if (count < 1 || count > most_ranges || start > end || end > length) return 0;
    re2::StringPiece found[most_ranges];
    if (!pattern->expression.Match(re2::StringPiece(text, length), start, end, RE2::UNANCHORED, found, count)) return 0;
    for (int at = 0; at < count; at += 1) {
        bool takes_part = found[at].data() != nullptr;
        ranges[2 * at] = takes_part ? found[at].data() - text : -1;
        ranges[2 * at + 1] = takes_part ? found[at].data() + found[at].size() - text : -1;
    }
    return 1;
}
