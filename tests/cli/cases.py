#!/usr/bin/python3
"""Whether osprof(1) answers as it should: command, exit status, both outputs.

A case's words may hold {dir}, the case's own folder, which is also its working
folder and home; what the command prints is compared with {dir} put back.
Usage: cases.py osprof
"""
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile

BASE = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
NOT_FOUND = ("osprof: Trace with UUID %s not found. Please check the HMAC key "
             "used in the command.\n")
STORE = ["--connection-string", "file://{dir}/t.jsonl"]


def message(name, trace_id, parent_id, fraction, info, service="shop"):
    return {"name": name, "base_id": BASE, "trace_id": trace_id,
            "parent_id": parent_id,
            "timestamp": "2026-11-21T10:50:43." + fraction,
            "info": {**info, "host": "vm"}, "project": None,
            "service": service}


MESSAGES = [
    message("wsgi-start", "w", BASE, "000000", {"request": {
        "path": "/cart", "method": "GET", "query": "", "scheme": "http"}}),
    message("db-start", "d1", "w", "000100", {"db": {
        "statement": "select name,\n\t price\n from item where id = ?",
        "params": [7, "caf\u00e9", "\u202e"], "caller": "/no/such+0x12"}}),
    message("db-stop", "d1", "w", "000112",
            {"db": {"rows": 1, "elapsed_us": 12.345}}),
    message("db-start", "d2", "w", "000200", {"db": {
        "statement": "select '\x1b]0;pwn\x07'", "params": []}}),
    message("db-stop", "d2", "w", "003200", {
        "etype": "SQLITE_ERROR", "message": "no\nsuch",
        "db": {"rows": 0, "changes": 2, "code": 1, "elapsed_us": 3000.0}}),
    message("db-start", "d3", "w", "004000",
            {"db": {"statement": "commit"}, "lost": 5}),
    message("rpc-start", "r", "w", "005000", {"function": {"name": "f"}},
            "other"),
    message("db-start", "d4", "r", "006000", {"db": {
        "statement": "select 1"}}, "other"),
    message("db-stop", "d4", "r", "006001", {"db": {"rows": 2}}, "other"),
    message("rpc-stop", "r", "w", "905000", {}, "other"),
    message("db-start", "o", "gone", "007000", {"db": {
        "call": "sqlite3_blob_read", "target": "main.t.c row 5"}}),
    message("db-stop", "o", "gone", "007010", {"db": {"bytes": 100}}),
    message("wsgi-stop", "w", BASE, "990000", {}),
]

TREE = """\
trace aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee
7 points in 990 ms, 1 error  2026-11-21 10:50:43.000000 UTC
     start       took
      0 us     990 ms  wsgi [shop@vm] GET /cart
    100 us    12.3 us  |- db select name, price from item where id = ?
                       |     [7, "caf\u00e9", "\\xe2\\x80\\xae"] -> 1 row  /no/such+0x12
    200 us    3.00 ms  |- db select '\\x1b]0;pwn\\x07'
                       |     -> 2 changed
                       |     error: SQLITE_ERROR (code 1): no such
   4.00 ms unfinished  |- db commit
                       |     records lost before this one: 5
   5.00 ms     900 ms  `- rpc [other@vm] f
   6.00 ms       1 us     `- db select 1
                                -> 2 rows
   7.00 ms      10 us  db sqlite3_blob_read main.t.c row 5
                          -> 100 bytes
"""

CUT = """\
trace aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeee\u2026
7 points in 990 ms, 1 error  2026-11-2\u2026
"""

TABLE = """\
+--------------------------------------+----------------------------+--------+
| base_id                              | timestamp                  | points |
+--------------------------------------+----------------------------+--------+
| aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee | 2026-11-21T10:50:43.000000 | 7      |
+--------------------------------------+----------------------------+--------+
"""

LIST = """\
[
  {
    "base_id": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    "timestamp": "2026-11-21T10:50:43.000000",
    "points": 7
  }
]
"""

USAGE = " (`osprof%s -h` tells more)\n"

# what it shows, words, exit status, stdout (None: any), stderr, environment
CASES = [
    ("the version is bare", ["-v"], 0, None, "", {}),
    ("help goes to stdout", ["--help"], 0, None, "", {}),
    ("a subcommand must be there", [], 2, "",
     "osprof: a subcommand is missing" + USAGE % "", {}),
    ("and be known", ["trace", "sow"], 2, "",
     "osprof: there is no subcommand sow" + USAGE % " trace", {}),
    ("so must options", ["trace", "show", "--jsn", "x"], 2, "",
     "osprof: there is no option --jsn" + USAGE % " trace show", {}),
    ("and have their values", ["trace", "list", "--out"], 2, "",
     "osprof: option --out needs a value" + USAGE % " trace list", {}),
    ("show wants an id", ["trace", "show"], 2, "",
     "osprof: the trace's id is missing" + USAGE % " trace show", {}),
    ("a tree is cut by nothing where there is no terminal",
     ["trace", "show", BASE] + STORE, 0, TREE, "", {}),
    ("COLUMNS cuts, UTF-8 has an ellipsis", ["trace", "show", BASE] + STORE,
     0, CUT, "", {"COLUMNS": "39", "LC_ALL": "C.UTF-8"}),
    ("an id in capitals and without dashes is found",
     ["trace", "show", BASE.upper().replace("-", "")] + STORE, 0, TREE, "",
     {}),
    ("the environment names the storage", ["trace", "show", BASE], 0, TREE,
     "", {"OSPROFILER_CONNECTION_STRING": "file://{dir}/t.jsonl"}),
    ("so does a configuration", ["trace", "show", BASE], 0, TREE, "",
     {"OSPROF_CONFIG": "{dir}/good.ini"}),
    ("one in error is told with its line", ["trace", "list"], 1, "",
     "osprof: {dir}/bad.ini:2: ", {"OSPROF_CONFIG": "{dir}/bad.ini"}),
    ("a trace that is not there", ["trace", "show", "nope"] + STORE, 1, "",
     NOT_FOUND % "nope", {}),
    ("is named as it was typed", ["trace", "show", "ABC\x1b"] + STORE, 1, "",
     NOT_FOUND % "ABC\\x1b", {}),
    ("the table is the real one's", ["trace", "list"] + STORE, 0, TABLE, "",
     {}),
    ("the list is JSON on request", ["trace", "list", "--json"] + STORE, 0,
     LIST, "", {}),
    ("storage that is not there is an error",
     ["trace", "list", "--connection-string", "file://{dir}/no"], 1, "",
     "osprof: ", {}),
    ("so is an unknown one",
     ["trace", "list", "--connection-string", "foo://x"], 1, "", "osprof: ",
     {}),
    ("--out says where it cannot write",
     ["trace", "list", "--out", "{dir}/no/x"] + STORE, 1, "",
     "osprof: cannot write to {dir}/no/x: No such file or directory\n", {}),
    ("recover says that there was nothing",
     ["recover", "--spool-dir", "{dir}/spool"] + STORE, 0,
     "recovered 0 records from 0 files in {dir}/spool\n", "", {}),
    ("doctor is content with defaults", ["doctor"], 0, None, "",
     {"OSPROF_CONFIG": "{dir}/good.ini"}),
    ("doctor fails on a bad file", ["doctor"], 1, None, "",
     {"OSPROF_CONFIG": "{dir}/bad.ini"}),
]


def prepare(folder):
    (folder / "t.jsonl").write_text(
        "".join(json.dumps(m) + "\n" for m in MESSAGES))
    (folder / "good.ini").write_text(
        "[profiler]\nenabled = true\ntrace_sql = true\n"
        "connection_string = file://%s/t.jsonl\nspool_dir = %s/spool\n"
        % (folder, folder))
    (folder / "bad.ini").write_text("[profiler]\nno assignment\n")


def environment(folder, extra):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C"}
    for key in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if key in os.environ:
            env[key] = os.environ[key]
    env.update((k, v.replace("{dir}", str(folder))) for k, v in extra.items())
    return env


def run(osprof, folder, words, extra, **kwargs):
    words = [w.replace("{dir}", str(folder)) for w in words]
    return subprocess.run([osprof] + words, cwd=folder,
                          env=environment(folder, extra),
                          stdin=subprocess.DEVNULL, **kwargs)


def failure(osprof, folder, case):
    _, words, status, stdout, stderr, extra = case
    done = run(osprof, folder, words, extra, capture_output=True)
    out = done.stdout.decode().replace(str(folder), "{dir}")
    err = done.stderr.decode().replace(str(folder), "{dir}")
    if done.returncode != status:
        return "exit status %d: %s%s" % (done.returncode, out, err)
    if stdout is not None and out != stdout and not (
            stdout == CUT and out.startswith(CUT)):
        return "stdout:\n" + out
    # One line, which is the wanted one or begins with it.
    if not err.startswith(stderr) or err.count("\n") != (stderr != "") or (
            stderr.endswith("\n") and err != stderr):
        return "stderr:\n" + err
    return None


def on_terminal(osprof, folder, words, extra):
    """What the command prints when stdout is a terminal."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [osprof] + [w.replace("{dir}", str(folder)) for w in words],
        cwd=folder, env=environment(folder, extra), stdout=slave)
    os.close(slave)
    output = b""
    while True:
        select.select([master], [], [])
        try:
            part = os.read(master, 65536)
        except OSError:  # all is read
            break
        if not part:
            break
        output += part
    os.close(master)
    child.wait()
    return output


def check_colours(osprof, folder):
    words = ["trace", "show", BASE] + STORE
    colour = on_terminal(osprof, folder, words, {"TERM": "xterm"})
    assert b"\x1b[31m" in colour, "a terminal gets colours"
    assert not re.search(rb"\x1b[^\[]|\x1b\[[^m]*[A-Za-ln-z]", colour), \
        "nothing but colours reaches it"
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        plain = on_terminal(osprof, folder, words,
                            {"TERM": "xterm", name: value})
        assert b"\x1b" not in plain, "%s=%s is honoured" % (name, value)
    forced = run(osprof, folder, words, {"CLICOLOR_FORCE": "1"},
                 capture_output=True).stdout
    assert b"\x1b[31m" in forced, "CLICOLOR_FORCE is honoured"


def check_out(osprof, folder):
    words = ["trace", "show", BASE, "--json"] + STORE
    stdout = run(osprof, folder, words, {}, capture_output=True).stdout
    report = json.loads(stdout)
    assert stdout.endswith(b"}\n")
    assert report["stats"]["db"]["count"] == 5
    path = folder / "report.json"
    run(osprof, folder, words + ["--out", "report.json"], {}, check=True)
    assert path.read_bytes() + b"\n" == stdout, "no line end in a file"
    assert path.stat().st_mode & 0o777 == 0o600, "0600"
    (folder / "link").symlink_to("report.json")
    path.write_bytes(b"")
    run(osprof, folder, words + ["--out", "link"], {}, check=True)
    assert (folder / "link").is_symlink() and path.stat().st_size > 0
    assert not list(folder.glob("report.json.*")), "no other file stays"
    run(osprof, folder, words + ["--out", "/dev/null"], {}, check=True)
    assert not os.path.isfile("/dev/null"), "a device stays one"


def check_doctor(osprof, folder):
    ini = folder / "spool.ini"
    spool = folder / "left"
    spool.mkdir(mode=0o700)
    ini.write_text((folder / "good.ini").read_text().replace(
        str(folder / "spool"), str(spool)))
    env = {"OSPROF_CONFIG": str(ini)}
    (spool / "junk.ring").write_text("x")
    done = run(osprof, folder, ["doctor"], env, capture_output=True)
    assert done.returncode == 0 and b"1 unreadable spool file" in done.stdout
    assert (spool / "junk.ring").exists(), "nothing is changed"
    assert b"t.jsonl" not in done.stdout, "connection strings are secret"
    spool.chmod(0o777)
    done = run(osprof, folder, ["doctor"], env, capture_output=True)
    assert done.returncode == 1 and b"\nbad  spool folder" in done.stdout


def check_keys(osprof, folder):
    ini = folder / "keys.ini"
    env = {"OSPROF_CONFIG": str(ini)}
    for keys, warned in (("a, SECRET_KEY", True), ("SECRET_KEY", True),
                         ("my SECRET_KEY", False), ("SECRET_KEY2", False)):
        ini.write_text((folder / "good.ini").read_text().replace(
            "[profiler]", "[profiler]\nhmac_keys = " + keys, 1))
        out = run(osprof, folder, ["doctor"], env, capture_output=True).stdout
        assert (b"warn hmac_keys has SECRET_KEY" in out) == warned, (keys, out)


def check_broken_output(osprof, folder):
    words = ["trace", "show", BASE, "--json"] + STORE
    with open("/dev/full", "wb") as full:
        done = run(osprof, folder, words, {}, stdout=full,
                   stderr=subprocess.PIPE)
    assert done.returncode == 1 and done.stderr == (
        b"osprof: cannot write to standard output: "
        b"No space left on device\n"), done
    reader, writer = os.pipe()
    os.close(reader)
    done = run(osprof, folder, words, {}, stdout=writer,
               stderr=subprocess.PIPE)
    os.close(writer)
    assert done.returncode == 1 and done.stderr == b"", done


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        for case in CASES:
            why = failure(sys.argv[1], folder, case)
            print("%s %s" % ("FAIL" if why else "ok  ", case[0]))
            if why:
                failed += 1
                print(why)
        for check in (check_colours, check_out, check_doctor,
                      check_keys, check_broken_output):
            check(sys.argv[1], folder)
            print("ok   " + check.__name__)
    sys.exit(failed != 0)


main()
