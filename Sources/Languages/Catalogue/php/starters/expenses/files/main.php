<?php
// Adds up expenses.csv by category. Open that file, change it, and run this again.
declare(strict_types=1);

/** The cents of an amount such as 12, 12.5 or 12.50; null when it is none. Whole numbers add up without rounding. */
function cents(string $amount): ?int
{
    if (!preg_match('/^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/', trim($amount), $parts)) {
        return null;
    }
    $cents = (int) $parts[2] * 100 + (int) str_pad($parts[3] ?? "", 2, "0");
    return $parts[1] === "-" ? -$cents : $cents;
}

$file = fopen("expenses.csv", "r") ?: exit(1);
fgetcsv($file); // the names of the columns
$totals = [];
for ($line = 2; ($fields = fgetcsv($file)) !== false; $line++) {
    if ($fields === [null]) {
        continue; // an empty line
    }
    $cents = count($fields) === 3 ? cents($fields[2]) : null;
    if ($cents === null) {
        echo "Line $line is left out: ", implode(",", $fields), "\n";
        continue;
    }
    $category = trim($fields[1]);
    $totals[$category] = ($totals[$category] ?? 0) + $cents;
}
fclose($file);

arsort($totals);
$largest = max([1, ...array_values($totals)]);
foreach ($totals as $category => $cents) {
    $bar = str_repeat("#", max(0, (int) round(30 * $cents / $largest)));
    printf("%-10s%10.2f  %s\n", $category, $cents / 100, $bar);
}
printf("%-10s%10.2f\n", "together", array_sum($totals) / 100);
