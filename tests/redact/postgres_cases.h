/*
 * postgres_cases.h - statements of PostgreSQL and what is left of them.
 *
 * As sqlite_cases.h.
 */
/* clang-format off */
CASE("a doubled quote stays inside its string",
    "SELECT * FROM t WHERE a='it''s SECRET' AND b=1",
    "SELECT * FROM t WHERE a=? AND b=?")
CASE("a backslash is a byte like any other",
    "SELECT * FROM t WHERE a='C:\\' AND b='SECRET' AND c=1",
    "SELECT * FROM t WHERE a=? AND b=? AND c=?")
CASE("in E'' a backslash escapes",
    "SELECT e'\\\\', E'\\'SECRET' || N'SECRET'",
    "SELECT ?, ? || ?")
CASE("E glued to a word is no prefix",
    "SELECT tablE'SECRET' FROM t",
    "SELECT tablE? FROM t")
CASE("only the same tag ends a dollar quote",
    "SELECT $a$ SECRET $b$ x $b$ $$ SECRET $A$ $a$, $$SECRET$$, $$it's$$",
    "SELECT ?, ?, ?")
CASE("a tag may hold bytes from 80 on",
    "SELECT $t\xc3\xa4g\xc3\xa9$SECRET$t\xc3\xa4g\xc3\xa9$, $\xf0\x9f\x98\x80$SECRET$\xf0\x9f\x98\x80$",
    "SELECT ?, ?")
CASE("a dollar inside a word opens nothing",
    "SELECT a$b$c FROM t WHERE x='SECRET' AND d$e=1",
    "SELECT a$b$c FROM t WHERE x=? AND d$e=?")
CASE("behind a number or a parameter a dollar opens a quote",
    "SELECT 1$x$SECRET$x$, $1$$SECRET$$",
    "SELECT ?" "?, $1?")
CASE("strings over a line end are one",
    "SELECT 'foo'\n  'SECRET' , 'a' -- SECRET\n'SECRET', E'a'\r'\\'SECRET'",
    "SELECT ? , ?, ?")
CASE("a comment of the other kind between them ends the string",
    "SELECT 'foo' /* SECRET */\n  'SECRET'",
    "SELECT ?  \n  ?")
CASE("U& may have an escape of its own",
    "SELECT U&'d!0061SECRET' UESCAPE '!', U&\"d!0061\" FROM u&\"t\"",
    "SELECT ? UESCAPE ?, U&\"d!0061\" FROM u&\"t\"")
CASE("bits and bytes are hidden with their letter",
    "SELECT B'0101', x'5EC4E7', X'5EC4E7'",
    "SELECT ?, ?, ?")
CASE("numbers of newer grammars are one value each",
    "SELECT 7_294_638_157, 0x72_94_63, 0b1101_0010_1011, 0o7235_46, 1..2, 5., .5e-3",
    "SELECT ?, ?, ?, ?, ?..?, ?, ?")
CASE("a word glued to a number stays",
    "SELECT * FROM t WHERE a=7294638157AND b=1",
    "SELECT * FROM t WHERE a=?AND b=?")
CASE("digits in names stay",
    "SELECT c7294, t4.x9 FROM tab42 t4 WHERE t4.id=7294638157",
    "SELECT c7294, t4.x9 FROM tab42 t4 WHERE t4.id=?")
CASE("comments nest",
    "SELECT 1 /* a /* b */ SECRET /*/ SECRET */ */ FROM t /* SECRET",
    "SELECT ?   FROM t  ")
CASE("a carriage return ends a comment",
    "SELECT 1 -- SECRET\r, 'SECRET' FROM t --SECRET",
    "SELECT ?  \r, ? FROM t  ")
CASE("a comment may begin inside an operator",
    "SELECT 2 +--SECRET\n 3*/*SECRET*/4 @-- SECRET\n 5",
    "SELECT ? + \n ?* ? @ \n ?")
CASE("operators of json stay",
    "SELECT a ? 'SECRET', a ?| array['SECRET'], a ?& '{SECRET}', a #>> '{SECRET,b}', a @> '{\"k\":\"SECRET\"}', a->>'SECRET' FROM t",
    "SELECT a ? ?, a ?| array[?], a ?& ?, a #>> ?, a @> ?, a->>? FROM t")
CASE("types stay before and behind their literal",
    "SELECT 'SECRET'::text, CAST('SECRET' AS text), date '2031-05-17', interval '7 s' day, \"t\" 'SECRET', s.t 'SECRET', interval(3) '1 s'",
    "SELECT ?::text, CAST(? AS text), date ?, interval ? day, \"t\" ?, s.t ?, interval(?) ?")
CASE("slices and precisions are numbers",
    "SELECT a[1:2], b::numeric(10,2) FROM t LIMIT 5 OFFSET 2",
    "SELECT a[?:?], b::numeric(?,?) FROM t LIMIT ? OFFSET ?")
CASE("parameters stay",
    "INSERT INTO t VALUES ($1, $2, 'SECRET') ON CONFLICT (a) DO UPDATE SET b = 'SECRET' RETURNING id",
    "INSERT INTO t VALUES ($1, $2, ?) ON CONFLICT (a) DO UPDATE SET b = ? RETURNING id")
CASE("names in quotes stay",
    "SELECT \"a'b\", \"a\"\"b\" FROM \"t\" AS \"x\" WHERE \"a\" = 'SECRET'",
    "SELECT \"a'b\", \"a\"\"b\" FROM \"t\" AS \"x\" WHERE \"a\" = ?")
CASE("true and false are values except behind IS",
    "SELECT TRUE, a IS TRUE, b IS NOT FALSE, NULL, c = true FROM t WHERE d AND true",
    "SELECT ?, a IS TRUE, b IS NOT FALSE, NULL, c = ? FROM t WHERE d AND ?")
CASE("options of foreign servers lose their values",
    "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', password 'SECRET')",
    "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user ?, password ?)")
CASE("passwords of roles are hidden, also as bare words",
    "CREATE ROLE bob PASSWORD 'SECRET' VALID UNTIL 'SECRET' LOGIN; ALTER ROLE bob ENCRYPTED PASSWORD SECRET; ALTER ROLE bob PASSWORD NULL",
    "CREATE ROLE bob PASSWORD ? VALID UNTIL ? LOGIN; ALTER ROLE bob ENCRYPTED PASSWORD ?; ALTER ROLE bob PASSWORD NULL")
CASE("a bare value of a setting is hidden",
    "SET app.jwt = SECRET; SET search_path TO SECRET, SECRET; SET LOCAL a.b TO SECRET.SECRET-1; SET TIME ZONE SECRET; SET a = ON; SET SESSION AUTHORIZATION SECRET",
    "SET app.jwt = ?; SET search_path TO ?, ?; SET LOCAL a.b TO ?; SET TIME ZONE ?; SET a = ON; SET SESSION AUTHORIZATION ?")
CASE("so it is in ALTER",
    "ALTER ROLE bob SET app.jwt TO SECRET; ALTER SYSTEM SET a = SECRET; ALTER DATABASE d SET a TO SECRET",
    "ALTER ROLE bob SET app.jwt TO ?; ALTER SYSTEM SET a = ?; ALTER DATABASE d SET a TO ?")
CASE("and in a function's head",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET a.b = SECRET AS $$ SELECT 'SECRET' $$ IMMUTABLE",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET a.b = ? AS ? IMMUTABLE")
CASE("files and programs are strings",
    "COPY t FROM '/SECRET' WITH (FORMAT csv, DELIMITER '|', NULL 'SECRET'); COPY t TO PROGRAM 'SECRET'",
    "COPY t FROM ? WITH (FORMAT csv, DELIMITER ?, NULL ?); COPY t TO PROGRAM ?")
CASE("utility statements have literals too",
    "COMMENT ON TABLE t IS 'SECRET'; NOTIFY c, 'SECRET'; DO $x$ begin perform 'SECRET'; end $x$; CREATE SUBSCRIPTION s CONNECTION 'password=SECRET' PUBLICATION p; LOAD 'SECRET'",
    "COMMENT ON TABLE t IS ?; NOTIFY c, ?; DO ?; CREATE SUBSCRIPTION s CONNECTION ? PUBLICATION p; LOAD ?")
CASE("a word behind a value where none can stand is the inside of a string",
    "SELECT 1 FROM t WHERE a = 'it's SECRET' AND b = 'it's'",
    "SELECT ? FROM t WHERE a = ?")
CASE("also with a blank before it",
    "SELECT 1 FROM t WHERE a = 'boys' SECRET' AND b = 'boys' x'",
    "SELECT ? FROM t WHERE a = ?")
CASE("a string behind an alias turns it into doubt",
    "SELECT 'boys' word', 'x' SECRET'",
    "SELECT ?")
CASE("IS DISTINCT FROM ends no select list",
    "SELECT a IS DISTINCT FROM b, 'SECRET' a FROM t",
    "SELECT a IS DISTINCT FROM b, ? a FROM t")
CASE("an alias may stand in a select list",
    "SELECT 'SECRET' a, 5 \"b\", 'SECRET'c FROM t",
    "SELECT ? a, ? \"b\", ? FROM t")
CASE("text that ends in a string ends at its first quote",
    "SELECT * FROM t WHERE a='x' AND b='SECRET",
    "SELECT * FROM t WHERE a=?")
CASE("so does text that ends in a dollar quote",
    "SELECT * FROM t WHERE a=1 AND b=$a$SECRET$b$",
    "SELECT * FROM t WHERE a=? AND b=?")
CASE("a brace ends what can be read",
    "SELECT a FROM t WHERE b = {SECRET}",
    "SELECT a FROM t WHERE b = ?")
CASE("so does a lone dollar or a backslash",
    "SELECT a FROM t WHERE b = $SECRET",
    "SELECT a FROM t WHERE b = ?")
CASE("a non-breaking space belongs to a word",
    "SELECT\xc2\xa0'SECRET'\xc2\xa0" "FROM t",
    "SELECT\xc2\xa0?\xc2\xa0" "FROM t")
CASE("the words of an executed statement stay",
    "EXPLAIN (ANALYZE, COSTS OFF) SELECT a FROM t WHERE b = 'SECRET'; PREPARE s (int) AS SELECT 5; EXECUTE s('SECRET', 5)",
    "EXPLAIN (ANALYZE, COSTS OFF) SELECT a FROM t WHERE b = ?; PREPARE s (int) AS SELECT ?; EXECUTE s(?, ?)")
/* clang-format on */
#undef CASE
