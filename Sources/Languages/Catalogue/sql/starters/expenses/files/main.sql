-- Adds up expenses.csv by category. Open that file, change it, and run this again.

-- Without types first: an import should not fail at the first line that is not as it should be.
CREATE TABLE raw (date TEXT, category TEXT, amount TEXT);
.import --csv --skip 1 expenses.csv raw

-- Money in cents: whole numbers add up without rounding.
CREATE VIEW expense AS
SELECT date, trim(category) AS category, CAST(round(amount * 100) AS INTEGER) AS cents
FROM raw
WHERE amount GLOB '[0-9]*' AND amount NOT GLOB '*[^0-9.]*';

.print "Left out:"
SELECT rowid + 1 AS line, date, amount FROM raw
WHERE date <> '' AND NOT (amount GLOB '[0-9]*' AND amount NOT GLOB '*[^0-9.]*');

.print ""
SELECT
    category,
    count(*) AS times,
    printf('%.2f', sum(cents) / 100.0) AS total,
    -- A window function looks at the rows of the result: here at the sums of all categories.
    printf('%.0f %%', 100.0 * sum(cents) / sum(sum(cents)) OVER ()) AS share
FROM expense
GROUP BY category
ORDER BY sum(cents) DESC;

.print ""
SELECT date, category, printf('%.2f', cents / 100.0) AS amount,
    printf('%.2f', sum(cents) OVER (ORDER BY date) / 100.0) AS until_then
FROM expense
ORDER BY date;
