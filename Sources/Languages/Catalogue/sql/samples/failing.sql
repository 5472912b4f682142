.mode list
.headers off
SELECT 'before';
CREATE TABLE people (name TEXT NOT NULL);
INSERT INTO people VALUES (NULL);
SELECT 'never printed';
