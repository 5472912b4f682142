export const names = {
  keyword: `
    ADD ALL ALTER ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEGIN BETWEEN BY CASCADE CASE CAST CHECK COLLATE COLUMN
    COMMIT CONFLICT CONSTRAINT CREATE CROSS CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DEFAULT DELETE DESC DETACH
    DISTINCT DO DROP ELSE END ESCAPE EXCEPT EXISTS EXPLAIN FILTER FOREIGN FROM FULL GLOB GROUP HAVING IF IGNORE IN
    INDEX INNER INSERT INTERSECT INTO IS JOIN KEY LEFT LIKE LIMIT MATCH NATURAL NOT NOTHING NULL OFFSET ON OR ORDER
    OUTER OVER PARTITION PLAN PRAGMA PRIMARY RECURSIVE REFERENCES REINDEX RENAME REPLACE RETURNING RIGHT ROLLBACK
    ROWS SAVEPOINT SELECT SET TABLE TEMP THEN TO TRANSACTION TRIGGER UNION UNIQUE UPDATE USING VACUUM VALUES VIEW
    WHEN WHERE WINDOW WITH WITHOUT
  `,
  type: `
    BLOB BOOLEAN CHAR DATE DATETIME DECIMAL DOUBLE FLOAT INTEGER NUMERIC REAL TEXT VARCHAR
  `,
  constant: `
    TRUE FALSE rowid
  `,
  function: `
    abs avg changes char coalesce count cume_dist date datetime dense_rank first_value format group_concat hex
    ifnull iif instr json json_array json_each json_extract json_object julianday lag last_insert_rowid last_value
    lead length lower ltrim max min nth_value ntile nullif printf quote random rank replace round row_number rtrim
    strftime substr sum time total trim typeof unicode unixepoch upper
  `
}

export const snippets = [
  ["select", "query", "SELECT ${1:*}\nFROM ${2:table}\nWHERE ${0:condition};"],
  ["create", "table", "CREATE TABLE ${1:name} (\n\tid INTEGER PRIMARY KEY,\n\t${0}\n);"],
  ["insert", "rows", "INSERT INTO ${1:table} (${2:columns})\nVALUES (${0});"],
  ["update", "change rows", "UPDATE ${1:table}\nSET ${2:column} = ${3:value}\nWHERE ${0:condition};"],
  ["delete", "remove rows", "DELETE FROM ${1:table}\nWHERE ${0:condition};"],
  ["join", "another table", "JOIN ${1:table} ON ${0:condition}"],
  ["with", "named query", "WITH ${1:name} AS (\n\t${2}\n)\nSELECT ${0}"]
]
