#!/usr/bin/python3
"""Whether `osprof doctor -- COMMAND` tells what would be traced, and why not.

The library is a toy with a preload object of its own, laid beside a copy of
osprof(1); the programs are made here, each with one trait.
Usage: doctor_cases.py osprof
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOY = """
int toy_open(void); int toy_run(void); int toy_look(void);
int toy_open(void) { return 0; }
int toy_run(void) { return toy_open(); }
int toy_look(void) { return 0; }
"""
PRELOAD = """
int toy_open(void); int toy_run(void); int toy_rare(void);
void *dlopen(const char *name, int flags);
int toy_open(void) { return 0; }
int toy_run(void) { return 0; }
int toy_rare(void) { return 0; }
void *dlopen(const char *name, int flags) { return (void *)name; }
"""
USER = """
int toy_open(void); int toy_run(void); int toy_look(void);
int main(void) { return toy_open() + toy_run() + toy_look(); }
"""
HEADER_USER = """
int osprof_toy_run(void); int toy_run(void);
int main(void) { return osprof_toy_run() + toy_run(); }
"""
HEADER = """
int osprof_toy_run(void); int toy_run(void);
int osprof_toy_run(void) { return toy_run(); }
"""
LOADER = """
void *dlopen(const char *, int);
int main(void) { return !dlopen("libtoy.so", 2); }
"""
STARTER = """
int execv(const char *, char *const *);
int main(int argc, char **argv) { return execv(argv[argc - 1], argv); }
"""
USES = "int use(void); int main(void) { return use(); }\n"
NOTHING = "int main(void) { return 0; }\n"
BUNDLE = TOY + "int bundle(void); int bundle(void) { return toy_run(); }\n"
BUNDLE_USER = "int bundle(void); int main(void) { return bundle(); }\n"

CALLED = "ok   toy: of {dir}/%s, 2 calls are traced: toy_open, toy_run\n"
LIBRARY = "ok   toy: library {dir}/lib/libtoy.so\n"
PROGRAM = "ok   program {dir}/%s\n"
NO_LIBRARY = "warn toy: the library is not linked\n"
STARTS = ("ok   programs that it starts are traced too: ask about them by "
          "their names\n")
OWN_COPY = ("bad  toy: the program has a copy of the library inside, whose "
            "calls no preloaded object sees: build it with the header\n")
BUNDLED = ("warn toy: {dir}/lib/libbundle%s.so has the calls, but no file of "
           "the program asks for them by name: what it calls in itself%s is "
           "not traced\n")
SYMBOLIC = " (it was linked with -Bsymbolic)"
USED = (PROGRAM % "user") + (CALLED % "user") + LIBRARY

# what it shows, command, exit status, stdout, environment
CASES = [
    ("what is called and caught is told", ["{dir}/user", "-x"], 0, USED, {}),
    ("a name is looked for in PATH", ["user"], 0, USED,
     {"PATH": "/nowhere:{dir}"}),
    ("a script's interpreter is the program", ["{dir}/script"], 0,
     "ok   script {dir}/script\n" + USED, {}),
    ("through env(1), too", ["{dir}/envscript"], 0,
     "ok   script {dir}/envscript\n" + USED, {"PATH": "/bin:{dir}"}),
    ("libraries' own callers count", ["{dir}/indirect"], 0,
     PROGRAM % "indirect" + CALLED % "lib/libuser.so" + LIBRARY, {}),
    ("RPATH serves libraries of libraries", ["{dir}/rpath"], 0,
     PROGRAM % "rpath" + CALLED % "lib/libpathless.so" + LIBRARY, {}),
    ("LD_LIBRARY_PATH is honoured", ["{dir}/pathless"], 0,
     PROGRAM % "pathless" + CALLED % "pathless" + LIBRARY,
     {"LD_LIBRARY_PATH": "{dir}/lib"}),
    ("a library that is missing is named", ["{dir}/pathless"], 0,
     PROGRAM % "pathless" +
     "warn libtoy.so is not found: the program will not start\n" +
     CALLED % "pathless", {}),
    ("a program of the header is traced by it", ["{dir}/header"], 0,
     PROGRAM % "header" +
     "ok   toy: of {dir}/header, 1 call is traced, once, by the header it "
     "was built with: toy_run\n" + LIBRARY, {}),
    ("modules may bring the library", ["{dir}/loader"], 0,
     PROGRAM % "loader" + "warn toy: the library is not linked; a module "
     "that is loaded later may bring it, and is traced\n", {}),
    ("programs may start others", ["{dir}/starter"], 0,
     PROGRAM % "starter" + NO_LIBRARY + STARTS, {}),
    ("nothing is nothing", ["{dir}/nothing"], 1,
     PROGRAM % "nothing" + NO_LIBRARY + "bad  nothing in it would be traced\n",
     {}),
    ("a copy inside is out of reach", ["{dir}/own"], 1,
     PROGRAM % "own" + OWN_COPY + "bad  nothing in it would be traced\n", {}),
    ("a hidden one is found while there are names", ["{dir}/hidden"], 1,
     PROGRAM % "hidden" + OWN_COPY + "bad  nothing in it would be traced\n",
     {}),
    ("a copy inside a library is told", ["{dir}/bundle"], 1,
     PROGRAM % "bundle" + BUNDLED % ("", "") +
     "bad  nothing in it would be traced\n", {}),
    ("and -Bsymbolic", ["{dir}/symbolic"], 1,
     PROGRAM % "symbolic" + BUNDLED % ("-symbolic", SYMBOLIC) +
     "bad  nothing in it would be traced\n", {}),
    ("a static program has no loader", ["{dir}/static"], 1,
     "bad  program {dir}/static is linked statically: nothing can be loaded "
     "into it; build it with the header\n", {}),
    ("what is not there cannot be run", ["{dir}/nowhere"], 1,
     "bad  program {dir}/nowhere cannot be run\n", {}),
    ("nor can what lacks the permission", ["{dir}/toy.c"], 1,
     "bad  program {dir}/toy.c cannot be run\n", {}),
    ("a script that interprets itself ends", ["{dir}/loop"], 1,
     "ok   script {dir}/loop\nbad  program {dir}/loop cannot be run\n", {}),
    ("another machine's program is told", ["{dir}/foreign"], 1,
     "bad  program {dir}/foreign is made for another machine or word size\n",
     {}),
    ("so is a setuid one", ["{dir}/setuid"], 1,
     "bad  program {dir}/setuid runs with rights that its user has not: the "
     "loader ignores preloads; build it with the header\n", {}),
]


class Makes:
    def __init__(self, folder, osprof):
        self.folder = folder
        for name in ("bin", "lib", "lib/osprof"):
            (folder / name).mkdir()
        shutil.copy(osprof, folder / "bin" / "osprof")

    def compile(self, output, source, *options):
        file = self.folder / "source.c"
        file.write_text(source)
        subprocess.run(["cc", "-w", "-o", output, str(file), *options],
                       cwd=self.folder, check=True)

    def library(self, name, source, *options):
        self.compile("lib/%s" % name, source, "-shared", "-fPIC",
                     "-Wl,-soname," + os.path.basename(name), *options)

    def script(self, name, first_line):
        path = self.folder / name
        path.write_text("#!%s\n" % first_line)
        path.chmod(0o755)

    def all(self):
        lib = ["-Llib"]
        found = lib + ["-Wl,--enable-new-dtags,-rpath,$ORIGIN/lib"]
        beside = lib + ["-Wl,--enable-new-dtags,-rpath,$ORIGIN", "-ltoy"]
        self.library("libtoy.so", TOY)
        self.library("osprof/libosprof-preload-toy.so", PRELOAD)
        use = USER.replace("main", "use")
        self.library("libuser.so", use, *beside)
        self.library("libpathless.so", use, *lib, "-ltoy")
        self.library("libosprof_toy.so", HEADER, *lib)
        self.library("libbundle.so", BUNDLE)
        self.library("libbundle-symbolic.so", BUNDLE, "-Wl,-Bsymbolic")
        self.compile("user", USER, *found, "-ltoy")
        self.compile("pathless", USER, *lib, "-ltoy")
        self.compile("indirect", USES, *found, "-luser")
        self.compile("rpath", USES, *lib, "-lpathless",
                     "-Wl,--disable-new-dtags,-rpath,$ORIGIN/lib",
                     "-Wl,--allow-shlib-undefined")
        self.compile("header", HEADER_USER, *found, "-losprof_toy", "-ltoy")
        self.compile("loader", LOADER)
        self.compile("starter", STARTER)
        self.compile("nothing", NOTHING)
        self.compile("own", TOY + USER, "-rdynamic")
        self.compile("hidden", TOY + USER, "-fvisibility=hidden")
        self.compile("bundle", BUNDLE_USER, *found, "-lbundle")
        self.compile("symbolic", BUNDLE_USER, *found, "-lbundle-symbolic")
        self.compile("static", NOTHING, "-static")
        self.script("script", str(self.folder / "user") + " -w")
        self.script("envscript", "/usr/bin/env -S X=y user -w")
        self.script("loop", str(self.folder / "loop"))
        (self.folder / "toy.c").write_text(TOY)
        self.foreign()
        self.setuid()

    def foreign(self):
        image = bytearray((self.folder / "user").read_bytes())
        image[18:20] = b"\x14\x00" if image[18] != 0x14 else b"\x15\x00"
        (self.folder / "foreign").write_bytes(image)
        (self.folder / "foreign").chmod(0o755)

    def setuid(self):
        path = self.folder / "setuid"
        shutil.copy(self.folder / "user", path)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
        path.chmod(0o4755)


def run(folder, words, extra):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C"}
    for key in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if key in os.environ:
            env[key] = os.environ[key]
    env.update((k, v.replace("{dir}", str(folder))) for k, v in extra.items())
    return subprocess.run(
        [str(folder / "bin" / "osprof"), "doctor", "--"] +
        [w.replace("{dir}", str(folder)) for w in words],
        cwd="/", env=env, stdin=subprocess.DEVNULL, capture_output=True,
        text=True)


def failure(folder, case):
    _, words, status, stdout, extra = case
    done = run(folder, words, extra)
    out = done.stdout.replace(str(folder), "{dir}")
    if (done.returncode, out, done.stderr) == (status, stdout, ""):
        return None
    return "exit status %d\n%s%s" % (done.returncode, out, done.stderr)


def main():
    failed = 0
    skipped = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        Makes(folder, sys.argv[1]).all()
        for case in CASES:
            if "{dir}/setuid" in case[1] and (
                    os.geteuid() != 0 or
                    os.statvfs(folder).f_flag & os.ST_NOSUID):
                print("SKIPPED %s: only root makes such a file, where files "
                      "may be" % case[0])
                skipped = True
                continue
            why = failure(folder, case)
            print("%s %s" % ("FAIL" if why else "ok  ", case[0]))
            if why:
                failed += 1
                print(why)
    if skipped and os.environ.get("CI"):
        failed += 1
    sys.exit(1 if failed else 77 if skipped else 0)


main()
