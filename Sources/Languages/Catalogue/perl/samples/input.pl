use v5.36;
use List::Util qw(sum);

chomp(my $name = <STDIN>);
my @numbers = split(" ", <STDIN>);
say "$name\'s numbers add up to ", sum(@numbers);
