use v5.36;

say "never printed";
$undeclared = 1;
