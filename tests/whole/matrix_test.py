#!/usr/bin/python3
"""Whatever is wrong around a traced program, it behaves as untraced, byte by
byte; the counters and `osprof doctor` tell what is wrong.
"""
import os
import shutil
import stat

import whole


class Surroundings(whole.Case):
    """Each test breaks one thing, then asks for the same three answers."""
    program = whole.TRACED
    doctor = whole.OSPROF

    def surroundings(self, *words, seen, **options):
        """The program runs as untraced; `seen` holds of its counters; one
        line of the doctor's has all of `words`."""
        plain = self.work(whole.PLAIN, **options)
        traced, counters = self.work_counted(self.program, **options)
        self.assertEqual(plain, traced)
        self.assertEqual(traced[0], 3)
        self.assertEqual(traced[2], "")
        self.assertIn("the child's status: %d\n" % (5 << 8), traced[1])
        for counted in counters:
            self.assertTrue(seen(counted), counted)
        said = self.osprof("doctor", status=1, program=self.doctor, **options)
        self.assertTrue(any(all(word in line for word in words)
                            for line in said.splitlines()
                            if line.startswith("bad")), said)


def not_stored(counters):
    return counters["failed"] > 0 and counters["delivered"] == 0


def not_in_file(counters):
    return (counters["rings_in_file"] == 0 and
            counters["rings_in_memory"] > 0 and counters["delivered"] > 0)


def not_configured(counters):
    return (counters["bad_configs"] > 0 and counters["reloads"] == 0 and
            counters["called"] == 0)


class Unprivileged(Surroundings):
    """What root may do anyway."""

    def setUp(self):
        hindered = whole.nobody.hindered(whole.PLAIN)
        if hindered:
            whole.cannot(hindered)
        super().setUp()
        os.chmod(self.path("osprof.ini"), 0o644)
        self.give_away("run", "state")

    def nobody(self, *words, seen):
        self.surroundings(*words, seen=seen, preexec_fn=whole.nobody.become)

    def test_storage_folder_that_is_read_only(self):
        os.chmod(self.path("state"), 0o500)
        self.nobody("storage", self.path("state"), "written to",
                    "change its owner or mode", seen=not_stored)

    def test_storage_file_that_is_read_only(self):
        with open(self.path("state", "trace.db"), "w", encoding="utf-8"):
            pass
        os.chmod(self.path("state", "trace.db"), 0o444)
        self.nobody("storage", self.path("state", "trace.db"), "written to",
                    seen=not_stored)

    def test_spool_folder_that_cannot_be_made(self):
        os.chmod(self.path("run"), 0o500)
        self.nobody("spool folder", self.path("run", "spool"),
                    "cannot make", "set spool_dir", seen=not_in_file)

    def test_spool_folder_of_another_user(self):
        self.make("run/spool")
        self.nobody("spool folder", self.path("run", "spool"),
                    "Permission denied", seen=not_in_file)

    def test_spool_folder_of_another_user_that_all_may_enter(self):
        self.make("run/spool")
        os.chmod(self.path("run", "spool"), 0o755)
        self.nobody("spool folder", self.path("run", "spool"),
                    "user's own", seen=not_in_file)

    def test_spool_folder_that_is_read_only(self):
        self.make("run/spool")
        self.give_away("run")
        os.chmod(self.path("run", "spool"), 0o500)
        self.nobody("spool folder", self.path("run", "spool"),
                    seen=not_in_file)

    def test_configuration_that_may_not_be_read(self):
        os.chmod(self.path("osprof.ini"), 0o600)
        self.nobody("configuration", self.path("osprof.ini"),
                    "Permission denied", seen=not_configured)


class Disks(Surroundings):
    """What needs a file system of its own."""

    def test_storage_on_a_full_disk(self):
        with whole.small_disk(self.path("state"), "size=64k"):
            whole.fill(self.path("state"))
            self.surroundings("storage", self.path("state"), "full",
                              seen=not_stored)

    def test_storage_on_a_disk_that_gets_full(self):
        with whole.small_disk(self.path("state"), "size=64k"):
            self.surroundings("storage", self.path("state"), "full",
                              seen=lambda c: c["failed"] > 0)

    def test_storage_on_a_disk_that_is_read_only(self):
        with whole.small_disk(self.path("state"), "size=64k,ro"):
            self.surroundings("storage", self.path("state"), "written to",
                              seen=not_stored)

    def test_spool_on_a_full_disk(self):
        with whole.small_disk(self.path("run"), "size=64k,mode=0700"):
            self.make("run/spool")
            whole.fill(self.path("run"))
            self.surroundings("spool folder", self.path("run", "spool"),
                              "No space left", "spool_dir", seen=not_in_file)

    def test_spool_on_a_disk_with_no_room_for_a_ring(self):
        with whole.small_disk(self.path("run"), "size=512k,mode=0700"):
            self.surroundings("spool folder", self.path("run", "spool"),
                              "No space left", "spool_dir", seen=not_in_file)

    def test_spool_on_a_disk_that_is_read_only(self):
        with whole.small_disk(self.path("run"), "size=64k,ro"):
            self.surroundings("spool folder", self.path("run", "spool"),
                              "set spool_dir", seen=not_in_file)


class Spool(Surroundings):
    def test_spool_folder_whose_parent_is_missing(self):
        self.configure(spool_dir=self.path("none", "spool"))
        self.surroundings("spool folder", self.path("none", "spool"),
                          "cannot make", "set spool_dir", seen=not_in_file)

    def test_symlink_in_the_spool_folders_place(self):
        self.make("elsewhere")
        os.symlink(self.path("elsewhere"), self.path("run", "spool"))
        self.surroundings("spool folder", self.path("run", "spool"),
                          "not a link", seen=not_in_file)
        self.assertEqual(os.listdir(self.path("elsewhere")), [])

    def test_file_in_the_spool_folders_place(self):
        with open(self.path("run", "spool"), "w", encoding="utf-8"):
            pass
        self.surroundings("spool folder", self.path("run", "spool"),
                          "Not a directory", seen=not_in_file)

    def test_spool_folder_that_the_group_may_write(self):
        self.make("run/spool")
        os.chmod(self.path("run", "spool"), 0o770)
        self.surroundings("spool folder", self.path("run", "spool"),
                          "writable by no one else", seen=not_in_file)

    def test_spool_folder_that_all_may_write(self):
        self.make("run/spool")
        os.chmod(self.path("run", "spool"), 0o777)
        self.surroundings("spool folder", self.path("run", "spool"),
                          "writable by no one else", seen=not_in_file)

    def test_spool_folder_is_the_users_alone(self):
        traced, _ = self.work_counted()
        self.assertEqual(traced[0], 3)
        mode = stat.S_IMODE(os.stat(self.path("run", "spool")).st_mode)
        self.assertEqual(mode, 0o700)
        self.assertEqual(os.listdir(self.path("run", "spool")), [])


class Configuration(Surroundings):
    def bad(self, *words):
        self.surroundings("configuration", self.path("osprof.ini"), *words,
                          seen=not_configured)

    def test_garbage(self):
        self.write_ini("\x01\x02 not = [ an ini file\n\n]]")
        self.bad()

    def test_bytes_that_are_no_text(self):
        with open(self.path("osprof.ini"), "wb") as file:
            file.write(bytes(range(256)) * 40)
        self.bad()

    def test_value_that_is_none(self):
        self.configure(hide_args="perhaps")
        self.bad("line", "hide_args = perhaps")

    def test_folder(self):
        os.unlink(self.path("osprof.ini"))
        self.make("osprof.ini")
        self.bad("not a regular file")

    def test_missing_though_named(self):
        os.unlink(self.path("osprof.ini"))
        self.bad("No such file")

    def test_fifo(self):
        os.unlink(self.path("osprof.ini"))
        os.mkfifo(self.path("osprof.ini"))
        self.bad("not a regular file")

    def test_endless_file(self):
        os.unlink(self.path("osprof.ini"))
        os.symlink("/dev/zero", self.path("osprof.ini"))
        self.bad("not a regular file")


class Storage(Surroundings):
    def test_unknown_scheme(self):
        self.configure(connection_string="gopher://secret@host/x")
        self.surroundings("storage", "no driver", "gopher", "sqlite://",
                          seen=not_stored)
        self.assertNotIn("secret", self.osprof("doctor", status=1))

    def test_no_uri_at_all(self):
        self.configure(connection_string="somewhere over the rainbow")
        self.surroundings("storage", "malformed", "sqlite://",
                          seen=not_stored)

    def test_broken_uri(self):
        self.configure(connection_string="sqlite:///x%zz?")
        self.surroundings("storage", "connection string", seen=not_stored)

    def test_storage_that_is_another_file(self):
        with open(self.path("state", "trace.db"), "w",
                  encoding="utf-8") as file:
            file.write("Dear diary, " * 100)
        self.surroundings("storage", self.path("state", "trace.db"),
                          "no SQLite database", seen=not_stored)

    def test_storage_that_is_a_folder(self):
        self.make("state/trace.db")
        self.surroundings("storage", self.path("state", "trace.db"),
                          "no regular file", seen=not_stored)

    def test_storage_that_is_a_symlink(self):
        os.symlink("/dev/null", self.path("state", "trace.db"))
        self.surroundings("storage", self.path("state", "trace.db"),
                          "symbolic link", seen=not_stored)

    def test_driver_that_is_not_installed(self):
        # An installation of osprof that has lost its drivers.
        shutil.copytree(os.path.join(whole.BUILD, "lib"), self.path("lib"),
                        symlinks=True, ignore=lambda *_: ["osprof"])
        self.make("bin")
        self.doctor = shutil.copy(whole.OSPROF, self.path("bin"))
        self.env["LD_LIBRARY_PATH"] = self.path("lib")
        self.surroundings("storage", "collector-sqlite.so", "not installed",
                          seen=not_stored)


class Healthy(whole.Case):
    def test_the_doctor_finds_nothing_wrong(self):
        plain = self.work(whole.PLAIN)
        traced, counters = self.work_counted()
        self.assertEqual(plain, traced)
        for counted in counters:
            self.assertEqual(counted["delivered"], counted["called"])
        self.osprof("doctor")

    def test_no_configuration_is_no_thread_and_no_trace(self):
        del self.env["OSPROF_CONFIG"]
        os.unlink(self.path("osprof.ini"))
        self.assertEqual(self.work(whole.PLAIN), self.work(whole.TRACED))
        self.assertEqual(os.listdir(self.path("run")), [])
        self.assertEqual(os.listdir(self.path("state")), [])


if __name__ == "__main__":
    whole.main()
