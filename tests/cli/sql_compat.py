#!/usr/bin/python3
"""Whether we read what the real OSProfiler's SQL driver stored, and report it
as that driver does, byte by byte.

Usage: sql_compat.py osprof
"""
import json
import logging
import os
import random
import subprocess
import sys
import tempfile

try:
    import sqlalchemy  # noqa: F401
    from osprofiler.drivers import sqlalchemy_driver
except ImportError:
    print("skipped: python3-osprofiler or python3-sqlalchemy is missing")
    sys.exit(77)

import sample


def store(path, base_id, rows):
    driver = sqlalchemy_driver.SQLAlchemyDriver(
        "sqlite:///" + path, project="p", service="s", host="h")
    for trace_id, parent_id, name, project, service, _, stamp, payload in rows:
        payload = payload or {"info": {"host": "h"}}
        driver.notify({"name": name, "base_id": base_id, "trace_id": trace_id,
                       "parent_id": parent_id, "timestamp": stamp,
                       "project": project, "service": service, **payload})
    return driver


def main():
    # What the driver could not store is in neither report.
    logging.disable(logging.CRITICAL)
    for seed in range(40):
        r = random.Random(seed)
        base_id = "%08x-0000-4000-8000-00000000000f" % seed
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "t.db")
            driver = store(path, base_id, sample.messages(r))
            want = json.dumps(driver.get_report(base_id), indent=2,
                              separators=(",", ": ")).encode() + b"\n"
            driver._conn.close()
            got = subprocess.run(
                [sys.argv[1], "trace", "show", "--json", base_id,
                 "--connection-string", "sqlite://" + path],
                stdout=subprocess.PIPE, check=True).stdout
        if sample.theirs_of(got) != want:
            print("seed %d differs" % seed)
            sys.exit(1)


main()
