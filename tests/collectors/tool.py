"""Runs collector_tool, and makes the surroundings that go wrong."""
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import unittest

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import nobody  # noqa: E402

TOOL = sys.argv.pop(1) if len(sys.argv) > 1 else None
BASE = 'b0b1b2b3-b4b5-b6b7-b8b9-babbbcbdbebf'
TRACE = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
HINDERED = nobody.hindered(TOOL) if TOOL else None
needs_nobody = unittest.skipIf(HINDERED, HINDERED)


def start(*arguments, **options):
    return subprocess.Popen([TOOL] + [str(a) for a in arguments],
                            stdin=options.pop('stdin', subprocess.DEVNULL),
                            stdout=subprocess.PIPE, **options)


def run(*arguments, **options):
    """Returns the exit status and what was printed."""
    process = start(*arguments, **options)
    out = process.communicate()[0].decode()
    return process.returncode, out


def ok(*arguments, **options):
    status, out = run(*arguments, **options)
    assert status == 0, (arguments, out)
    return out


def messages(uri, base_id, **options):
    """The messages of a trace, each a dictionary of texts."""
    found = []
    for line in ok('read', uri, base_id, **options).splitlines():
        if line.startswith('name'):
            found.append({})
        key, has_value, value = line.partition('=')
        found[-1][key.split(' ')[0]] = value if has_value else None
    return found


def file_size_limit(size):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


@contextlib.contextmanager
def small_disk(options):
    """A file system of its own; only root can make one."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs',
                               folder], stderr=subprocess.DEVNULL)
        if done.returncode:
            raise unittest.SkipTest('only root can mount a small tmpfs')
        try:
            yield folder
        finally:
            subprocess.run(['umount', folder], check=True)


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.chmod(self.folder, 0o755)

    def path(self, *names):
        return os.path.join(self.folder, *names)
