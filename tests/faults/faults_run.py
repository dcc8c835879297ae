#!/usr/bin/python3
"""osprof run never stands in the way of its command, whatever fails beneath it.

It runs a program with the n-th allocation or system call of its own failing,
for n = 1, 2, 3... until none is left to fail, once and for ever.  Each time the
command's output and status are its own, or it was not started and a line says
so; and if it was traced, no record is lost: storage has it, or `osprof recover`
finds it.
Usage: faults_run.py BUILD
"""
import os
import re
import subprocess
import sys

import faults

PROGRAM = os.path.join(faults.BUILD, "tests", "run_program")
COMMAND = ["run", "--", "sh", "-c",
           PROGRAM + " statements 3; echo done; exit 7"]
MODULES = "osprof collector-"
ALL = [("memory", False), ("memory", True), ("file", False), ("file", True),
       ("again", False), ("short", False)]
NOT_STARTED = (1, 125, 126, 127)


def count(folder):
    try:
        with open(folder.file("t.jsonl"), encoding="ascii") as lines:
            ids = {line for line in lines if '"name": "db-start"' in line}
    except FileNotFoundError:
        return 0
    return len(ids)


def left(folder):
    """Files with records; one in the making, which is hidden, has none."""
    found = []
    for path, _, files in os.walk(folder.file("spool")):
        found += [os.path.join(path, name) for name in files
                  if not name.startswith(".")]
    return found


def check_records(folder, done):
    """A trace that was told is there whole, at the latest by recovery."""
    again = folder.run(faults.OSPROF, "recover", "--all")
    if again.returncode or left(folder):
        return [f"recovery left {left(folder)}: {again.stderr}"]
    traced = re.search("Trace ID: ", done.stderr)
    if traced and count(folder) != 3:
        return [f"{count(folder)} of 3 stored: {done.stderr[-500:]!r}"]
    return []


def check(fault):
    folder = faults.Folder("file://{dir}/t.jsonl")
    try:
        done = folder.run(faults.OSPROF, *COMMAND, fault=fault)
        bad = []
        if done.returncode in NOT_STARTED and not done.stdout:
            if fault.kind != "file" and not re.match("osprof: .", done.stderr):
                bad = [f"{done.returncode}, but says {done.stderr!r}"]
        elif (done.returncode, done.stdout) != (7, "done\n"):
            bad = [f"{done.returncode}, {done.stdout!r}, "
                   f"{done.stderr[-500:]!r}"]
        bad += check_records(folder, done)
    except subprocess.TimeoutExpired:
        bad = ["it hangs"]
    failed = folder.faults()
    folder.remove()
    return failed, bad


if __name__ == "__main__":
    sys.exit(not faults.sweep("osprof run", MODULES, ALL, check,
                              1 if faults.LONG else 5))
