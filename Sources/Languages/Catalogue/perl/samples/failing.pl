use v5.36;

say "before";
die "This is the end";
