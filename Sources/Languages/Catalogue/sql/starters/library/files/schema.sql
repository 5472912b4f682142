-- A lending library. The rules are in the tables: no program that uses them can forget one.
PRAGMA foreign_keys = ON;

CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL CHECK (trim(title) <> ''),
    copies INTEGER NOT NULL CHECK (copies >= 0)
);

CREATE TABLE loan (
    book INTEGER NOT NULL REFERENCES book (id),
    reader TEXT NOT NULL,
    -- Reckoned with, 30 February becomes 2 March; alone, date() would take it as it is.
    lent TEXT NOT NULL CHECK (lent IS date(lent, '+0 days')),
    returned TEXT CHECK (returned >= lent),
    PRIMARY KEY (book, reader, lent)
);

-- How many copies are on the shelf.
CREATE VIEW shelf AS
SELECT id, title, copies - (SELECT count(*) FROM loan WHERE book = id AND returned IS NULL) AS free
FROM book;

-- What no CHECK can say, because it is about other rows.
CREATE TRIGGER no_more_than_there_are BEFORE INSERT ON loan
WHEN (SELECT free FROM shelf WHERE id = NEW.book) < 1
BEGIN
    SELECT raise(ABORT, 'all copies are lent');
END;
