#!/usr/bin/python3
"""A traced program is what it is, whatever fails in the tracing.

A program over SQLite runs with the n-th allocation or system call of ours
failing, for n = 1, 2, 3... until none is left to fail, once and for ever.
Each time: its output and exit status are those of the untraced one, stderr is
empty, written + dropped == called, and what was written is stored in the end,
by its own drain or by `osprof recover`.
Usage: faults_library.py BUILD
"""
import contextlib
import json
import os
import sqlite3
import subprocess
import sys

import faults

MODULES = "libosprof collector-"
ALL = [("memory", False), ("memory", True), ("file", False), ("file", True),
       ("again", False), ("short", False), ("short", True)]


def untraced():
    folder = faults.Folder("file://{dir}/t.jsonl", "[other]")
    folder.env["OSPROF_CONFIG"] = "/nowhere"
    done = folder.run(faults.APP, folder.file("counters"))
    folder.remove()
    assert done.returncode == 3 and not done.stderr, done
    return done.stdout


UNTRACED = untraced()


def stored(folder):
    """The (trace_id, name) of the messages that came into storage."""
    path = folder.storage.split("://")[1]
    if not os.path.exists(path):
        return set()
    if folder.storage.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(path)) as database:
            if not database.execute("select 1 from sqlite_master").fetchall():
                return set()
            return {tuple(row) for row in
                    database.execute("select trace_id, name from data")}
    with open(path) as lines:
        messages = [json.loads(line) for line in lines]
    return {(m["trace_id"], m["name"]) for m in messages}


# The records of the child, and of the program's two threads.
CALLED = [52, 104]


def check_counters(folder, ever):
    """Complaints; the records written; whether all were in the file."""
    with open(folder.file("counters")) as lines:
        rows = [[int(word) for word in line.split()] for line in lines]
    bad = []
    for row, all_ in zip(rows, CALLED):
        called, written, dropped, _in_memory, bad_configs = row
        if called != written + dropped:
            bad.append(f"called {called} != {written} + {dropped}")
        # Where a start is dropped its stop is not called.  Tracing is off
        # until the configuration can be read.
        if not all_ - dropped <= called <= all_ and not bad_configs + ever:
            bad.append(f"called {called} of {all_}, dropped {dropped}")
    return (bad, sum(row[1] for row in rows),
            not any(row[3] for row in rows))


def check_run(folder, fault):
    try:
        done = folder.run(faults.APP, folder.file("counters"), fault=fault)
    except subprocess.TimeoutExpired:
        return ["it hangs"]
    bad = []
    if done.returncode != 3:
        bad.append(f"exit status {done.returncode}")
    if done.stdout != UNTRACED:
        bad.append("its output is another: " + repr([
            pair for pair in zip(done.stdout.splitlines(),
                                 UNTRACED.splitlines())
            if pair[0] != pair[1]][:3]))
    if done.stderr:
        bad.append(f"it prints to stderr: {done.stderr[:2000]}")
    return bad


def check_recovery(folder, written, in_file):
    bad = []
    done = folder.run(faults.OSPROF, "recover")
    if done.returncode != 0 or done.stderr:
        bad.append(f"recover: {done.returncode} {done.stderr}")
    found = {key for key in stored(folder) if not key[1].startswith("lost")}
    if len(found) > written or in_file and len(found) != written:
        bad.append(f"stored {len(found)} of {written}")
    left = [name for name in os.listdir(folder.file("spool"))
            if name.endswith(".ring")] \
        if os.path.exists(folder.file("spool")) else []
    if left:
        bad.append(f"left in the spool folder: {left}")
    done = folder.run(faults.OSPROF, "trace", "list")
    if found and (done.returncode != 0 or done.stderr):
        bad.append(f"trace list: {done.returncode} {done.stderr}")
    return bad


def checker(storage):
    def check(fault):
        folder = faults.Folder(storage)
        bad = check_run(folder, fault)
        failed = folder.faults()
        if not bad:
            bad, written, in_file = check_counters(folder, fault.ever)
            bad += check_recovery(folder, written, in_file)
        folder.remove()
        return failed, bad
    return check


def main():
    good = faults.sweep("file://", MODULES, ALL,
                        checker("file://{dir}/t.jsonl"))
    # The copy of SQLite in the driver allocates a great deal.
    good &= faults.sweep("sqlite://", MODULES, ALL,
                         checker("sqlite://{dir}/t.db"),
                         1 if faults.LONG else 211)
    sys.exit(not good)


if __name__ == "__main__":
    main()
