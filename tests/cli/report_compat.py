#!/usr/bin/python3
"""Whether our report is the real OSProfiler's, byte by byte.

Random sets of messages go through both: the real one's driver base, and
print_report.  Members that only ours has are taken out of ours first, along
with the line they stand in.  Usage: report_compat.py print_report [seeds]
"""
import json
import random
import subprocess
import sys

try:
    from osprofiler.drivers import base
except ImportError:
    print("skipped: python3-osprofiler is not installed")
    sys.exit(77)

import sample


def theirs(rows):
    driver = base.Driver("x://")
    for row in rows:
        row = json.loads(json.dumps(row))
        driver._append_results(*row)
    return json.dumps(driver._parse_results(), indent=2,
                      separators=(",", ": ")).encode()


def ours(tool, rows, r):
    lines = [json.dumps(row, ensure_ascii=r.random() < .5) for row in rows]
    result = subprocess.run([tool], input="\n".join(lines).encode() + b"\n",
                            stdout=subprocess.PIPE, check=True).stdout
    return sample.theirs_of(result)


def main():
    for seed in range(int(sys.argv[2]) if len(sys.argv) > 2 else 300):
        r = random.Random(seed)
        rows = sample.messages(r)
        want, got = theirs(rows), ours(sys.argv[1], rows, r)
        if want != got:
            print("seed %d differs" % seed)
            for w, g in zip(want.split(b"\n"), got.split(b"\n")):
                if w != g:
                    print("  theirs %r\n  ours   %r" % (w, g))
                    break
            sys.exit(1)


main()
