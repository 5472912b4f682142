# Press Run: this file is the project's main file, and runs the tests.

use v5.36;
use FindBin qw($Bin);
use lib "$Bin/lib";
use Test::More;

use Roman qw(to_roman from_roman);

my %known = (1 => "I", 4 => "IV", 14 => "XIV", 1990 => "MCMXC", 2024 => "MMXXIV");
for my $number (sort { $a <=> $b } keys %known) {
    is to_roman($number), $known{$number}, "$number is $known{$number}";
    is from_roman($known{$number}), $number, "$known{$number} is $number";
}

my @lost = grep { from_roman(to_roman($_)) != $_ } 1 .. 3999;
is_deeply \@lost, [], "every number comes back";

is from_roman(" xlii "), 42, "small letters and spaces are read";
is from_roman($_), undef, "'$_' is no numeral" for "", "IIII", "VX", "IC", "MMMM", "XI V", "12";
is to_roman($_),   undef, "$_ has no numeral"  for 0, -1, 4000, "many";

done_testing;
