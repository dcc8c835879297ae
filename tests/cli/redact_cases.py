#!/usr/bin/python3
"""Whether `osprof redact` answers as it should: options, input, output, status.

Usage: redact_cases.py osprof
"""
import json
import subprocess
import sys

OSPROF = sys.argv[1]
failures = 0


def redact(words, text):
    run = subprocess.run([OSPROF, "redact", *words], input=text.encode(),
                         capture_output=True, check=False)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def check(sentence, found, wanted):
    global failures
    if found == wanted:
        print("ok  ", sentence)
        return
    failures += 1
    print("FAIL", sentence, "\n  is    ", found, "\n  wanted", wanted)


# sentence, options, input, what is written
TEXTS = [
    ("a statement loses its values", ["--dialect", "postgres"],
     "SELECT 'it''s' -- x\n", "SELECT ?  \n"),
    ("what ends in no line end gets one", ["--dialect", "mysql"],
     "SELECT \"a\\\"b\"", "SELECT ?\n"),
    ("a mode changes what a text means",
     ["--dialect", "mysql", "--mode", "no_backslash_escapes=on"],
     "SELECT 'a\\', b\n", "SELECT ?, b\n"),
    ("an unknown mode hides both meanings",
     ["--dialect", "postgres", "--mode", "unknown"],
     "SELECT 'a\\', b\n", "SELECT ?\n"),
    ("names in double quotes stay where the mode says so",
     ["--dialect", "mysql", "--mode", "sql_mode=ANSI_QUOTES,STRICT_ALL_TABLES"],
     "SELECT \"a\"\n", "SELECT \"a\"\n"),
    ("a charset's characters are not cut",
     ["--dialect", "postgres", "--mode", "standard_conforming_strings=off",
      "--mode", "client_encoding=UTF8"], "SELECT 'a\\'b'\n", "SELECT ?\n"),
    ("the normal form folds lists", ["--dialect", "sqlite", "--normalize"],
     "select  a\nfrom t where b in (1, 2, 3);\n",
     "select a from t where b in (?)\n"),
    ("an error's text keeps the names in it",
     ["--dialect", "sqlite", "--error"],
     "UNIQUE constraint failed: t.a\n", "UNIQUE constraint failed: t.a\n"),
    ("and no values", ["--dialect", "sqlite", "--error"],
     "no such column: x", "no such column: ?\n"),
]

# sentence, options, what stderr holds
COMPLAINTS = [
    ("the dialect is asked for", [], "--dialect is missing"),
    ("so is one that there is", ["--dialect", "oracle"], "no dialect oracle"),
    ("and a mode", ["--dialect", "mysql", "--mode", "x=y"], "no mode x=y"),
    ("nothing else is taken", ["--dialect", "mysql", "x"], "x is too much"),
    ("lines tell their dialect themselves", ["--jsonl", "--dialect", "mysql"],
     "takes no other option"),
]

LINES = [
    ({"dialect": "postgres",
      "sql": "SELECT a FROM public.t WHERE email = $1 AND b IN (1, 2)"},
     {"redacted": "SELECT a FROM public.t WHERE email = $1 AND b IN (?, ?)",
      "normalized": "SELECT a FROM public.t WHERE email = $1 AND b IN (?)",
      "summary": "SELECT public.t",
      "operation": "SELECT", "tables": ["public.t"],
      "params": [{"index": 1, "column": "email"}]}),
    ({"dialect": "mysql", "sql": "INSERT INTO t (a, password) VALUES (?, ?)",
      "mode": {"ANSI_QUOTES": True}},
     {"redacted": "INSERT INTO t (a, password) VALUES (?, ?)",
      "normalized": "INSERT INTO t (a, password) VALUES (?, ?)",
      "summary": "INSERT t",
      "operation": "INSERT", "tables": ["t"],
      "params": [{"index": 1, "column": "a"},
                 {"index": 2, "column": "password"}]}),
    ({"dialect": "sqlite", "sql": "SELECT 'caf\u00e9\u0000', 1, ''", "mode": None},
     {"redacted": "SELECT ?, ?, ?", "normalized": "SELECT ?, ?, ?",
      "summary": "SELECT",
      "operation": "SELECT", "tables": [], "params": []}),
    ({"dialect": "mysql", "sql": "SELECT 'a\\', 'b'",
      "mode": {"no_backslash_escapes": "unknown"}}, {"redacted": "SELECT ?"}),
    ({"dialect": "mysql", "sql": "SELECT 'a\\', 'b'",
      "mode": {"what_is_this": 1}}, {"redacted": "SELECT ?"}),
    ("{\"dialect\": \"mysql\"", {"error": "the line is no JSON object"}),
    ({"dialect": "mysql"}, {"error": "sql is missing, or no string"}),
    ({"sql": "SELECT 1"}, {"error": "dialect is missing, or no string"}),
    ({"dialect": "oracle", "sql": "SELECT 1"},
     {"error": "dialect is none of postgres, mysql, sqlite"}),
    ({"dialect": "mysql", "sql": "BEGIN"}, {"summary": "BEGIN"}),
]


def check_lines():
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n"
                   for line, _ in LINES)
    status, out, _ = redact(["--jsonl"], text)
    check("a malformed line is told by the exit status", status, 1)
    answers = [json.loads(line) for line in out.splitlines()]
    check("each line has its answer", len(answers), len(LINES))
    for (line, wanted), found in zip(LINES, answers):
        check(f"{line}", {key: found.get(key) for key in wanted}, wanted)
    keys = ["redacted", "normalized", "fingerprint", "summary", "operation",
            "tables", "params"]
    check("members come in one order", list(answers[0]), keys)
    good = json.dumps(LINES[0][0]) + "\n"
    check("good lines alone are a success", redact(["--jsonl"], good)[0], 0)


for sentence, words, text, wanted in TEXTS:
    check(sentence, redact(words, text), (0, wanted, ""))
for sentence, words, wanted in COMPLAINTS:
    status, out, err = redact(words, "")
    check(sentence, (status, out, wanted in err), (2, "", True))
check_lines()
sys.exit(failures != 0)
