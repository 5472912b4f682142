#pragma once

#include <compare>
#include <numeric>
#include <ostream>
#include <stdexcept>

/// A fraction in lowest terms, its denominator positive: so that equal fractions are equal number by number.
class Fraction {
public:
    /// Throws std::invalid_argument for a denominator of 0.
    constexpr Fraction(long numerator, long denominator = 1) {
        if (denominator == 0) {
            throw std::invalid_argument("a fraction can't have the denominator 0");
        }
        long divisor = std::gcd(numerator, denominator) * (denominator < 0 ? -1 : 1);
        numerator_ = numerator / divisor;
        denominator_ = denominator / divisor;
    }

    constexpr long numerator() const { return numerator_; }
    constexpr long denominator() const { return denominator_; }

    friend constexpr Fraction operator+(Fraction a, Fraction b) {
        return {a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_, a.denominator_ * b.denominator_};
    }
    friend constexpr Fraction operator-(Fraction a, Fraction b) { return a + Fraction{-b.numerator_, b.denominator_}; }
    friend constexpr Fraction operator*(Fraction a, Fraction b) {
        return {a.numerator_ * b.numerator_, a.denominator_ * b.denominator_};
    }
    friend constexpr Fraction operator/(Fraction a, Fraction b) {
        return {a.numerator_ * b.denominator_, a.denominator_ * b.numerator_};
    }

    friend constexpr bool operator==(Fraction, Fraction) = default;
    /// Gives <, <=, > and >= at once.
    friend constexpr std::strong_ordering operator<=>(Fraction a, Fraction b) {
        return a.numerator_ * b.denominator_ <=> b.numerator_ * a.denominator_;
    }

    friend std::ostream &operator<<(std::ostream &out, Fraction f) {
        out << f.numerator_;
        return f.denominator_ == 1 ? out : out << '/' << f.denominator_;
    }

private:
    long numerator_;
    long denominator_;
};
