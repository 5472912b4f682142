<?php
$name = trim(fgets(STDIN));
$numbers = explode(" ", trim(fgets(STDIN)));
echo "$name's numbers add up to ", array_sum($numbers), "\n";
