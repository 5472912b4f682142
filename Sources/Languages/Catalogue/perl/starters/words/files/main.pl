# Counts the words of the file that is its argument (see Run settings).

use v5.36;
use open qw(:std :encoding(UTF-8));

die "Name one file in the arguments of the run settings.\n" unless @ARGV == 1;
open(my $file, "<", $ARGV[0]) or die "$ARGV[0] can't be read: $!\n";

my %count;
my $together = 0;
while (my $line = <$file>) {

    # A word is letters, perhaps with an apostrophe between them.
    while ($line =~ /(\p{L}+(?:['’]\p{L}+)*)/g) {
        $count{ lc $1 }++;
        $together++;
    }
}
close $file;

say "$together words, ", scalar(keys %count), " different";

# The most frequent first, and by the alphabet among those that are equally frequent.
my @words = sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count;
for my $word (splice @words, 0, 8) {
    printf "%4d  %s\n", $count{$word}, $word;
}
