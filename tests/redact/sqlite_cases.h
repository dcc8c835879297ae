/*
 * sqlite_cases.h - statements of SQLite and what is left of them.
 *
 * Whoever includes this file first defines CASE(sentence, sql, wanted).
 * SECRET, in any case, is what must never come out, however the text is cut.
 */
/* clang-format off */

CASE("a doubled quote stays inside its string",
    "SELECT * FROM t WHERE a='it''s SECRET' AND b=1",
    "SELECT * FROM t WHERE a=? AND b=?")
CASE("a backslash is a byte like any other",
    "SELECT * FROM t WHERE a='C:\\' AND b='SECRET' AND c=1",
    "SELECT * FROM t WHERE a=? AND b=? AND c=?")
CASE("a quote inside brackets quotes nothing",
    "SELECT [a'b] FROM t WHERE c='SECRET'",
    "SELECT [a'b] FROM t WHERE c=?")
CASE("double quotes right of an operator hold a string",
    "SELECT * FROM t WHERE a = \"SECRET value\"",
    "SELECT * FROM t WHERE a = ?")
CASE("blobs are hidden with their x",
    "INSERT INTO t VALUES (x'5EC4E7', X'5EC4E7')",
    "INSERT INTO t VALUES (?, ?)")
CASE("numbers of newer grammars are one value each",
    "SELECT 7_294_638_157, 0x72_94_63, 0b1101_0010_1011, 0o7235_46",
    "SELECT ?, ?, ?, ?")
CASE("digits in names stay",
    "SELECT c7294, t4.x9 FROM tab42 t4 WHERE t4.id=7294638157",
    "SELECT c7294, t4.x9 FROM tab42 t4 WHERE t4.id=?")
CASE("a line comment is a blank and ends at the line",
    "SELECT 1 FROM t -- SECRET\n WHERE a='SECRET'",
    "SELECT ? FROM t  \n WHERE a=?")
CASE("comments do not nest",
    "SELECT /* a /* b */ 'SECRET' FROM t",
    "SELECT   ? FROM t")
CASE("comment marks in strings open nothing",
    "SELECT '/*', 'SECRET', '*/', '--', 'SECRET' FROM t",
    "SELECT ?, ?, ?, ?, ? FROM t")
CASE("a comment may stay open to the end",
    "SELECT * FROM t /* SECRET",
    "SELECT * FROM t  ")
CASE("a file and its key are hidden in ATTACH",
    "ATTACH DATABASE 'file:x?key=SECRET' AS y KEY 'SECRET'",
    "ATTACH DATABASE ? AS y KEY ?")
CASE("rows may hold what looks like rows",
    "INSERT INTO t (a,b) VALUES (1,'SECRET'),(2,'SECRET (x),('),(NULL,'SECRET')",
    "INSERT INTO t (a,b) VALUES (?,?),(?,?),(NULL,?)")
CASE("parameters stay, but not the text in one",
    "SELECT ?1, ?2, :name, @name, $name, $ns::x(SECRET), 'SECRET'",
    "SELECT ?1, ?2, :name, @name, $name, $ns::x(?), ?")
CASE("a non-breaking space belongs to a word",
    "SELECT\xC2\xA0'SECRET'\xC2\xA0" "FROM t",
    "SELECT\xC2\xA0?\xC2\xA0" "FROM t")
CASE("a carriage return ends no comment",
    "SELECT 1 -- x\r, 'SECRET' FROM t\n",
    "SELECT ?  \n")

/* Literals. */
CASE("all forms of numbers are hidden",
    "VALUES (5, .5, 5., 1.5e-3, 1.e5, 1E+2, 0X1f, 5AND, -7)",
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, -?)")
CASE("a number ends where an operator begins",
    "SELECT 1-2, 1e-x, a-5, 1..2, b.5 FROM t",
    "SELECT ?-?, ?-x, a-?, ??, b? FROM t")
CASE("true and false are values except behind IS",
    "SELECT * FROM t WHERE a = TRUE AND b IS true AND c IS NOT False AND t.true = false",
    "SELECT * FROM t WHERE a = ? AND b IS true AND c IS NOT False AND t.true = ?")
CASE("NULL stays",
    "UPDATE t SET a = NULL, b = 'SECRET'",
    "UPDATE t SET a = NULL, b = ?")
CASE("a keyword may be glued to a string",
    "SELECT * FROM t WHERE a='SECRET'AND b='SECRET'OR c=x'00'",
    "SELECT * FROM t WHERE a=?AND b=?OR c=?")
CASE("a string as a table's name is hidden",
    "INSERT INTO 'SECRET' (\"a\") VALUES (1)",
    "INSERT INTO ? (\"a\") VALUES (?)")
CASE("an alias in double quotes stays behind AS",
    "SELECT 'SECRET' AS \"Alias\", a AS b FROM t",
    "SELECT ? AS \"Alias\", a AS b FROM t")
CASE("an alias glued to a string goes with it",
    "SELECT 'SECRET'b, 1 c FROM t",
    "SELECT ?, ? c FROM t")
CASE("the words of a path are hidden",
    "SELECT a ->> '$.SECRET', a->'SECRET' FROM t",
    "SELECT a ->> ?, a->? FROM t")

/* "x": a name or a string. */
CASE("double quotes that touch a dot hold a name",
    "SELECT \"t\".\"a\" FROM t WHERE \"t\".\"a\" = \"SECRET\" AND b = \"t\" . \"c\"",
    "SELECT \"t\".\"a\" FROM t WHERE \"t\".\"a\" = ? AND b = \"t\" . \"c\"")
CASE("a select list with a FROM holds names",
    "SELECT \"a\", DISTINCT \"b\", count(*) \"n\" FROM \"t\" ORDER BY \"a\", \"b\"",
    "SELECT \"a\", DISTINCT \"b\", count(*) \"n\" FROM \"t\" ORDER BY \"a\", \"b\"")
CASE("a select list without a FROM holds strings",
    "SELECT \"SECRET\", (SELECT \"a\" FROM t)",
    "SELECT ?, (SELECT \"a\" FROM t)")
CASE("IS DISTINCT FROM is no FROM",
    "SELECT \"SECRET\" IS DISTINCT FROM \"SECRET\"",
    "SELECT ? IS DISTINCT FROM ?")
CASE("the FROM of an inner select is not the outer one's",
    "SELECT \"SECRET\", (SELECT 1 FROM t) UNION SELECT \"a\" FROM t",
    "SELECT ?, (SELECT ? FROM t) UNION SELECT \"a\" FROM t")
CASE("left of a comparison stands a name, right of it a string",
    "SELECT 1 FROM t WHERE \"a\" = \"SECRET\" AND (\"b\" LIKE \"SECRET\" OR NOT \"c\" IN (\"SECRET\", \"SECRET\"))",
    "SELECT ? FROM t WHERE \"a\" = ? AND (\"b\" LIKE ? OR NOT \"c\" IN (?, ?))")
CASE("both ends of BETWEEN are strings",
    "SELECT 1 FROM t WHERE \"a\" BETWEEN \"SECRET\" AND \"SECRET\"",
    "SELECT ? FROM t WHERE \"a\" BETWEEN ? AND ?")
CASE("SET takes names to the left and strings to the right",
    "UPDATE \"t\" SET \"a\" = \"SECRET\", \"b\" = \"SECRET\" WHERE \"c\" = 1",
    "UPDATE \"t\" SET \"a\" = ?, \"b\" = ? WHERE \"c\" = ?")
CASE("VALUES takes strings",
    "INSERT INTO \"t\" (\"a\", \"b\") VALUES (\"SECRET\", \"SECRET\")",
    "INSERT INTO \"t\" (\"a\", \"b\") VALUES (?, ?)")
CASE("the arguments of a call are strings",
    "SELECT lower(\"SECRET\") FROM f(\"SECRET\") ORDER BY g(\"SECRET\")",
    "SELECT lower(?) FROM f(?) ORDER BY g(?)")
CASE("THEN and ELSE take strings",
    "SELECT CASE WHEN \"a\" = 1 THEN \"SECRET\" ELSE \"SECRET\" END, \"b\" FROM t",
    "SELECT CASE WHEN \"a\" = ? THEN ? ELSE ? END, \"b\" FROM t")
CASE("a table's definition holds names, its defaults strings",
    "CREATE TABLE IF NOT EXISTS \"t\" (\"a\" int PRIMARY KEY, \"b\" \"text\" DEFAULT \"SECRET\" NOT NULL, "
    "\"c\" REFERENCES \"u\" (\"d\") ON DELETE SET NULL, \"e\", CHECK (\"a\" > 0), UNIQUE (\"a\", \"b\"))",
    "CREATE TABLE IF NOT EXISTS \"t\" (\"a\" int PRIMARY KEY, \"b\" \"text\" DEFAULT ? NOT NULL, "
    "\"c\" REFERENCES \"u\" (\"d\") ON DELETE SET NULL, \"e\", CHECK (\"a\" > ?), UNIQUE (\"a\", \"b\"))")
CASE("an index holds names",
    "CREATE UNIQUE INDEX \"i\" ON \"t\" (\"a\" DESC, \"b\") WHERE \"a\" = \"SECRET\"",
    "CREATE UNIQUE INDEX \"i\" ON \"t\" (\"a\" DESC, \"b\") WHERE \"a\" = ?")
CASE("joins hold names",
    "WITH \"w\" (\"a\") AS (SELECT 1) SELECT \"a\" FROM \"w\" \"x\" JOIN (\"u\") ON \"a\" = \"SECRET\" LEFT JOIN \"v\" USING (\"a\")",
    "WITH \"w\" (\"a\") AS (SELECT ?) SELECT \"a\" FROM \"w\" \"x\" JOIN (\"u\") ON \"a\" = ? LEFT JOIN \"v\" USING (\"a\")")
CASE("an upsert holds names",
    "INSERT OR IGNORE INTO \"t\" AS \"x\" (\"a\") VALUES (1) ON CONFLICT (\"a\") DO UPDATE SET \"a\" = \"SECRET\" RETURNING \"a\"",
    "INSERT OR IGNORE INTO \"t\" AS \"x\" (\"a\") VALUES (?) ON CONFLICT (\"a\") DO UPDATE SET \"a\" = ? RETURNING \"a\"")
CASE("altering and savepoints hold names",
    "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"b\"; SAVEPOINT \"s\"; ROLLBACK TO \"s\"",
    "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"b\"; SAVEPOINT \"s\"; ROLLBACK TO \"s\"")
CASE("LIMIT takes strings",
    "SELECT a FROM t LIMIT \"SECRET\"",
    "SELECT a FROM t LIMIT ?")

/* Lost. */
CASE("text that ends in a string ends at its first quote",
    "SELECT * FROM t WHERE a='x' AND b='SECRET",
    "SELECT * FROM t WHERE a=?")
CASE("text that ends in a quoted name does, too",
    "SELECT a FROM t WHERE b = [c] AND d = \"SECRET",
    "SELECT a FROM t WHERE b = ?")
CASE("an odd apostrophe turns a string out, and nothing is shown",
    "SELECT a FROM t WHERE b = 'O'SECRET' AND c = 'SECRET'",
    "SELECT a FROM t WHERE b = ?")
CASE("a name behind a value is the inside of a string",
    "UPDATE t SET a = 'it's SECRET', b = 'it's SECRET'",
    "UPDATE t SET a = ?")
CASE("an illegal byte ends what can be read",
    "SELECT a FROM t WHERE b = {SECRET}",
    "SELECT a FROM t WHERE b = ?")
CASE("a blob with odd digits ends it, too",
    "SELECT a FROM t WHERE b = x'5EC' AND SECRET = 'SECRET'",
    "SELECT a FROM t WHERE b = ?")
CASE("a lone exclamation mark is illegal",
    "SELECT a FROM t WHERE b ! SECRET",
    "SELECT a FROM t WHERE b ?")
CASE("a vertical tab begins no white space",
    "SELECT a,\v SECRET",
    "SELECT a,?")
CASE("a parameter's text holds no blank",
    "SELECT $a(SECRET SECRET)",
    "SELECT ?")
CASE("a named parameter behind a value is time of day",
    "SELECT a FROM t WHERE b = 12:30:45",
    "SELECT a FROM t WHERE b = ?")
CASE("a byte order mark is white space",
    "\xEF\xBB\xBFSELECT 'SECRET'",
    "\xEF\xBB\xBFSELECT ?")

/* Bare secrets. */
CASE("a key is hidden in every form",
    "PRAGMA key = 'SECRET'; PRAGMA rekey=\"x'SECRET'\"; PRAGMA hexkey(SECRET) ;PRAGMA main.key = a-SECRET b ;SELECT a",
    "PRAGMA key = ?; PRAGMA rekey=?; PRAGMA hexkey(?) ;PRAGMA main.key = ? ;SELECT a")
CASE("a key without a sign is hidden",
    "PRAGMA key SECRET; PRAGMA key('a') SECRET",
    "PRAGMA key ?; PRAGMA key(?) ?")
CASE("a setting in quotes is unknown",
    "PRAGMA [foreign_keys] = SECRET",
    "PRAGMA [foreign_keys] = ?")
CASE("harmless pragmas keep their word",
    "PRAGMA journal_mode = WAL; pragma main.table_info(t); PRAGMA foreign_keys=ON; PRAGMA synchronous = 1",
    "PRAGMA journal_mode = WAL; pragma main.table_info(t); PRAGMA foreign_keys=ON; PRAGMA synchronous = ?")
CASE("a file is hidden as a bare word",
    "ATTACH SECRET AS a; EXPLAIN ATTACH 'x' || :f AS b KEY SECRET",
    "ATTACH ? AS a; EXPLAIN ATTACH ? AS b KEY ?")
CASE("a parameter stays in ATTACH",
    "ATTACH :file AS a KEY ?2",
    "ATTACH :file AS a KEY ?2")
CASE("the file of VACUUM is hidden",
    "VACUUM main INTO \"file:SECRET\"",
    "VACUUM main INTO ?")
CASE("the arguments of a virtual table lose their values",
    "CREATE VIRTUAL TABLE \"v\" USING m(a, b=SECRET SECRET(SECRET,SECRET), c 'SECRET' 5 UNINDEXED, \"SECRET\", d = SECRET)",
    "CREATE VIRTUAL TABLE \"v\" USING m(a, b=?, c ? ? UNINDEXED, ?, d = ?)")
CASE("a generated column is no virtual table",
    "CREATE TABLE t (a, b AS (a = c) VIRTUAL, CHECK (a = d))",
    "CREATE TABLE t (a, b AS (a = c) VIRTUAL, CHECK (a = d))")
CASE("an open quote in a key goes back to the key",
    "PRAGMA key = SECRET'SECRET",
    "PRAGMA key = ?")
/* clang-format on */
#undef CASE
