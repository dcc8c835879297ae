#!/usr/bin/python3
"""A file means the same to osprof as to the real oslo.config.

Reads odd files, a table of them and some thousand made from a fixed seed, with
both: with oslo.config, where the same options are registered, and with
dump_ini.  Values must be equal, and files in error be so for both, at the same
line where both name one.

A service has options of its own, which a `$name` may refer to.  osprof cannot
know them and takes what the file sets for them; so whatever a file sets is
registered with oslo.config here as well.
"""
import json
import logging
import os
import random
import re
import subprocess
import sys
import tempfile

try:
    from oslo_config import cfg
except ImportError:
    print("SKIPPED: no oslo.config (Debian: python3-oslo.config)")
    sys.exit(1 if os.environ.get("CI") == "true" else 77)

K, M, G = 1024, 1024 ** 2, 1024 ** 3
FULL = ["drop", "block"]
DRAIN = ["thread", "agent"]
IMPLICIT = ["process", "thread", "connection", "transaction", "statement",
            "off"]

P = b"[profiler]\n"

# Read alike.
ALIKE = {
    "empty file": b"",
    "one newline": b"\n",
    "byte order mark": b"\xef\xbb\xbf[profiler]\nproject=a",
    "byte order mark before a comment": b"\xef\xbb\xbf# c\n[profiler]\n",
    "CRLF": b"[profiler]\r\nproject = a\r\n\tb\r\n\r\nenabled = true\r\n",
    "a lone CR ends a line": P + b"project=a\rservice=b\r",
    "LF CR": b"[profiler]\n\rproject=a\n\r b",
    "vertical tab and form feed end no line": P + b"project=a\x0bb\x0cc",
    "a line of vertical tab is blank": P + b"project=a\n\x0b\n c",
    "a vertical tab continues nothing": P + b"project=a\n\x0b b",
    "NEL and LS end no line": P + b"project=a\xc2\x85b\xe2\x80\xa8c",
    "no-break space is stripped": P + b"project=\xc2\xa0a\xe3\x80\x80",
    "no-break space before a key": P + b"\xc2\xa0project=a",
    "a line of no-break space is blank": P + b"project=a\n\xc2\xa0\n b",
    "information separators are space": P + b"project=\x1ca\x1f",
    "zero width space is none": P + b"project=\xe2\x80\x8ba",
    "tabs": P + b"project\t=\ta\tb\t",
    "continuation": P + b"project=a\n b\n\t  c  \nservice=d",
    "continuation of an empty value": P + b"project=\n a\n b",
    "continuation with a comment in it": P + b"project=a\n # c\n ; d",
    "continuation after a comment": P + b"project=a\n# c\n b",
    "continuation after a blank line": P + b"project=a\n\n b",
    "continuation after a line of blanks": P + b"project=a\n  \n b",
    "continuation after a section": P + b" a=b",
    "continuation at the beginning": b" [profiler]\n",
    "continuation that looks like a section": P + b"project=a\n [other]\n",
    "continuation in quotes": P + b"project=\"a\n b\"",
    "comment in a value": P + b"project = a ; b # c",
    "comment after a section": b"[profiler] # c\nproject=a",
    "comments before the section": b"# c\n; d\n\n[profiler]\nproject=a",
    "a comment need not be UTF-8 text's end": P + b"# \xc3\xa9\xe2\x82\xac",
    "quotes": P + b"project=\"a b\"\nservice='c'\nhost=\"d'",
    "two pairs of quotes": P + b"project=\"\"a\"\"\nservice=\"'b'\"",
    "a lone quote": P + b"project=\"\nservice='",
    "empty quotes": P + b"project=\"\"\nservice=''",
    "quotes keep blanks": P + b"project=\" a \"",
    "a quoted boolean": P + b"enabled=\"true\"",
    "a boolean quoted with blanks": P + b"enabled=\" true\"",
    "a quoted number with blanks": P + b"max_params=\" 7 \"",
    "quotes around a key": P + b"\"project\"=a",
    "colon": P + b"project: a=b\nservice = c:d\nhost:e",
    "neither colon nor equals": P + b"project a",
    "empty key": P + b"= a",
    "blank key": P + b"\x0b: a",
    "empty value": P + b"project=\nservice:\n",
    "empty boolean": P + b"enabled=",
    "empty number": P + b"max_params=\nexit_timeout=\nring_size=",
    "empty choice": P + b"on_full=",
    "double key": P + b"project=a\nproject=b",
    "double key, the last one empty": P + b"project=a\nproject=",
    "double key, the first one wrong": P + b"enabled=maybe\nenabled=on",
    "double section": P + b"project=a\n[other]\nproject=b\n" + P + b"host=c",
    "sections in other cases":
        b"[PROFILER]\nproject=a\n[Profiler]\nproject=b\nhost=c",
    "blanks in a section's name": b"[ profiler ]\nenabled=maybe",
    "section without an end": b"[profiler\nproject=a",
    "section of brackets": b"[]]\nenabled=maybe\n[[profiler]]\nenabled=no",
    "empty section name": b"[]\n",
    "a lone bracket": b"[",
    "no section": b"project=a",
    "no section, later noticed": b"# c\nproject=a\n b\n\n[profiler]\n",
    "keys have case": P + b"Enabled=maybe\nPROJECT=a",
    "a dash is no underscore": P + b"hide-args=maybe",
    "default section is not ours": b"[DEFAULT]\nenabled=maybe\n",
    "no final newline": P + b"project=a",
    "trailing white space": P + b"project=a \t \n",
    "Latin-1": P + b"project=caf\xe9",
    "Latin-1 in a comment": P + b"# caf\xe9\nproject=a",
    "overlong UTF-8": P + b"project=\xc0\xaf",
    "a surrogate": P + b"project=\xed\xa0\x80",
    "past Unicode": P + b"project=\xf4\x90\x80\x80",
    "UTF-8 that is cut": P + b"project=\xe2\x82",
    "UTF-8": P + "project=café € 𝄞".encode(),
    "UTF-16": "[profiler]\nproject=a".encode("utf-16"),
    "a long line": P + b"project=" + b"x" * 200000,
    "a long key": P + b"y" * 100000 + b"=a\nproject=b",
    "many lines": P + b"project=a\n b" + b"\n c" * 20000,
    "many keys": P + b"".join(b"k%d=v\n" % i for i in range(2000)),
    "control characters": P + b"project=a\x01\x1b[31m\x7fb",
    "NUL in a comment": P + b"# \0\nproject=a",
    "NUL in a foreign value": P + b"other=\0\nproject=a",
    "NUL in a key": P + b"enabled\0=maybe",
    "NUL in a boolean": P + b"enabled=true\0",
    "percent is literal": P + b"project=%(host)s %d",

    "$name": P + b"project=$service-$host\nservice=a\nhost=b",
    "${name}": P + b"project=${service}x\nservice=a",
    "${group.name}": P + b"project=${profiler.service}\nservice=a",
    "${group.name} of another group":
        P + b"project=${database.x}\n[Database]\nx=a",
    "group names in $ have case": P + b"project=${PROFILER.host}\nhost=a",
    "$group.name without braces": P + b"project=$profiler.host-\nhost=a",
    "a dot ends no name": P + b"project=$host.\nhost=a",
    "unknown $name": P + b"project=$nope",
    "unknown ${group}": P + b"project=${nope.host}",
    "unknown name in a known group": P + b"project=${profiler.nope}",
    "DEFAULT is no group to $": P + b"project=${DEFAULT.x}\n[DEFAULT]\nx=a",
    "DEFAULT is looked at last": P + b"project=$x\n[DEFAULT]\nx=a",
    "DEFAULT behind the own group":
        P + b"project=$host\nhost=a\n[DEFAULT]\nhost=b",
    "DEFAULT behind the own group's default":
        P + b"project=$host$ring_size\n[DEFAULT]\nhost=b\nring_size=c",
    "a dotted name in DEFAULT":
        P + b"project=${profiler.x}\n[DEFAULT]\nprofiler.x=a",
    "a group is no value": P + b"project=$profiler",
    "a group hides a name in DEFAULT":
        P + b"project=$profiler\n[DEFAULT]\nprofiler=a",
    "a name in DEFAULT sees DEFAULT only":
        P + b"project=$x\nhost=a\n[DEFAULT]\nx=$host",
    "a name of another group sees that group":
        P + b"project=${b.x}\n[b]\nx=$y\ny=a\n[DEFAULT]\ny=c",
    "$name of an option that is not set": P + b"project=<$host>",
    "$name of a default": P + b"project=$connection_string $drain $exit_timeout"
                              b" $enabled $max_params $ring_size",
    "$name of typed options":
        P + b"project=$enabled $exit_timeout $max_params $ring_size $on_full\n"
            b"enabled=ON\nexit_timeout=1e-7\nmax_params=0_1\nring_size=64k\n"
            b"on_full=block",
    "$name of an empty number": P + b"project=<$max_params$exit_timeout>\n"
                                    b"max_params=\nexit_timeout=\"  \"",
    "$name of an option in error": P + b"project=$enabled\nenabled=maybe",
    "$name in a boolean": P + b"enabled=$x\n[DEFAULT]\nx=true",
    "$name in a number": P + b"max_params=${x}0\n[DEFAULT]\nx=1",
    "dollars": P + b"project=$ $1 $$ \\$ \\\\$ $$$host $- 5$\nhost=a",
    "a dollar after a backslash dollar": P + b"project=$\\$host\nhost=a",
    "a dollar in a password": P + b"connection_string=redis://:pa$x@h",
    "two dollars in a password": P + b"connection_string=redis://:pa$$x@h",
    "open brace": P + b"project=${host\nhost=a",
    "empty braces": P + b"project=${} ${ host} ${host } ${1} ${.a} ${",
    "nested braces": P + b"project=${$host} ${${host}}\nhost=a",
    "no second replacing": P + b"project=$host\nhost=$$service\nservice=a",
    "a chain": P + b"project=$host\nhost=$service\nservice=a",
    "circular": P + b"project=$host\nhost=$project",
    "circular to itself": P + b"project=a$project",
    "circular elsewhere": P + b"enabled=yes\n[DEFAULT]\nx=$y\ny=$x",
    "names are of ASCII": P + "project=$höst\nh=a".encode(),
    "but for four letters": P + "project=$hoſt".encode(),
    "but for four letters, at the beginning": P + "project=$ſ".encode(),
    "$name over lines": P + b"project=$host\n $host\nhost=a\n b",
    "an upper case name": P + b"project=$Host\nhost=a",

    "old name": P + b"profiler_enabled=true\ntrace_sqlalchemy=yes",
    "old name and new, the new one wins":
        P + b"enabled=false\nprofiler_enabled=true",
    "old name wrong behind the new one": P + b"enabled=1\nprofiler_enabled=x",
    "new name empty before the old one": P + b"trace_sql=\n"
                                             b"trace_sqlalchemy=true",
    "old name wrong": P + b"profiler_enabled=maybe",
}
for _word in ["true", "1", "on", "yes", "FALSE", "0", "oFF", "No", "t", "y",
              "2", "01", "enabled", "none", "ja", "tru\u0435"]:
    ALIKE["boolean " + _word] = P + b"enabled=" + _word.encode()
for _word in ["7", "+7", "-7", "-0", "007", "1_0", "1__0", "_1", "1_", "0x10",
              "1.0", "1e3", "32766", "32767", "9" * 30, "1 0", "1k", "+", "-",
              "+-1", "--1"]:
    ALIKE["whole number " + _word] = P + b"max_params=" + _word.encode()
for _word in ["64k", "65535", "1G", "1g", "2G", "1M", "100000", "1_0M", "1 M",
              "1kb", "1T", "k", "-1k", "+1M", "99999999999G"]:
    ALIKE["size " + _word] = P + b"ring_size=" + _word.encode()
for _word in ["0", "0.5", ".5", "5.", ".", "1e2", "1E+2", "1e", "1_0.5",
              "1_.5", "1._5", "1e1_0", "-0.0", "-1", "+1", "3600", "3600.1",
              "inf", "1e999", "1e-400", "0x10", "0x1p3", "1,5", "1.2.3",
              "0.1", "1e-5", "0.0001", "123.456", "1234.5678901234567",
              "0.30000000000000004", "1e", "e1", "infinity"]:
    ALIKE["seconds " + _word] = (P + b"project=$exit_timeout\nexit_timeout=" +
                                 _word.encode())
for _word in ["drop", "block", "Drop", "dro"]:
    ALIKE["choice " + _word] = (P + b"project=$on_full\non_full=" +
                                _word.encode())

# oslo.config takes these; osprof refuses them on purpose.
REFUSED = {
    "a NUL byte in a text": P + b"project=a\0b",
    "not a number": P + b"exit_timeout=nan",
    "digits of other scripts": P + "max_params=٣".encode(),
}

# oslo.config looks an old name behind a `$` up in [DEFAULT] and so takes the
# default for the value; to osprof it is the option.
OTHERWISE = {
    "$name by an old name": (P + b"project=$profiler_enabled\nenabled=yes\n",
                             "project is 'True', to oslo.config 'False'"),
}


def size(text):
    """The type of sizes, which is osprof's own, in words of its manual."""
    text = str(text).strip()
    if not text:
        return None
    unit = {"k": K, "m": M, "g": G}.get(text[-1].lower())
    return int(text[:-1]) * unit if unit and text[-2:-1].isdigit() \
        else int(text)


def sized(low, high, power=False):
    def convert(text):
        value = size(text)
        if value is None:
            return None
        if not low <= value <= high:
            raise ValueError("out of range")
        while power and value & (value - 1):
            value += value & -value
        return value
    return convert


DEFAULTS = {"max_params": 256, "exit_timeout": 2.0, "ring_size": M,
            "max_statement": 32 * K, "max_param": 256, "spill_size": 64 * M}


def osprof_options():
    return [
        cfg.BoolOpt("enabled", default=False,
                    deprecated_name="profiler_enabled"),
        cfg.BoolOpt("trace_sql", default=False,
                    deprecated_name="trace_sqlalchemy"),
        cfg.BoolOpt("trace_transactions", default=False),
        cfg.BoolOpt("hide_args", default=False),
        cfg.StrOpt("implicit_trace", default="process", choices=IMPLICIT),
        cfg.StrOpt("drain", default="thread", choices=DRAIN),
        cfg.StrOpt("on_full", default="drop", choices=FULL),
        cfg.Opt("ring_size", type=sized(64 * K, G, True), default="1M"),
        cfg.Opt("max_statement", type=sized(64, 16 * M), default="32k"),
        cfg.Opt("max_param", type=sized(0, 4 * K), default="256"),
        cfg.IntOpt("max_params", min=0, max=32766, default=256),
        cfg.Opt("spill_size", type=sized(0, 1024 * G), default="64M"),
        cfg.FloatOpt("exit_timeout", min=0, max=3600, default=2.0),
        cfg.StrOpt("connection_string", default="sqlite://", secret=True),
        cfg.StrOpt("hmac_keys", default="", secret=True),
        cfg.StrOpt("hide_params", default=""),
        cfg.StrOpt("spool_dir", default=""),
        cfg.StrOpt("project"),
        cfg.StrOpt("service"),
        cfg.StrOpt("host"),
    ]


def register_what_is_set(conf):
    known = {name for opt in osprof_options()
             for name in [opt.dest] + [d.name for d in opt.deprecated_opts]}
    for sections in list(conf._namespace._normalized):
        for section, keys in sections.items():
            for key in keys:
                if section == "profiler" and key in known:
                    continue
                conf.register_opt(
                    cfg.StrOpt("x" + key, dest=key),
                    group=None if section == "DEFAULT" else section)


def oslo_reads(path):
    """Return the values, or the text of what oslo.config says."""
    conf = cfg.ConfigOpts()
    conf.register_opts(osprof_options(), group="profiler")
    try:
        conf(args=[], default_config_files=[path])
        register_what_is_set(conf)
        return {opt.dest: getattr(conf.profiler, opt.dest)
                for opt in osprof_options()}
    except (cfg.Error, ValueError, RecursionError) as error:
        return "%s: %s" % (type(error).__name__, error)


def as_osprof_has_it(values):
    values = {k: DEFAULTS[k] if v is None and k in DEFAULTS else v
              for k, v in values.items()}
    for key, choices in [("on_full", FULL), ("drain", DRAIN),
                         ("implicit_trace", IMPLICIT)]:
        values[key] = choices.index(values[key])
    values["exit_timeout_ms"] = int(values.pop("exit_timeout") * 1000 + 0.5)
    return {k: int(v) if isinstance(v, bool) else v
            for k, v in values.items()}


def difference(oslo, ours):
    """Return what differs, or None."""
    error = ours.pop("error")
    if isinstance(oslo, str):
        line = re.search(r"\.ini:(\d+), ", oslo)
        if error is None:
            return "only oslo.config refuses it: %s" % oslo
        # oslo.config notices a missing section only at the value's end.
        if line and int(line[1]) != ours["line"] and "Section must" not in oslo:
            return "another line: %s / %s" % (oslo, ours)
        # Its own words; ours add a remedy, its add the line.
        if line and not oslo.split(", ", 1)[1].startswith(
                re.split("[:;]? (?:a byte|a comment|it begins|e.g.)",
                         ours["text"])[0].rstrip(",;:")):
            return "other words: %s / %s" % (oslo, ours)
        return None if ours["line"] else "no line: %s" % ours
    if error is not None:
        return "only osprof refuses it: %s" % ours
    oslo = as_osprof_has_it(oslo)
    wrong = [k for k in oslo if oslo[k] != ours[k]]
    return "; ".join("%s is %r, to oslo.config %r" % (
        k, str(ours[k])[:80], str(oslo[k])[:80]) for k in wrong) or None


PIECES = [
    "[profiler]", "[PROFILER]", "[DEFAULT]", "[default]", "[b]", "[B]", "[x",
    "project", "service", "host", "enabled", "max_params", "exit_timeout",
    "on_full", "ring_size", "trace_sql", "trace_sqlalchemy", "x", "y", "b.x",
    "=", "=", "=", ":", " = ", "\n", "\n", "\n", "\n", "\n ", "\n\t", "\r\n",
    "\n\n", "\r", "#", ";", " ", "\t", "\x0b", "\u00a0", "\u2028", "\"", "'",
    "$", "$$", "\\$", "$x", "$y", "$host", "$service", "$project", "${x}",
    "${b.x}", "${b.y}", "${profiler.x}", "${profiler.host}", "${DEFAULT.x}",
    "$enabled", "$max_params", "$exit_timeout", "$ring_size", "$on_full",
    "${", "}", "{", ".", "\u017f", "é", "\ufeff",
    "true", "no", "7", "1_0", "64k", "1.5", "1e2", "drop", "a", "]", "[", "_",
]
STARTS = ["[profiler]\n", "[profiler]\nproject=", "[DEFAULT]\nx=$y\n[profiler]"
          "\n", "[b]\nx=$y\ny=1\n[profiler]\nhost=a\nproject=", ""]
LINES = ["project=", "service = ", "host:", "[DEFAULT]\nx=", "y=", "x = ",
         "enabled=", "max_params=", "[profiler]\nx=", "[b]\ny=", "[B]\nx="]


def made_up_files(count):
    make = random.Random(1)
    for i in range(count):
        text = make.choice(STARTS)
        for _ in range(make.randrange(1, 5)):
            text += make.choice(LINES) if make.random() < .8 else ""
            text += "".join(make.choices(PIECES, k=make.randrange(1, 6)))
            text += "\n" if make.random() < .8 else ""
        yield "made up %d" % i, text.encode()


def ours_read(dump, paths):
    lines = subprocess.run([dump] + paths, stdout=subprocess.PIPE,
                           check=True).stdout.split(b"\n")
    return [json.loads(line.decode()) for line in lines if line]


def compare(dump, cases, folder):
    paths = []
    for i, (_, content) in enumerate(cases):
        paths.append(os.path.join(folder, "%d.ini" % i))
        with open(paths[-1], "wb") as file:
            file.write(content)
    for case, path, ours in zip(cases, paths, ours_read(dump, paths)):
        yield case, difference(oslo_reads(path), ours)


def main(dump, count):
    logging.disable(logging.CRITICAL)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        alike = list(ALIKE.items()) + list(made_up_files(count))
        for (name, content), what in compare(dump, alike, folder):
            if what:
                failed += 1
                print("FAIL %s: %r\n     %s" % (name, content[:300], what))
        for (name, content), what in compare(
                dump, list(REFUSED.items()), folder):
            if not what or not what.startswith("only osprof refuses"):
                failed += 1
                print("FAIL %s is to be refused: %s" % (name, what))
        otherwise = [(k, v[0]) for k, v in OTHERWISE.items()]
        for (name, _), what in compare(dump, otherwise, folder):
            if what != OTHERWISE[name][1]:
                failed += 1
                print("FAIL %s: %s" % (name, what))
    print("%d files, %d read otherwise than said"
          % (len(alike) + len(REFUSED) + len(OTHERWISE), failed))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1],
                  int(sys.argv[2]) if len(sys.argv) > 2 else 2000))
