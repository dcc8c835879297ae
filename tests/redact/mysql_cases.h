/*
 * mysql_cases.h - statements of MySQL and MariaDB and what is left of them.
 *
 * As sqlite_cases.h.
 */
/* clang-format off */
CASE("a doubled quote stays inside its string",
    "SELECT * FROM t WHERE a='it''s SECRET' AND b=1",
    "SELECT * FROM t WHERE a=? AND b=?")
CASE("a backslash escapes a quote",
    "SELECT * FROM t WHERE a='x\\' OR b=SECRET' AND c=1",
    "SELECT * FROM t WHERE a=? AND c=?")
CASE("a backslash escapes a backslash",
    "SELECT * FROM t WHERE a='x\\\\' AND b=\"SECRET\\\"\" AND c=1",
    "SELECT * FROM t WHERE a=? AND b=? AND c=?")
CASE("double quotes hold a string",
    "SELECT * FROM t WHERE a = \"SECRET\" AND b = 1",
    "SELECT * FROM t WHERE a = ? AND b = ?")
CASE("strings with prefixes and introducers are one value",
    "SELECT _utf8mb4'SECRET' COLLATE utf8mb4_bin, N'SECRET', _binary X'5EC4E7', _latin1 0x5EC4E7, _utf8 /* c */ \"SECRET\", _other FROM t",
    "SELECT ? COLLATE utf8mb4_bin, ?, ?, ?, ?, _other FROM t")
CASE("strings beside each other are one",
    "SELECT 'SECRET' 'SECRET' \"SECRET\" /* SECRET */ 'SECRET' -- SECRET\n 'SECRET', 1",
    "SELECT ?, ?")
CASE("an alias may be a string",
    "SELECT a 'SECRET', b AS \"SECRET\", abc'SECRET' FROM t",
    "SELECT a ?, b AS ?, abc? FROM t")
CASE("names may begin with digits, and are hidden",
    "SELECT 0x1F, 0X1F, 0b11, 0o17, 1_000, 1e, 2024_sales.x, 4815AND FROM t1",
    "SELECT ?, ?, ?, ?, ?, ?, ?.x, ? FROM t1")
CASE("all forms of numbers are hidden",
    "SELECT .5, 5., 1e3, 1.e3, 1e-3, -7, 10--5 FROM t",
    "SELECT ?, ?, ?, ?, ?, -?, ?--? FROM t")
CASE("a hash opens a comment",
    "SELECT 1 # it's SECRET\n, 2 FROM t # SECRET",
    "SELECT ?  \n, ? FROM t  ")
CASE("two dashes open one only before a blank",
    "SELECT 10--7294638157 FROM t WHERE a='SECRET' --\n AND b = 3 --\x01 SECRET\n",
    "SELECT ?--? FROM t WHERE a=?  \n AND b = ?  \n")
CASE("comments do not nest",
    "SELECT /* a /* b */ 'SECRET' FROM t /* SECRET",
    "SELECT   ? FROM t  ")
CASE("a comment that is executed is SQL",
    "SELECT /*!50000 'SECRET', */ /*M!100100 5, */ 1 /*! + 2 */ FROM t",
    "SELECT   ?,     ?,   ?   + ?   FROM t")
CASE("its end inside a string leaves doubt",
    "SELECT /*!50000 it 's SECRET */ 'SECRET'",
    "SELECT   it ?")
CASE("its end behind a line comment does, too",
    "SELECT /*!50000 1 -- */ SECRET\n */ 'SECRET'",
    "SELECT   ? ?")
CASE("hints are dropped",
    "SELECT /*+ SET_VAR(x='SECRET') */ a FROM t",
    "SELECT   a FROM t")
CASE("comment marks in strings open nothing",
    "SELECT '/*', 'SECRET', '*/', '--', 'SECRET', '#' FROM t",
    "SELECT ?, ?, ?, ?, ?, ? FROM t")
CASE("names in backticks may hold quotes",
    "SELECT `a'b`, `a``b` FROM `t` WHERE c='SECRET'",
    "SELECT `a'b`, `a``b` FROM `t` WHERE c=?")
CASE("a carriage return ends no comment",
    "SELECT 1 -- x\r, 'SECRET' FROM t\n",
    "SELECT ?  \n")
CASE("variables keep their bare name",
    "SELECT @v, @'SECRET', @\"SECRET\", @`v`, @@session.x, @a.b$c := 5",
    "SELECT @v, @?, @?, @`v`, @@session.x, @a.b$c := ?")
CASE("dollar quotes are hidden, other dollars are names",
    "SELECT $$SECRET$$, $a$ SECRET $b$ $a$, $x, $1, a$b FROM t",
    "SELECT ?, ?, $x, $1, a$b FROM t")
CASE("typed literals keep their type",
    "SELECT DATE '2031-05-17', {d '2031-05-17'}, TIMESTAMP'2031-05-17 18:29:41', INTERVAL '7294638157' DAY",
    "SELECT DATE ?, {d ?}, TIMESTAMP?, INTERVAL ? DAY")
CASE("another way to write NULL stays",
    "SELECT \\N, NULL FROM t",
    "SELECT \\N, NULL FROM t")
CASE("users and hosts are strings",
    "CREATE USER 'bob'@'%' IDENTIFIED BY 'SECRET'; GRANT ALL ON *.* TO 'u'@'h' IDENTIFIED BY PASSWORD 'SECRET' REQUIRE SSL",
    "CREATE USER ?@? IDENTIFIED BY ?; GRANT ALL ON *.* TO ?@? IDENTIFIED BY PASSWORD ? REQUIRE SSL")
CASE("a bare password is hidden",
    "CREATE USER u IDENTIFIED BY SECRET; ALTER USER u IDENTIFIED WITH p AS SECRET REPLACE SECRET; SET PASSWORD FOR u = SECRET; SET PASSWORD = PASSWORD(SECRET)",
    "CREATE USER u IDENTIFIED BY ?; ALTER USER u IDENTIFIED WITH p AS ? REPLACE ?; SET PASSWORD FOR u = ?; SET PASSWORD = ?")
CASE("rules for passwords stay",
    "ALTER USER u PASSWORD EXPIRE NEVER; CREATE USER u IDENTIFIED BY RANDOM PASSWORD",
    "ALTER USER u PASSWORD EXPIRE NEVER; CREATE USER u IDENTIFIED BY RANDOM PASSWORD")
CASE("a bare value of a setting is hidden",
    "SET GLOBAL x = SECRET, @a = 5, @b = SECRET, c = DEFAULT, d = ON; SET NAMES utf8",
    "SET GLOBAL x = ?, @a = ?, @b = ?, c = DEFAULT, d = ON; SET NAMES utf8")
CASE("replication has passwords",
    "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD=SECRET, MASTER_PORT=5; START SLAVE USER='u' PASSWORD='SECRET'; CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='SECRET'",
    "CHANGE MASTER TO MASTER_HOST=?, MASTER_PASSWORD=?, MASTER_PORT=?; START SLAVE USER=? PASSWORD=?; CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD=?")
CASE("SQL in a string is a string",
    "PREPARE s FROM 'SELECT * FROM t WHERE a=\"SECRET\"'; EXECUTE s USING @a; EXECUTE IMMEDIATE 'SECRET'",
    "PREPARE s FROM ?; EXECUTE s USING @a; EXECUTE IMMEDIATE ?")
CASE("arguments are hidden",
    "CALL p('SECRET', 7294638157)",
    "CALL p(?, ?)")
CASE("what follows a change of the mode may have two readings",
    "SET sql_mode='NO_BACKSLASH_ESCAPES'; SELECT 'a\\', 'SECRET'; SELECT 'b'",
    "SET sql_mode=?; SELECT ?")
CASE("rows may hold what looks like rows",
    "INSERT INTO t (a,b) VALUES (1,'SECRET'),(2,'SECRET (x),('),(NULL,'SECRET')",
    "INSERT INTO t (a,b) VALUES (?,?),(?,?),(NULL,?)")
CASE("a word behind a value where none can stand is the inside of a string",
    "UPDATE t SET a = 'it's SECRET', b = 'it's SECRET'",
    "UPDATE t SET a = ?")
CASE("also behind ON DUPLICATE KEY UPDATE",
    "INSERT INTO t VALUES (1,2) ON DUPLICATE KEY UPDATE a = 'it's SECRET', b = 'it's'",
    "INSERT INTO t VALUES (?,?) ON DUPLICATE KEY UPDATE a = ?")
CASE("a cut literal is hidden with its prefix",
    "SELECT * FROM t WHERE a=x'5EC4E7",
    "SELECT * FROM t WHERE a=?")
CASE("bad digits leave doubt",
    "SELECT a FROM t WHERE b = x'5EC' AND SECRET = 'SECRET'",
    "SELECT a FROM t WHERE b = ?")
CASE("a non-breaking space belongs to a word",
    "SELECT\xc2\xa0'SECRET'\xc2\xa0" "FROM t",
    "SELECT\xc2\xa0?\xc2\xa0" "FROM t")
CASE("a brace stays, a bracket ends what can be read",
    "SELECT {d '2031-05-17'}, a[SECRET]",
    "SELECT {d ?}, a?")
/* clang-format on */
#undef CASE
