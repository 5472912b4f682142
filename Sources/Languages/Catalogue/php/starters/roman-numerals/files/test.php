<?php
// Press Run: this file is the project's main file, and runs the tests.
declare(strict_types=1);

require __DIR__ . "/Roman.php";

$passed = 0;
$failed = 0;

function expect(string $what, mixed $found, mixed $wanted): void
{
    global $passed, $failed;
    // Three signs: null and 0 would be equal with two.
    if ($found === $wanted) {
        $passed++;
    } else {
        $failed++;
        echo "FAILED $what: ", var_export($found, true), " instead of ", var_export($wanted, true), "\n";
    }
}

foreach ([1 => "I", 4 => "IV", 14 => "XIV", 1990 => "MCMXC", 2024 => "MMXXIV"] as $number => $numeral) {
    expect("the numeral of $number", Roman::from($number), $numeral);
    expect("the value of $numeral", Roman::parse($numeral), $number);
}
for ($number = 1; $number < 4000; $number++) {
    expect("$number there and back", Roman::parse(Roman::from($number)), $number);
}
expect("small letters and spaces", Roman::parse(" xlii "), 42);
foreach (["", "IIII", "VX", "IC", "MMMM", "XI V", "12"] as $text) {
    expect("the value of “{$text}”", Roman::parse($text), null);
}
foreach ([0, -1, 4000] as $number) {
    expect("the numeral of $number", Roman::from($number), null);
}

echo "$passed passed, $failed failed\n";
exit($failed === 0 ? 0 : 1);
