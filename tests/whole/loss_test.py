#!/usr/bin/python3
"""Nothing is lost silently: what was called was stored, once, or was counted
and told in the trace.
"""
import contextlib
import json
import os
import signal
import sqlite3
import time

import whole

FEW = 500  # statements


class Loss(whole.Case):
    def serving(self, **options):
        return whole.Serving(whole.TRACED, self.env, **options)

    def stored(self, name="db-start"):
        """The ids of all points in storage; none may be there twice."""
        with contextlib.closing(sqlite3.connect(
                self.path("state", "trace.db"))) as db:
            rows = db.execute("select trace_id from data where name = ?",
                              (name,)).fetchall()
        self.assertEqual(len(rows), len(set(rows)), "doubles in storage")
        return rows

    def told_lost(self):
        """What the traces tell of lost records."""
        return sum(payload["info"]["lost"]
                   for base_id in self.traces()
                   for info in whole.points(self.report(base_id))
                   for payload in [whole.payload(info, "start")]
                   if info["name"] == "lost")

    def recover(self):
        return self.osprof("recover", "--spool-dir",
                           self.path("run", "spool"),
                           "--connection-string", self.store)


class Forks(Loss):
    def test_a_child_that_outlives_its_parent_loses_nothing(self):
        """The parent removes its database's log when it ends; the child must
        not write to that one."""
        with self.serving() as subject:
            subject.ask("many %d" % FEW)
            self.assertEqual(subject.ask("flush 10000"), "success")
            before = subject.counters()["written"]
            subject.process.stdin.write(b"orphan %d\n" % FEW)
            said = subject.process.stdout.readline()
            subject.process.stdin.close()
            said += subject.process.stdout.read()  # until the child's end
            subject.process.wait()
        self.assertEqual(said.split(b"\n")[:4],
                         [b"%d" % FEW, b"success"] * 2)
        counters = json.loads(said.split(b"\n")[4])
        self.assertCounted(counters)
        self.assertEqual(counters["written"], 4 * FEW)
        self.assertEqual(counters["delivered"], 4 * FEW)
        self.assertGreaterEqual(len(self.stored()), before // 2 + 2 * FEW)
        self.assertEqual(os.listdir(self.path("run", "spool")), [])


class Full(Loss):
    options = {"ring_size": "64k", "spill_size": "0"}

    def test_a_full_ring_drops_counts_and_tells(self):
        os.rmdir(self.path("state"))
        with open(self.path("state"), "w", encoding="utf-8"):
            pass  # no folder can be here: storage is down
        with self.serving() as subject:
            subject.ask("many %d" % (4 * FEW))
            full = subject.counters()
            self.assertCounted(full)
            self.assertGreater(full["dropped_full"], 0)
            os.unlink(self.path("state"))
            self.assertEqual(subject.ask("flush 20000"), "success")
            subject.ask("sql select 'the last one'")
            self.assertEqual(subject.end(), (0, ""))
        self.assertEqual(self.told_lost(), full["dropped_full"])

    def test_drops_behind_the_last_record_are_told_too(self):
        with self.serving() as subject:
            # Somebody else holds the storage while the ring runs over.
            subject.ask("sql select 1")
            self.assertEqual(subject.ask("flush 10000"), "success")
            with contextlib.closing(sqlite3.connect(
                    self.path("state", "trace.db"))) as db:
                db.execute("begin immediate")
                subject.ask("many %d" % (4 * FEW))
                whole.until(lambda: subject.counters()["failed"],
                            "a delivery that fails")
                # The drain comes again with all of the ring, and waits for
                # the lock while yet more is dropped.
                end = time.monotonic() + 0.3
                while time.monotonic() < end:
                    subject.ask("many %d" % FEW)
            self.assertEqual(subject.ask("flush 20000"), "success")
            full = subject.counters()
            self.assertCounted(full)
            self.assertGreater(full["dropped_full"], 0)
            self.assertEqual(subject.end(), (0, ""))
        self.assertEqual(self.told_lost(), full["dropped_full"])

    def test_a_ring_that_blocks_loses_nothing(self):
        self.configure(on_full="block")
        with self.serving() as subject:
            subject.ask("many %d" % (4 * FEW))
            self.assertEqual(subject.ask("flush 20000"), "success")
            counters = subject.counters()
            self.assertEqual(subject.end(), (0, ""))
        self.assertCounted(counters)
        self.assertEqual(whole.dropped(counters), 0)
        self.assertGreaterEqual(len(self.stored()), 4 * FEW)


class Spill(Loss):
    options = {"ring_size": "64k", "spill_size": "256k"}

    def down(self):
        os.rename(self.path("state"), self.path("state.down"))
        with open(self.path("state"), "w", encoding="utf-8"):
            pass  # no folder can be here

    def up(self):
        os.unlink(self.path("state"))
        os.rename(self.path("state.down"), self.path("state"))

    def spool_bytes(self):
        folder = self.path("run", "spool")
        return [os.stat(os.path.join(folder, name)).st_size
                for name in os.listdir(folder)]

    @staticmethod
    def spill(subject):
        """Statements until the drain has moved some out of the ring."""
        subject.ask("many 10")
        whole.until(lambda: subject.counters()["failed"],
                    "a delivery that fails")

        def spilled():
            if subject.counters()["dropped_full"] == 0:
                subject.ask("many 1")
            return subject.counters()["spilled"]

        whole.until(spilled, "a spill of the ring")
        subject.ask("many 10")

    def test_what_waits_in_the_spill_arrives_once(self):
        self.down()
        with self.serving() as subject:
            self.spill(subject)
            self.assertEqual(len(self.spool_bytes()), 2)
            self.up()
            self.assertEqual(subject.ask("flush 20000"), "success")
            counters = subject.counters()
            self.assertEqual(subject.end(), (0, ""))
        self.assertCounted(counters)
        self.assertEqual(whole.dropped(counters), 0)
        self.assertEqual(len(self.stored()) + len(self.stored("db-stop")),
                         counters["delivered"])
        self.assertEqual(counters["delivered"], counters["written"])
        self.assertEqual(self.spool_bytes(), [])

    def test_the_spill_keeps_its_bound_and_the_rest_is_counted(self):
        self.down()
        with self.serving() as subject:
            self.spill(subject)

            def overflown():
                subject.ask("many 80")
                return subject.counters()["dropped_full"]

            whole.until(overflown, "more than spill and ring can take")
            sizes = sorted(self.spool_bytes())
            self.assertLessEqual(sizes[-1], 256 * 1024)
            self.up()
            self.assertEqual(subject.ask("flush 20000"), "success")
            counters = subject.counters()
            self.assertEqual(subject.end(), (0, ""))
        self.assertCounted(counters)
        self.assertGreater(counters["spilled"], 0)
        self.assertEqual(counters["delivered"] - counters["written"],
                         2 * len(self.stored("lost-start")))
        self.assertEqual(self.told_lost(), counters["dropped_full"])

    def test_a_killed_program_leaves_spill_and_ring_to_the_next(self):
        self.down()
        with self.serving() as subject:
            self.spill(subject)
            counters = subject.counters()
            subject.process.send_signal(signal.SIGKILL)
            subject.process.wait()
        self.assertCounted(counters)
        self.up()
        said = self.recover()
        self.assertIn("recovered %d records from 2 files" %
                      counters["written"], said)
        self.assertEqual(len(self.stored()) + len(self.stored("db-stop")),
                         counters["written"])
        self.assertEqual(self.spool_bytes(), [])


class Exit(Loss):
    def test_what_exit_could_not_store_is_recovered(self):
        os.rmdir(self.path("state"))
        with open(self.path("state"), "w", encoding="utf-8"):
            pass
        with self.serving() as subject:
            subject.ask("many %d" % FEW)
            counters = subject.counters()
            self.assertEqual(subject.end(), (0, ""))
        os.unlink(self.path("state"))
        self.recover()
        self.assertEqual(len(self.stored()) + len(self.stored("db-stop")),
                         counters["written"])

    def test_the_next_program_stores_what_a_killed_one_left(self):
        self.make("run/spool")
        with self.serving() as subject:
            os.rename(self.path("state"), self.path("moved"))
            with open(self.path("state"), "w", encoding="utf-8"):
                pass
            subject.ask("many %d" % FEW)
            written = subject.counters()["written"]
            subject.process.kill()
        os.unlink(self.path("state"))
        with self.serving() as subject:
            subject.ask("sql select 1")
            whole.until(lambda: subject.counters()["recovered"] == written,
                        "the records of the killed program")
            counters = subject.counters()
            self.assertEqual(subject.end(), (0, ""))
        self.assertCounted(counters)


if __name__ == "__main__":
    whole.main()
