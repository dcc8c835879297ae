#!/usr/bin/python3
"""osprof(1) says what it could not do, whatever fails beneath it.

Its commands run with the n-th allocation or system call of ours failing, for
n = 1, 2, 3... until none is left to fail, once and for ever.  Each time: it
ends by itself; with 0 its output is that of a run without a fault, with 1 it
says why in one line; and no record is lost.
Usage: faults_cli.py BUILD
"""
import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys

import faults

MODULES = "osprof collector-"
ALL = [("memory", False), ("memory", True), ("file", False), ("file", True),
       ("again", False), ("short", False), ("short", True)]
# Storage, and what a program left in its ring.
STORAGES = ["file://{dir}/t.jsonl", "sqlite://{dir}/t.db"]


def make_model(storage):
    """A folder with a stored trace and one that waits to be recovered."""
    model = faults.Folder(storage)
    done = model.run(faults.APP, model.file("counters"))
    assert done.returncode == 3, done
    with open(model.file("osprof.ini"), "a") as ini:
        ini.write("drain = agent\n")
    done = model.run(faults.APP, model.file("counters"), "leave")
    assert done.returncode == 3 and os.listdir(model.file("spool")), done
    return model


def count(folder):
    path = folder.storage.split("://")[1]
    if folder.storage.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(path)) as database:
            rows = database.execute(
                "select count(distinct trace_id || name) from data")
            return rows.fetchone()[0]
    with open(path) as lines:
        return len(set(lines))


def copy_of(model):
    """The model under another path; its configuration says where."""
    storage = model.storage.replace(model.path, "{dir}")
    folder = faults.Folder(storage, "drain = agent")
    shutil.copytree(model.path, folder.path, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("osprof.ini"))
    return folder


def masked(text, folder):
    """The text without its folder, and without where its calls were."""
    text = re.sub(r"  (\w+ at \S+:\d+|/\S+\+0x\w+)$", "", text, flags=re.M)
    return text.replace(folder.path, "{dir}")


def verdicts(text):
    """The doctor's, the good ones aside."""
    return re.findall(r"^(?:warn|bad) .*", text, flags=re.M)


def check_end(command, done, wanted, fault):
    """Complaints about a status, stdout and stderr."""
    # What the doctor cannot do, it reports.
    if command == ["doctor"] and not done.stderr and \
            verdicts(done.stdout) and verdicts(done.stdout) != verdicts(wanted):
        return []
    if done.returncode == 0:
        return [] if done.stdout == wanted and not done.stderr else \
            [f"0, but says {done.stdout[-300:]!r} {done.stderr[-300:]!r}"]
    if done.returncode != 1:
        return [f"exit status {done.returncode}: {done.stderr[-2000:]}"]
    # The line itself cannot be written where no write() works.
    if fault.kind == "file" and not done.stderr:
        return []
    lines = done.stderr.splitlines()
    if not lines or len(lines) > 1 and command != ["doctor"] or \
            not all(line.startswith("osprof: ") and len(line) > 12
                    for line in lines):
        return [f"1, but says {done.stderr[-300:]!r}"]
    return []


def checker(model, command, total):
    """Runs `command` with a fault in a copy of the model."""
    clean = copy_of(model)
    done = clean.run(faults.OSPROF, *command)
    assert done.returncode == 0 and not done.stderr, done
    wanted = masked(done.stdout, clean)
    clean.remove()

    def check(fault):
        folder = copy_of(model)
        try:
            done = folder.run(faults.OSPROF, *command, fault=fault)
            done.stdout = masked(done.stdout, folder)
            bad = check_end(command, done, wanted, fault)
        except subprocess.TimeoutExpired:
            bad = ["it hangs"]
        if command[0] == "recover" and not bad:
            again = folder.run(faults.OSPROF, "recover", "--all")
            if again.returncode or count(folder) != total:
                bad.append(f"stored {count(folder)} of {total}, "
                           f"{again.stderr}")
        failed = folder.faults()
        folder.remove()
        return failed, bad
    return check


def main():
    good = True
    for storage in STORAGES:
        model = make_model(storage)
        traces = model.run(faults.OSPROF, "trace", "list").stdout
        base = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", traces).group()
        total = 2 * count(model)
        for command in (["trace", "list"], ["trace", "show", base],
                        ["trace", "show", "--json", base], ["doctor"],
                        ["recover", "--all"]):
            every = 1 if faults.LONG or storage.startswith("file") else 97
            good &= faults.sweep(
                f"{storage.split(':')[0]}: {' '.join(command[:3])}", MODULES,
                ALL, checker(model, command, total), every)
        model.remove()
    sys.exit(not good)


if __name__ == "__main__":
    main()
