use v5.36;

say "Hello from Carrel";
