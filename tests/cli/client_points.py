#!/usr/bin/python3
"""What the tree shows of points of a server's client: names, tags, connections,
pipelines, parts of their time.

Usage: client_points.py osprof
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

BASE = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
HERE = {"system": "postgresql", "connection_id": 7, "port": 5432,
        "host": "/run/pg", "database": "shop", "user": "ada",
        "server_version": "15.3 (Debian)"}
THERE = {**HERE, "connection_id": 8, "host": "db2"}
MARIADB = {"system": "mariadb", "connection_id": 3, "host": "/run/m",
           "database": "shop", "user": "ada",
           "server_version": "10.11.19-MariaDB-0+deb12u1"}
TEXT = {"statement": "update t; select 6", "call": "mysql_query"}
COPY = {"statement": "copy item from stdin", "call": "PQexec"}

# start's db, stop's db, further of the stop's info
POINTS = [
    ({"call": "PQconnectdb"}, {**HERE, "status": "CONNECTION_OK"}, {}),
    ({**HERE, "call": "PQprepare", "statement_name": "find",
      "statement": "select $1"}, {"status": "PGRES_COMMAND_OK"}, {}),
    ({**HERE, "call": "PQexecPrepared", "statement_name": "find",
      "statement": "select $1", "params": [4]},
     {"status": "PGRES_TUPLES_OK", "rows": 1, "tag": "SELECT 1"}, {}),
    ({**HERE, "call": "PQexecPrepared", "statement_name": "",
      "statement": "select 2"}, {"rows": 1}, {}),
    ({**HERE, "call": "PQdescribePrepared", "statement_name": "find"}, {}, {}),
    ({**THERE, "statement": "select 3"}, {"rows": 1}, {}),
    ({**HERE, "statement": "begin"}, {"tag": "BEGIN"}, {}),
    ({**HERE, "statement": "selct", "params": [1]},
     {"status": "PGRES_FATAL_ERROR", "transaction": "failed"},
     {"etype": "42601", "message": "syntax error"}),
    ({**HERE, "statement": "commit"}, {"tag": "ROLLBACK"}, {}),
    ({**HERE, "call": "transaction"},
     {"statements": 3, "outcome": "ROLLBACK", "elapsed_us": 10.0,
      "idle_us": 5.0}, {}),
    ({**HERE, **COPY}, {"changes": 4, "bytes": 48, "elapsed_us": 100.0,
                        "wait_us": 30.0, "transfer_us": 60.0,
                        "application_us": 9.0}, {}),
    ({**HERE, "statement": "select 4"},
     {"rows": 1, "elapsed_us": 100.0, "wait_us": 95.0, "send_us": 5.0}, {}),
    ({**HERE, "statement": "insert"},
     {"changes": 1, "batch": 2, "batch_position": 1, "batch_size": 3,
      "batch_sync": "sync"}, {}),
    ({**HERE, "statement": "update"},
     {"outcome": "not run", "status": "PGRES_PIPELINE_ABORTED", "batch": 3,
      "batch_position": 1, "batch_sync": "none"}, {}),
    ({**HERE, "statement": ";"}, {"status": "PGRES_EMPTY_QUERY", "tag": ""},
     {}),
    ({"call": "PQconnectdb"}, {"system": "postgresql", "host": "db3"},
     {"etype": "connection failure"}),
    ({"system": "sqlite", "statement": "select 5", "database": "/x.db"},
     {"rows": 1}, {}),
    ({**MARIADB, "call": "mysql_stmt_prepare", "statement": "insert ?"}, {},
     {}),
    ({**MARIADB, "call": "mysql_stmt_execute", "statement": "insert ?",
      "params": [1, 2, 3], "batch_size": 3},
     {"changes": 3, "insert_id": 8, "warnings": 2, "transaction": "idle"},
     {}),
    ({**MARIADB, "call": "mysql_stmt_prepare_start", "statement": "select ?"},
     {}, {}),
    ({**MARIADB, **TEXT}, {"changes": 1, "warnings": 1, "statement_index": 1},
     {}),
    ({**MARIADB, **TEXT, "call": "mysql_next_result", "statement_index": 2},
     {"rows": 1}, {}),
    ({**MARIADB, **TEXT, "call": "mysql_next_result", "statement_index": 3},
     {"code": 1054}, {"etype": "42S22", "message": "unknown column"}),
]

SHOWN = """\
db [shop@vm] PQconnectdb
   -> CONNECTION_OK
   connection 7: ada@/run/pg:5432, database shop, postgresql 15.3
db PQprepare find: select $1
db find: select $1
   [4] -> 1 row
db select 2
   -> 1 row
db PQdescribePrepared find
db select 3
   -> 1 row
   connection 8: ada@db2:5432, database shop, postgresql 15.3
db begin
   connection 7
db selct
   [1] -> transaction failed
   error: 42601: syntax error
db commit
   -> ROLLBACK
db transaction
   -> 3 statements, ROLLBACK (idle 5 us)
db copy item from stdin
   -> 4 changed, 48 bytes (wait 30 us, transfer 60 us)
db select 4
   -> 1 row
db insert
   -> 1 changed, batch 2: 1/3
db update
   -> not run, batch 3: 1, no sync
db ;
   -> PGRES_EMPTY_QUERY
db PQconnectdb
   connection: db3, postgresql
   error: connection failure
db select 5
   -> 1 row
db mysql_stmt_prepare: insert ?
   connection 3: ada@/run/m, database shop, mariadb 10.11.19
db insert ?
   [1, 2, 3] -> array of 3, 3 changed, 2 warnings, id 8
db mysql_stmt_prepare_start: select ?
db update t; select 6
   -> 1 changed, 1 warning, result 1
db update t; select 6
   -> 1 row, result 2
db update t; select 6
   -> result 3
   error: 42S22 (code 1054): unknown column
"""


def messages():
    for i, (start, stop, info) in enumerate(POINTS):
        for end, at, db in (("start", 0, start), ("stop", 1, stop)):
            yield {"name": "db-" + end, "base_id": BASE, "parent_id": BASE,
                   "trace_id": "point%d" % i, "project": None,
                   "service": "shop",
                   "timestamp": "2026-11-21T10:50:43.%06d" % (2 * i + at),
                   "info": {"db": db, "host": "vm", **(info if at else {})}}


def shown(osprof, folder):
    """The tree without its head and its times."""
    path = pathlib.Path(folder, "t.jsonl")
    path.write_text("".join(json.dumps(m) + "\n" for m in messages()))
    done = subprocess.run(
        [osprof, "trace", "show", BASE, "--connection-string",
         f"file://{path}"], stdout=subprocess.PIPE, check=True, text=True,
        env={**os.environ, "LC_ALL": "C", "OSPROF_CONFIG": "/dev/null"})
    return "".join(line[23:] for line in done.stdout.splitlines(True)[3:])


def main():
    with tempfile.TemporaryDirectory() as folder:
        text = shown(sys.argv[1], folder)
    if text != SHOWN:
        sys.exit("not as wanted:\n" + text)


main()
