CREATE TABLE input (line TEXT);
.import /dev/stdin input

.mode list
.headers off
SELECT (SELECT line FROM input WHERE rowid = 1) || '''s numbers add up to ' || sum(value)
FROM input, json_each('[' || replace(line, ' ', ',') || ']')
WHERE input.rowid = 2;
