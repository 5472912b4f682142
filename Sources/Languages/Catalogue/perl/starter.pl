# Press Run, then type your name in the console below.

use v5.36;
use open qw(:std :encoding(UTF-8));
use List::Util qw(uniq);

print "What is your name? ";
chomp(my $name = <STDIN> // "");
$name = "friend" if $name eq "";
say "Hello, $name!";

my @letters = sort(uniq(lc($name) =~ /\S/g));
say "Your name uses ", scalar(@letters), " different letters: @letters";
