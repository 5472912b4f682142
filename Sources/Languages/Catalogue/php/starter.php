<?php
// Press Run, then type your name in the console below.

echo "What is your name? ";
$name = trim((string) fgets(STDIN)) ?: "friend";
echo "Hello, $name!\n";

$letters = array_unique(mb_str_split(str_replace(" ", "", mb_strtolower($name))));
sort($letters);
echo "Your name uses ", count($letters), " different letters: ", implode(" ", $letters), "\n";
