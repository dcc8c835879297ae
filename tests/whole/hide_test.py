#!/usr/bin/python3
"""With hide_args no value of the program's is anywhere: not in the storage,
the spool, the spill, what the commands print, nor in memory that a core file
would have.

The program learns its secrets by its input and wipes what it no longer needs,
so that what is found in its memory is osprof's.  Its untraced twin shows that
this holds.
"""
import os
import re

import whole

WORD = "Xyzzy%02dPlughPlover"


class Secrets:
    """Statements with values in every place, none of them given twice."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return WORD % self.count

    def statements(self):
        s = self
        return [
            "create table t (a unique, b)",
            "create view v as select '%s' as a" % s(),
            "insert into t values ('%s', x'%s')" % (s(), s().encode().hex()),
            "insert into t values (?1, 1)\t%s" % s(),
            "insert into t values (?1, '%s')\t%s" % (s(), s()),
            "insert into t select a, '%s' from t limit 1" % s(),  # not unique
            "select * from t where a = '%s' /* %s */ -- %s" % (s(), s(), s()),
            "select json('{%s')" % s(),  # an error that may quote it
            "select '%s" % s(),  # a string without an end
            "select * from t where a like '%%%s%%' escape '\\'" % s(),
            "select abs('%s') + 1e999 + %s" % (s(), "9" * 30),
            "select load_extension('%s')" % s(),
            "select * from t where a match '%s'" % s(),
            "insert into t values (raise(fail, '%s'), 2)" % s(),
            "attach 'file::memory:?key=%s' as x key '%s'" % (s(), s()),
            "pragma key = '%s'" % s(),
            "pragma rekey = \"%s\"" % s(),
            "pragma hexkey('%s')" % s().encode().hex(),
            "select '" + s() + "x" * 5000 + "'",
            "select cast('%s' as integer), ?1\t%s" % (s(), s()),
            "with c as (select '%s') select * from c, t" % s(),
            "create trigger r before insert on t when new.b = 77 begin "
            "select raise(abort, '%s'); end" % s(),
            "insert into t values (1, 77)",
            "detach '%s'" % s(),
            "savepoint \"p\"",
            "select strftime('%s', '%s')" % (s(), s()),
            "select 1 where 1 = '%s' collate nowhere" % s(),
        ]


def markers():
    """What must not be found: the secrets as text and as hexadecimal."""
    word = re.sub(r"%02d", r"[0-9][0-9]", WORD)
    hexed = re.sub(r"%02d", "@", WORD).encode().hex()
    hexed = hexed.replace("@".encode().hex(), "3[0-9]3[0-9]", 1)
    wide = b"".join(c + b"\0" for c in (b"P", b"l", b"u", b"g", b"h"))
    return re.compile(b"(?i)" + word.encode() + b"|" + hexed.encode() + b"|" +
                      wide)


MARKERS = markers()


def found_in_files(folder):
    found = []
    for parent, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                found += [(path, hit) for hit in
                          MARKERS.findall(file.read())]
    return found


def mappings(pid):
    """(begin, end, path, flags) of a process's memory."""
    begin = end = path = None
    with open("/proc/%d/smaps" % pid, encoding="utf-8") as smaps:
        for line in smaps:
            head = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)",
                            line)
            if head:
                begin, end = (int(head[i], 16) for i in (1, 2))
                path = head[4]
            elif line.startswith("VmFlags:"):
                yield begin, end, path, line.split()[1:]


def found_in_memory(pid, wanted):
    """Secrets in the mappings that are `wanted`, and where."""
    found = []
    with open("/proc/%d/mem" % pid, "rb", buffering=0) as memory:
        for begin, end, path, flags in mappings(pid):
            if "rd" not in flags or path in ("[vvar]", "[vsyscall]") or \
                    not wanted(path, flags):
                continue
            memory.seek(begin)
            left, data = end - begin, b""
            while left:
                more = memory.read(left)
                if not more:
                    break
                data += more
                left -= len(more)
            found += [(path, hex(begin + hit.start()), hit[0])
                      for hit in MARKERS.finditer(data)]
    return found


def in_core(path, flags):
    """What a core file has: all that is not marked as not to be dumped."""
    return "dd" not in flags


def in_spool(path, flags):
    return ".ring" in path


class Hide(whole.Case):
    options = {"hide_args": "true", "ring_size": "64k", "spill_size": "1M"}

    def run_secrets(self, program):
        subject = whole.Serving(program, self.env)
        self.addCleanup(subject.__exit__)
        for statement in Secrets().statements():
            subject.ask("sql " + statement)
        return subject

    def test_the_untraced_program_itself_keeps_no_secret(self):
        subject = self.run_secrets(whole.PLAIN)
        subject.ask("close")
        self.assertEqual(found_in_memory(subject.process.pid, in_core), [])

    def test_the_search_finds_what_is_not_hidden(self):
        self.configure(hide_args="false")
        subject = self.run_secrets(whole.TRACED)
        self.assertNotEqual(found_in_memory(subject.process.pid, in_spool),
                            [])
        self.assertEqual(subject.ask("flush 10000"), "success")
        self.assertNotEqual(found_in_files(self.path("run")), [])
        self.assertNotEqual(found_in_files(self.path("state")), [])

    def test_no_secret_is_stored_or_shown(self):
        subject = self.run_secrets(whole.TRACED)
        self.assertEqual(found_in_memory(subject.process.pid, in_spool), [])
        self.assertEqual(found_in_files(self.path("run")), [])
        self.assertEqual(subject.ask("flush 10000"), "success")
        self.assertEqual(subject.end(), (0, ""))
        self.assertEqual(found_in_files(self.dir), [])
        base_id, = self.traces()
        for format in ([], ["--json"]):
            shown = self.osprof("trace", "show", base_id, *format,
                                "--connection-string", self.store)
            self.assertEqual(MARKERS.findall(shown.encode()), [])
        points = list(whole.points(self.report(base_id)))
        statements = [whole.payload(info, "start")["info"]["db"]
                      for info in points]
        self.assertGreater(len(points), len(Secrets().statements()) // 2)
        self.assertFalse([db for db in statements if db.get("params")])

    def test_what_an_error_quotes_of_a_credential_is_not_stored(self):
        self.configure(hide_args="false")
        subject = whole.Serving(whole.TRACED, self.env)
        self.addCleanup(subject.__exit__)
        secret = Secrets()
        for statement in ("pragma key = a %s", "attach 'x' as y key a %s"):
            self.assertNotEqual(subject.ask("sql " + statement % secret()), "0")
        self.assertEqual(subject.ask("flush 10000"), "success")
        self.assertEqual(subject.end()[0], 0)
        self.assertEqual(found_in_files(self.dir), [])

    def test_no_secret_is_in_a_core_file(self):
        subject = self.run_secrets(whole.TRACED)
        self.assertEqual(subject.ask("flush 10000"), "success")
        subject.ask("close")
        self.assertEqual(found_in_memory(subject.process.pid, in_core), [])

    def test_no_secret_is_in_the_spill(self):
        os.rename(self.path("state"), self.path("moved"))
        with open(self.path("state"), "w", encoding="utf-8"):
            pass  # no folder can be here: storage is down
        subject = self.run_secrets(whole.TRACED)
        whole.until(lambda: subject.counters()["failed"],
                    "a delivery that fails")

        def spilled():
            if subject.counters()["dropped_full"] == 0:
                for statement in Secrets().statements()[-2:]:
                    subject.ask("sql " + statement)
            return subject.counters()["spilled"]

        whole.until(spilled, "a spill of the ring")
        self.assertEqual(len(os.listdir(self.path("run", "spool"))), 2)
        self.assertEqual(found_in_files(self.path("run")), [])


if __name__ == "__main__":
    whole.main()
