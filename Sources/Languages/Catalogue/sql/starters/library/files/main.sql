-- Press Run: each test compares what is found with what should be.
.read schema.sql

INSERT INTO book (id, title, copies) VALUES (1, 'Emma', 1), (2, 'Dracula', 2);
INSERT INTO loan (book, reader, lent) VALUES (1, 'ada', '2026-03-01'), (2, 'ada', '2026-03-01');

CREATE TEMP TABLE test (name TEXT, found, wanted);

INSERT INTO test SELECT 'a lent copy is not on the shelf', (SELECT free FROM shelf WHERE title = 'Emma'), 0;
INSERT INTO test SELECT 'the other copy is', (SELECT free FROM shelf WHERE title = 'Dracula'), 1;

-- A row that breaks a CHECK is left out by OR IGNORE, without an end of the program.
INSERT OR IGNORE INTO book (title, copies) VALUES ('  ', 1), ('Middlemarch', -1);
INSERT INTO test SELECT 'a book needs a title, and no fewer copies than none', (SELECT count(*) FROM book), 2;
INSERT OR IGNORE INTO loan (book, reader, lent) VALUES (2, 'grace', '2026-02-30'), (2, 'grace', 'soon');
INSERT INTO test SELECT 'only a real date is a date', (SELECT count(*) FROM loan), 2;
UPDATE OR IGNORE loan SET returned = '2026-02-01' WHERE book = 1;
INSERT INTO test SELECT 'nothing is returned before it is lent', (SELECT count(returned) FROM loan), 0;

UPDATE loan SET returned = '2026-03-09' WHERE book = 1;
INSERT INTO test SELECT 'what is returned is on the shelf', (SELECT free FROM shelf WHERE id = 1), 1;
INSERT INTO loan (book, reader, lent) VALUES (1, 'grace', '2026-03-10');
INSERT INTO test SELECT 'and can be lent again', (SELECT free FROM shelf WHERE id = 1), 0;
-- What the trigger refuses ends the program. Take the dashes away to see it:
-- INSERT INTO loan (book, reader, lent) VALUES (1, 'edith', '2026-03-11');

SELECT iif(found IS wanted, 'ok', 'FAILED') AS result, name, found, wanted FROM test;

-- When a test has failed, the program ends as failed, too: the constraint sees to it.
CREATE TEMP TABLE verdict (failed INTEGER CONSTRAINT every_test_holds CHECK (failed = 0));
INSERT INTO verdict SELECT count(*) FROM test WHERE found IS NOT wanted;
