#!/usr/bin/python3
"""Programs that nobody recompiled do under LD_PRELOAD what they do without,
and each of their own statements is traced once.
"""
import os
import shutil
import subprocess

import preload
from preload import whole

SHELL = "/usr/bin/sqlite3"

# Line by line, and what a line makes the shell run: itself unless told.
SCRIPT = """
create table t(a integer primary key, b text, c real);
create table log(a, was);
create trigger tr after update on t begin insert into log values(old.a, old.b); end;
insert into t values(1,'one',1.5),(2,'two',2.5);
insert into t values(1,'again',0);
update t set b = upper(b);
select * from log order by a;
select nowhere from t;
create virtual table f using fts5(body);
insert into f values('the quick brown fox');
insert into f(f) values('optimize');
select highlight(f, 0, '[', ']') from f where f match 'quick';
begin; insert into t values(3,'three',3.5); rollback;
.read other.sql
.dump
"""
OTHER = "select count(*) from t; select 'read' as x;\n"
ROWS = "".join("%d,row %d\n" % (i, i) for i in range(100))

CALLBACKS = """
import sqlite3, threading
db = sqlite3.connect(":memory:", isolation_level=None)
db.execute("create table t(a, b)")
db.executemany("insert into t values(?, ?)", [(i, str(i)) for i in range(5)])
def within(a):
    return db.execute("select max(a) from t where a < ?", (a,)).fetchone()[0]
db.create_function("within", 1, within)
print(db.execute("select a, within(a) from t").fetchall())
try:
    db.execute("select nowhere")
except sqlite3.OperationalError as error:
    print(error)
db.executescript("create table u(a); insert into u values(1)")
copy = sqlite3.connect(":memory:")
db.backup(copy)
print(copy.execute("select count(*) from t").fetchone())
def alone(n):
    own = sqlite3.connect(":memory:")
    for i in range(20):
        own.execute("select %d + ?" % n, (i,)).fetchall()
threads = [threading.Thread(target=alone, args=(n,)) for n in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
db.close()
"""

STATIC = """
#include <dlfcn.h>
#include <osprof.h>
#include <osprof_sqlite.h>
#include <stdio.h>
#include <string.h>

int
main(void)
{
	void (*others)(struct osprof_counters *, size_t);
	struct osprof_counters own, other = { 0 };
	sqlite3 *db;

	if (sqlite3_open(":memory:", &db) ||
	    sqlite3_exec(db, "select 1", 0, 0, 0) || sqlite3_close(db))
		return 1;
	*(void **)&others = dlsym(RTLD_DEFAULT, "osprof_get_counters");
	osprof_get_counters(&own, sizeof(own));
	others(&other, sizeof(other));
	printf("%d and %d\\n", (int)own.called, (int)other.called);
	return 0;
}
"""


class Programs(preload.Case):
    def test_the_shell_runs_a_script(self):
        """With errors, triggers, full text, .read and .dump."""
        command = ["sh", "-c", "printf '%s' \"$1\" > other.sql; "
                   "exec sqlite3 a.db", "sh", OTHER]

        points = self.traced(command, SCRIPT.encode())

        self.assertEqual(self.status, 1)
        self.assertIn(b"[quick]", self.out)
        lines = [line for line in SCRIPT.split("\n")[1:-3]]
        own = [statement for line in lines for statement in
               ([part.strip() + ";" for part in line.split(";")[:-1]]
                if line.startswith("begin") else [line])]
        own += ["select count(*) from t;", "select 'read' as x;"]
        ran = [statement for statement in self.statements(points)]
        self.assertEqual(ran[:len(own)], own)
        # The rest is what .dump asks for.
        self.assertIn("PRAGMA writable_schema", " ".join(ran[len(own):]))
        for statement in ran[len(own):]:
            self.assertRegex(statement, "(?i)pragma|sqlite_schema|^select|"
                             "savepoint|release")

    def test_the_shell_imports_a_file(self):
        command = ["sh", "-c", "printf '%s' \"$1\" > rows.csv; "
                   "exec sqlite3 a.db", "sh", ROWS]

        points = self.traced(
            command, b"create table r(a, b);\n.mode csv\n"
            b".import rows.csv r\nselect count(*) from r;\n")

        self.assertEqual(self.out, b"100\n")
        inserts = [statement for statement in self.statements(points)
                   if statement.startswith("INSERT")]
        self.assertEqual(len(inserts), 100)

    def test_python_calls_back(self):
        points = self.traced([preload.PYTHON, "-c", CALLBACKS])

        ran = self.statements(points)
        count = {text: ran.count(text) for text in ran}
        self.assertEqual(count.pop("insert into t values(?, ?)"), 5)
        self.assertEqual(
            count.pop("select max(a) from t where a < ?"), 5)
        for n in range(4):
            self.assertEqual(count.pop("select %d + ?" % n), 20)
        backups = [call for call, _, _ in points if "backup" in call]
        self.assertEqual(len(backups), 1)
        self.assertEqual(count.pop(None), 1)
        self.assertEqual(set(count.values()), {1})
        self.assertEqual(len(count), 6, count)

    def test_a_program_built_with_the_header_is_traced_once(self):
        for preloaded in (False, True):
            env = self.preloaded() if preloaded else self.env
            self.run_one([whole.TRACED, "work", "."], str(preloaded), env,
                         b"")
            points = sorted(map(str, self.statements(self.points())))
            if preloaded:
                self.assertEqual(points, before)
            before = points
        self.assertTrue(before)

    def test_a_static_build_with_the_header_is_traced_once(self):
        source = self.path("main.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write(STATIC)
        root = os.path.join(os.path.dirname(whole.__file__), "..", "..")
        lib = os.path.join(whole.BUILD, "lib")
        for linked in ([lib + "/libosprof.a"],
                       ["-L" + lib, "-losprof", "-Wl,-rpath," + lib]):
            subprocess.run(
                ["cc", "-D_GNU_SOURCE", "-I" + root + "/sqlite",
                 "-I" + root + "/shim", source, "-o", self.path("main"),
                 lib + "/libosprof_sqlite.a", *linked, "-lsqlite3",
                 "-lpthread", "-ldl", "-lm"], check=True)
            done = self.run_one([self.path("main")],
                                "static%d" % len(linked), self.preloaded(),
                                b"")
            # Its own core has a point; one of a preload object has none.
            core = 0 if len(linked) == 1 else 2
            self.assertEqual((done.status, done.out),
                             (0, b"2 and %d\n" % core))

    def test_an_extension_calls_the_sqlite_that_loaded_it(self):
        source = os.path.join(self.dir, "twice.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write("""
                #include <sqlite3ext.h>
                SQLITE_EXTENSION_INIT1
                static void twice(sqlite3_context *to, int n,
                    sqlite3_value **value)
                {
                    sqlite3_stmt *stmt;
                    sqlite3_prepare_v2(sqlite3_context_db_handle(to),
                        "select 2 * ?", -1, &stmt, 0);
                    sqlite3_bind_value(stmt, n, value[0]);
                    sqlite3_step(stmt);
                    sqlite3_result_int(to, sqlite3_column_int(stmt, 0));
                    sqlite3_finalize(stmt);
                }
                int sqlite3_twice_init(sqlite3 *db, char **error,
                    const sqlite3_api_routines *api)
                {
                    (void)error;
                    SQLITE_EXTENSION_INIT2(api);
                    return sqlite3_create_function(db, "twice", 1,
                        SQLITE_UTF8, 0, twice, 0, 0);
                }""")
        subprocess.run(["cc", "-shared", "-fPIC", source, "-o",
                        self.path("twice.so")], check=True)

        points = self.traced([preload.PYTHON, "-c", """
import sqlite3
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension("%s")
print(db.execute("select twice(21)").fetchone())
""" % self.path("twice.so")])

        self.assertEqual(self.out, b"(42,)\n")
        said = self.statements(points)
        if said[-1] == "select twice(21)":
            # Linked with -Bsymbolic-functions, as Ubuntu links it.
            self.skipTest("this SQLite gives extensions its own functions")
        self.assertEqual(said[-2:], ["select twice(21)", "select 2 * ?"])

    def test_dlopen_looks_where_its_caller_has_its_libraries(self):
        main = self.path("main.c")
        with open(main, "w", encoding="utf-8") as file:
            file.write("""
                #include <dlfcn.h>
                int main(void) { return !dlopen("libhidden.so", MODE); }""")
        self.make("hidden")
        empty = self.path("empty.c")
        with open(empty, "w", encoding="utf-8") as file:
            file.write("int hidden;")
        subprocess.run(["cc", "-shared", "-fPIC", empty, "-o",
                        self.path("hidden", "libhidden.so")], check=True)
        for mode in ("RTLD_NOW", "RTLD_LAZY | RTLD_DEEPBIND"):
            subprocess.run(
                ["cc", "-D_GNU_SOURCE", "-DMODE=" + mode, main, "-ldl", "-o",
                 self.path("main"), "-Wl,-rpath," + self.path("hidden")],
                check=True)
            self.traced([self.path("main")])
            self.assertEqual(self.status, 0)

    def test_the_address_sanitizer_of_a_program_stays_content(self):
        source = self.path("main.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write("""
                #include <sqlite3.h>
                int main(void)
                {
                    sqlite3 *db;
                    return sqlite3_open(":memory:", &db) ||
                           sqlite3_exec(db, "select 1", 0, 0, 0) ||
                           sqlite3_close(db);
                }""")
        subprocess.run(["cc", "-fsanitize=address", source, "-lsqlite3",
                        "-o", self.path("main")], check=True)
        # gcc's runtime wants to be the first library unless told otherwise.
        env = {**self.env, "ASAN_OPTIONS": "verify_asan_link_order=0"}
        self.traced([self.path("main")], env=env)
        self.assertEqual((self.status, self.err), (0, b""))

    def test_valgrind_finds_nothing(self):
        if not shutil.which("valgrind"):
            whole.cannot("valgrind is not installed")
        done = self.run_one(
            ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full",
             "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite",
             SHELL, ":memory:", "select 1; select nowhere; select 2;"],
            "valgrind", self.preloaded({**self.env, "DEBUGINFOD_URLS": ""}),
            b"")
        self.assertNotIn(b"==", done.err)
        self.assertEqual(done.status, 1)
        self.assertEqual(self.statements(self.points()),
                         ["select 1;", "select nowhere;"])


class Idle(preload.Case):
    """Nothing happens in a program that calls no SQLite."""

    def test_it_opens_no_file_but_the_two_libraries(self):
        if not shutil.which("strace"):
            whole.cannot("strace is not installed")
        calls = []
        for folder, env in (("plain", []),
                            ("ours", ["-E", "LD_PRELOAD=" + preload.OBJECT])):
            self.make(folder)
            trace = self.path("trace")
            done = subprocess.run(
                ["strace", "-f", "-o", trace, *env, "/bin/true"],
                env=self.env, cwd=self.path(folder), stderr=subprocess.PIPE)
            if b"PTRACE" in done.stderr:
                whole.cannot("strace may not trace here")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            with open(trace, encoding="utf-8") as lines:
                calls.append([line.split(None, 1)[1] for line in lines])
        opened = [{line.split('"')[1] for line in calls[i]
                   if line.startswith("openat")and " = -1 " not in line}
                  for i in (0, 1)]
        new = {os.path.basename(name) for name in opened[1] - opened[0]}
        self.assertEqual(new, {"libosprof-preload-sqlite.so",
                               "libosprof.so.0"})
        for name in ("clone", "getrandom", "brk", "rt_sigaction", "futex"):
            of = [sum(line.startswith(name) for line in calls[i])
                  for i in (0, 1)]
            self.assertEqual(of[0], of[1], name)

    def test_it_allocates_nothing(self):
        source = self.path("count.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write("""
                #include <stdlib.h>
                #include <unistd.h>
                void *__libc_malloc(size_t size);
                void *__libc_calloc(size_t count, size_t size);
                static char count = '0';
                void *malloc(size_t size)
                {
                    count++;
                    return __libc_malloc(size);
                }
                void *calloc(size_t number, size_t size)
                {
                    count++;
                    return __libc_calloc(number, size);
                }
                int main(void)
                {
                    return write(1, &count, 1) != 1;
                }""")
        subprocess.run(["cc", "-fno-builtin", "-rdynamic", source, "-o",
                        self.path("count")], check=True)

        # An allocation of the dynamic linker's own comes with any preload.
        other = self.path("other.so")
        with open(self.path("other.c"), "w", encoding="utf-8") as file:
            file.write("int other;")
        subprocess.run(["cc", "-shared", "-fPIC", self.path("other.c"), "-o",
                        other], check=True)
        runs = [subprocess.run([self.path("count")], stdout=subprocess.PIPE,
                               env={**self.env, "LD_PRELOAD": object},
                               check=True).stdout
                for object in (other, preload.OBJECT)]

        self.assertEqual(runs[0], runs[1])

    def test_it_needs_nothing_but_libc(self):
        done = subprocess.run(["ldd", preload.OBJECT], stdout=subprocess.PIPE,
                              text=True, check=True)
        names = {os.path.basename(line.split()[0])
                 for line in done.stdout.splitlines()}
        self.assertEqual(
            {name for name in names
             if not name.startswith(("linux-vdso", "ld-linux"))},
            {"libosprof.so.0", "libc.so.6"})


if __name__ == "__main__":
    preload.main()
