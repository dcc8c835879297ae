#!/usr/bin/python3
"""osprof.ini(5) describes the options of shim/options.h, all and no others,
with their old names and their defaults.
"""
import os
import re
import sys

ROW = re.compile(r'^OPTION\((\w+),\s*(NULL|"\w*"),\s*(\w+),\s*(NULL|"[^"]*"),',
                 re.M)
# An option's paragraph: its name and its default, e.g.
#   *ring_size* = _size_ (default: 1M)
ENTRY = re.compile(r"^\*(\w+)\* = .*?\(default: (.*?)\)$", re.M)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def main(root):
    manual = read(root, "docs/osprof.ini.5.scd")
    rows = ROW.findall(read(root, "shim/options.h"))
    entries = ENTRY.findall(manual)
    wanted = []
    wrong = []
    for name, old, kind, fallback in rows:
        wanted.append((name, fallback.strip('"') or "empty"))
        if fallback == "NULL":
            wanted[-1] = (name, "not set")
        if old != "NULL" and "*%s*" % old.strip('"') not in manual:
            wrong.append("the manual has no *%s*" % old.strip('"'))
    described = [(n, d.replace("\\", "")) for n, d in entries]
    wrong += ["the manual has no entry for %s (default: %s)" % row
              for row in wanted if row not in described]
    wrong += ["shim/options.h has no %s with the default %s" % row
              for row in described if row not in wanted]
    print("\n".join(wrong) or "%d options described" % len(rows))
    return bool(wrong) or not rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
