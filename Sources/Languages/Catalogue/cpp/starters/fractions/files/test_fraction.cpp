// Press Run: all .cpp files are compiled together, and main is here.

#include "fraction.hpp"

#include <iostream>
#include <source_location>
#include <sstream>

namespace {

int passed = 0, failed = 0;

template <typename T>
void expect_equal(const T &found, const T &wanted, std::source_location where = std::source_location::current()) {
    if (found == wanted) {
        ++passed;
    } else {
        ++failed;
        std::cout << where.file_name() << ':' << where.line() << ": " << found << " instead of " << wanted << '\n';
    }
}

std::string text(Fraction fraction) {
    std::ostringstream out;
    out << fraction;
    return out.str();
}

// What can be calculated while compiling can be tested then, too.
static_assert(Fraction{1, 3} + Fraction{1, 6} == Fraction{1, 2});

} // namespace

int main() {
    expect_equal(Fraction{6, 8}, Fraction{3, 4});
    expect_equal(Fraction{1, -2}, Fraction{-1, 2});
    expect_equal(Fraction{0, -5}, Fraction{0});
    expect_equal(Fraction{1, 2} - Fraction{1, 3}, Fraction{1, 6});
    expect_equal(Fraction{2, 3} * Fraction{3, 4}, Fraction{1, 2});
    expect_equal(Fraction{1, 2} / Fraction{1, 4}, Fraction{2});
    expect_equal(Fraction{-1, 2} < Fraction{1, 3}, true);
    expect_equal(text(Fraction{-3, 6}), std::string{"-1/2"});
    expect_equal(text(Fraction{8, 4}), std::string{"2"});

    // A tenth has no exact double, but it is a fraction.
    Fraction sum{0};
    for (int i = 0; i < 10; ++i) {
        sum = sum + Fraction{1, 10};
    }
    expect_equal(sum, Fraction{1});

    for (auto divide : {+[] { return Fraction{1, 0}; }, +[] { return Fraction{1} / Fraction{0}; }}) {
        bool thrown = false;
        try {
            divide();
        } catch (const std::invalid_argument &) {
            thrown = true;
        }
        expect_equal(thrown, true);
    }

    std::cout << passed << " passed, " << failed << " failed\n";
    return failed == 0 ? 0 : 1;
}
