"""Runs programs in which the n-th call that can fail fails."""
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

BUILD = sys.argv[1] if len(sys.argv) > 1 else "build"
LONG = os.environ.get("OSPROF_TEST_LONG") == "1"
OSPROF = os.path.join(BUILD, "bin", "osprof")
APP = os.path.join(BUILD, "tests", "traced_app")
FAIL_NTH = os.path.join(BUILD, "tests", "fail_nth.so")
TIMEOUT = 60
WORKERS = max(2, os.cpu_count() or 2)

# The settings of whoever runs the tests are not tested.
CLEAN = {k: v for k, v in os.environ.items()
         if not k.startswith(("OSPROF", "FAULT_", "XDG_"))}


class Folder:
    """A folder of one run's own: configuration, spool, storage."""

    def __init__(self, storage, options=""):
        shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.path = tempfile.mkdtemp(prefix="osprof-faults-", dir=shm)
        self.storage = storage.format(dir=self.path)
        self.env = {**CLEAN, "OSPROF_CONFIG": self.file("osprof.ini"),
                    "XDG_STATE_HOME": self.path, "HOME": self.path}
        with open(self.file("osprof.ini"), "w") as ini:
            ini.write("[profiler]\nenabled = true\ntrace_sql = true\n"
                      "ring_size = 64k\nexit_timeout = 0.3\n"
                      f"spool_dir = {self.path}/spool\n"
                      f"connection_string = {self.storage}\n{options}\n")

    def file(self, name):
        return os.path.join(self.path, name)

    def run(self, *command, fault=None):
        env = self.env if fault is None else {**self.env, **fault.env(self)}
        return subprocess.run(command, env=env, cwd=self.path, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT, errors="replace")

    def faults(self):
        """What failed, a line each."""
        try:
            with open(self.file("faults")) as log:
                return log.read().splitlines()
        except FileNotFoundError:
            return []

    def remove(self):
        shutil.rmtree(self.path)


class Fault:
    def __init__(self, modules, kind, at, ever=False):
        self.modules, self.kind, self.at, self.ever = modules, kind, at, ever

    def env(self, folder):
        return {"LD_PRELOAD": FAIL_NTH, "FAULT_IN": self.modules,
                "FAULT_KIND": self.kind, "FAULT_AT": str(self.at),
                "FAULT_EVER": str(int(self.ever)),
                "FAULT_LOG": folder.file("faults")}

    def __str__(self):
        return f"{self.kind} at {self.at}{' for ever' if self.ever else ''}"


def sweep(title, modules, kinds, check, every=1):
    """Calls check(fault) for n = 1, 2, 3... of each kind until none fires.

    `check` returns what failed (from Folder.faults) and a list of complaints.
    `every` > 1 takes only every so manieth n.  Returns whether all was well.
    """
    runs, complaints = 0, []
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for kind, ever in kinds:
            at, fired = 1, True
            while fired:
                faults = [Fault(modules, kind, at + i * every, ever)
                          for i in range(WORKERS * 4)]
                for fault, (failed, bad) in zip(
                        faults, pool.map(check, faults)):
                    runs += 1
                    fired = fired and bool(failed)
                    complaints += [f"{fault} ({failed[:1]}): {b}" for b in bad]
                at += len(faults) * every
    for complaint in complaints[:40]:
        print("FAIL", title, complaint)
    print(f"{'FAIL' if complaints else 'ok  '} {title}: {runs} runs, "
          f"{len(complaints)} complaints", flush=True)
    return not complaints
