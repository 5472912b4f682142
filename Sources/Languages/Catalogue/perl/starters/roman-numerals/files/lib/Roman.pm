package Roman;

use v5.36;
use Exporter qw(import);

our @EXPORT_OK = qw(to_roman from_roman);

# Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
my @symbols = (
    [1000, "M"], [900, "CM"], [500, "D"], [400, "CD"],
    [100,  "C"], [90,  "XC"], [50,  "L"], [40,  "XL"],
    [10,   "X"], [9,   "IX"], [5,   "V"], [4,   "IV"], [1, "I"],
);

# The numeral for a number from 1 to 3999; undef for another.
sub to_roman ($number) {
    return undef unless $number =~ /^[0-9]+\z/ && $number >= 1 && $number <= 3999;
    my $numeral = "";
    for (@symbols) {
        my ($value, $symbol) = @$_;
        $numeral .= $symbol x int($number / $value);
        $number %= $value;
    }
    return $numeral;
}

# The number that a numeral stands for, small letters allowed; undef when it is none.
sub from_roman ($numeral) {
    my $letters = uc $numeral =~ s/^\s+|\s+$//gr;
    my $number  = 0;
    my $rest    = $letters;
    for (@symbols) {
        my ($value, $symbol) = @$_;
        $number += $value while $rest =~ s/^$symbol//;
    }

    # IIII or VX would come through: only what we would write ourselves is a numeral.
    return (to_roman($number) // "") eq $letters && $number > 0 ? $number : undef;
}

1;
