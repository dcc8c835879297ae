#!/usr/bin/python3
"""PostgreSQL's own programs under osprof run: what they print and leave is
what it is without, and each statement that they have the server run is in
the trace, once.
"""
import pq_programs
from pq_programs import tool

TABLE = "create table t (id int primary key, name text)"
ROWS = "insert into t select i, 'name ' || i from generate_series(1, 500) i"
ROW = "insert into t values (1, 'rice')"
SLEEP = "select pg_sleep(60)"
WAIT = f"""\
do $$ begin
  while not exists (select from pg_stat_activity
    where query = '{SLEEP}' and wait_event = 'PgSleep') loop
    perform pg_stat_clear_snapshot();
    perform pg_sleep(0.01);
  end loop;
end $$"""


def setup(*statements):
    return [[tool("psql"), "-X", "-q", *("-c" + text for text in statements)]]


class Psql(pq_programs.Case):
    def script(self, text, *arguments, **options):
        return self.compared(tool("psql"), "-X", *arguments,
                             input=text.encode(), **options)

    def test_statements_and_errors(self):
        plain = self.script(f"""\
{TABLE};
insert into t values (1, 'rice'), (2, 'tea');
select * from t; select 2;
select 3\\; select 4;
select * from nowhere;
selec 1;
insert into t values (1, 'it''s')
  returning id;
do $$ begin raise notice 'heard'; end $$;
select 1/0;
update t set name = name || '!' where id > 1;
""")
        self.assertIn("heard", plain.stderr)
        self.assertToldWhatRan(9)
        self.assertEqual(
            [(s.text, s.rows, s.changes, s.stop.get("etype"))
             for s in self.statements() if s.text][2:], [
                ("select * from t;", 2, None, None),
                ("select 2;", 1, None, None),
                ("select 3; select 4;", 2, None, None),
                ("select * from nowhere;", None, None, "42P01"),
                ("selec 1;", None, None, "42601"),
                ("insert into t values (1, 'it''s')\n  returning id;", None,
                 None, "23505"),
                ("do $$ begin raise notice 'heard'; end $$;", None, None,
                 None),
                ("select 1/0;", None, None, "22012"),
                ("update t set name = name || '!' where id > 1;", None, 1,
                 None)])

    def test_transactions(self):
        self.script("""\
\\set AUTOCOMMIT off
\\set ON_ERROR_ROLLBACK on
select 1;
select nothing;
select 2;
rollback;
\\set AUTOCOMMIT on
begin; select 3; select nothing; select 4; commit;
""")
        self.assertToldWhatRan(12)
        self.assertRuns(["BEGIN", "SAVEPOINT pg_psql_temporary_savepoint",
                         "select 1;"])

    def test_copy(self):
        self.script(f"""\
{TABLE};
\\copy t from stdin
1	rice
2	tea
\\.
copy t from stdin;
3	milk
\\.
copy t to stdout;
\\copy t to 't.txt'
\\copy t from 't.txt'
copy t from stdin;
no number	x
\\.
\\copy t from 'nowhere.txt'
select count(*) from t;
""")
        self.assertToldWhatRan(8)
        self.assertEqual(
            [(s.text, s.rows, s.changes, s.db["bytes"], s.stop.get("etype"))
             for s in self.statements()
             if s.text and s.text.lower().startswith("copy")], [
                # psql sends the line that ends the data as well.
                ("COPY  t FROM STDIN ", None, 2, 13 + 3, None),
                ("copy t from stdin;", None, 1, 7 + 3, None),
                ("copy t to stdout;", 3, None, 20, None),
                ("COPY  t TO STDOUT ", 3, None, 20, None),
                ("COPY  t FROM STDIN ", None, None, 20, "23505"),
                ("copy t from stdin;", None, None, 12 + 3, "22P02")])

    def test_meta_commands(self):
        self.script(f"""\
{TABLE}; {ROWS};
\\d
\\d t
\\dt+
\\df pg_sleep
select 'select ' || id from t where id < 4 order by id \\gexec
select id, name from t \\gdesc
select 1 as one \\gset
select :one;
select :'one', 'x' \\crosstabview
\\set FETCH_COUNT 200
select * from t order by id;
select * from nowhere;
\\encoding latin1
\\password
\\conninfo
\\c postgres
select 'elsewhere';
""", mask=r"(?s)You are connected[^\n]*")
        self.assertToldWhatRan(30)

    def test_large_objects(self):
        self.script("\\lo_import t.txt\n\\lo_export :LASTOID u.txt\n"
                    "\\lo_unlink :LASTOID\n\\lo_import nowhere\n",
                    files={"t.txt": "x" * 20000}, mask=r"lo_\w+ \d+")
        self.assertToldWhatRan(4)
        self.assertEqual(
            [(s.call, s.error) for s in self.statements()
             if s.call.startswith("lo_")], [
                ("lo_import", None), ("lo_export", None), ("lo_unlink", None),
                ("lo_import", 'could not open file "nowhere": '
                              "No such file or directory")])

    def test_a_lost_connection(self):
        self.script("select pg_terminate_backend(pg_backend_pid());\n"
                    "select 'not run';\n")
        lost, = self.by_text("select pg_terminate_backend"
                             "(pg_backend_pid());")
        self.assertEqual(lost.stop["etype"], "57P01")
        self.assertToldWhatRan()

    def test_an_interrupted_query(self):
        self.compared("/bin/sh", "-c", f"""\
{tool('psql')} -X -c '{SLEEP}' &
{tool('psql')} -X -q -c "$0" && kill -INT $!
wait $!""", WAIT)
        self.assertToldWhatRan(2)
        slept, = self.by_text(SLEEP)
        self.assertEqual(slept.stop["etype"], "57014")
        self.assertEqual(sum(s.call == "PQcancel"
                             for s in self.statements()), 1)

    def test_a_server_that_is_not_there(self):
        self.compared(tool("psql"), "-X", "-p", "1", "-c", "select 1")
        failed, = self.statements()
        self.assertEqual(failed.stop["etype"], "CONNECTION_BAD")


TIMES = (r"(?m)^(latency average|initial connection time|tps|"
         r"number of failed).*$|\d+\.\d+ s|vacuum\S* |\d+\.\d+")


class Pgbench(pq_programs.Case):
    def bench(self, *arguments, **options):
        return self.compared(tool("pgbench"), "-n", "--random-seed=1",
                             *arguments, mask=TIMES, **options)

    def test_initialisation(self):
        self.compared(tool("pgbench"), "-i", "-q", mask=TIMES)
        self.assertToldWhatRan(10)
        copy, = [s for s in self.statements()
                 if (s.text or "").startswith("copy")]
        self.assertGreater(copy.db["bytes"], 1000000)

    def test_all_transactions_in_all_modes(self):
        initialise = [[tool("pgbench"), "-i", "-q"]]
        for mode in "simple", "extended", "prepared":
            for script, statements in (("select-only", 1), ("tpcb-like", 7)):
                with self.subTest(mode=mode, script=script):
                    self.bench("-M", mode, "-b", script, "-c", "4", "-j", "2",
                               "-t", "30", setup=initialise)
                    self.assertToldWhatRan(4 * 30 * statements)
                    ran = [s for s in self.statements()
                           if s.call.startswith("PQsendQuery")]
                    self.assertEqual(len(ran), 4 * 30 * statements)

    def test_a_pipeline(self):
        self.bench("-M", "extended", "-t", "20", "-f", "p.sql", "-c", "2",
                   files={"p.sql": """\
\\set n random(1, 9)
\\startpipeline
begin;
select :n;
select :n + 1;
commit;
\\endpipeline
"""})
        self.assertToldWhatRan(2 * 20 * 4)
        ran = [s for s in self.statements() if s.db.get("batch")]
        self.assertEqual(len(ran), 2 * 20 * 4)
        self.assertEqual({s.db["batch_size"] for s in ran}, {4})
        self.assertEqual([s.db["batch_position"] for s in ran
                          if s.backend == ran[0].backend],
                         20 * [1, 2, 3, 4])

    def test_errors_are_told(self):
        self.bench("-t", "2", "-f", "p.sql",
                   files={"p.sql": "selec :client_id;"})
        failed, = [s for s in self.statements() if s.call == "PQsendQuery"]
        self.assertEqual(failed.stop["etype"], "42601")


DUMPED = setup(
    TABLE, ROWS, "create view v as select * from t",
    "create table u (id int references t, data bytea)",
    "insert into u values (1, 'x')",
    # The redactor may hide the values of a function, whose body may hold any.
    "create function f() returns int language sql return null::int",
    "select lo_from_bytea(12345, 'large')")


class Dump(pq_programs.Case):
    # The time of the dump is in it.
    volatile = ("out/toc.dat", "toc.custom")

    def test_as_text(self):
        plain = self.compared(tool("pg_dump"), setup=DUMPED,
                              mask=r"restrict \w+")
        self.assertIn("name 500", plain.stdout)
        self.assertToldWhatRan(50)
        copied, = self.by_text("COPY public.t (id, name) TO stdout;")
        self.assertEqual(copied.rows, 500)

    def test_by_two_workers(self):
        self.compared(tool("pg_dump"), "-j", "2", "-Fd", "-f", "out",
                      "--no-sync", setup=DUMPED)
        self.assertToldWhatRan(50)
        self.assertGreaterEqual(len(self.told()), 3)

    def test_and_restored(self):
        for jobs in ((), ("-j", "2")):
            self.compared(
                "/bin/sh", "-ce",
                'pg_dump -Fc -f toc.custom postgresql:///source; '
                'pg_restore -d "" toc.custom "$@"', "sh", *jobs,
                setup=[[tool("psql"), "-X", "-q", "-d", "postgres", "-c",
                        "drop database if exists source with (force)", "-c",
                        "create database source"],
                       DUMPED[0] + ["-d", "source"]])
            self.assertToldWhatRan(60)


class Replication(pq_programs.Case):
    def test_a_stream_of_changes(self):
        """A slot's changes so far, by COPY in both directions."""
        self.compared(
            "/bin/sh", "-ce", """\
pg_recvlogical -d "" -S slot --create-slot
psql -X -q -c 'set synchronous_commit = on' -c "$0" -c "$1"
pg_recvlogical -d "" -S slot --start -o include-xids=0 -o skip-empty-xacts=1 \
    -E "$(psql -X -Atc 'select pg_current_wal_lsn()')" -f -
pg_recvlogical -d "" -S slot --drop-slot
""", TABLE, ROW)
        stream, = [s for s in self.statements()
                   if (s.text or "").startswith("START_REPLICATION")]
        self.assertEqual(stream.db["status"], "PGRES_COPY_BOTH")
        self.assertTrue(stream.ended)
        self.assertRuns(["IDENTIFY_SYSTEM", TABLE, ROW,
                         "select pg_current_wal_lsn()"])


class Others(pq_programs.Case):
    def test_vacuumdb_and_its_kin(self):
        for name, *arguments in (
                ("vacuumdb", "-z", "-j", "2"), ("reindexdb",), ("clusterdb",),
                ("createuser", "-e", "one"), ("dropuser", "-e", "two"),
                ("createuser",), ("vacuumlo", "work")):
            with self.subTest(name=name):
                self.compared(tool(name), *arguments,
                              setup=setup(TABLE, "drop role if exists one",
                                          "drop role if exists two",
                                          "create role two"))
                self.assertToldWhatRan()

    def test_a_server_that_is_asked_for(self):
        self.compared(tool("pg_isready"))
        self.assertEqual([(s.call, s.db["status"])
                          for s in self.statements()],
                         [("PQpingParams", "PQPING_OK")])


if __name__ == "__main__":
    pq_programs.main()
