-- Press Run, then type your name in the console below.

CREATE TABLE answer (name TEXT);
.print "What is your name?"
.import "|line" answer

.mode list
.headers off
SELECT 'Hello, ' || name || '!' FROM answer;
.mode column
.headers on

-- How often each letter of the name is in it, the most frequent first.
WITH RECURSIVE letters (letter, rest) AS (
    SELECT '', lower(name) FROM answer
    UNION ALL
    SELECT substr(rest, 1, 1), substr(rest, 2) FROM letters WHERE rest <> ''
)
SELECT letter, count(*) AS times
FROM letters
WHERE trim(letter) <> ''
GROUP BY letter
ORDER BY times DESC, letter;
