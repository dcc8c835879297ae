#!/usr/bin/python3
"""Where fetched servers and templates of data folders are kept.

OSPROF_TEST_CACHE names the folder.  Without it, root's is in /var/cache, where
the servers that run as nobody can read it.  Run by itself, this tells where.
"""
import os


def path(*names):
    """The path of something in the cache, or of all of it."""
    named = os.environ.get("OSPROF_TEST_CACHE")
    if not named and os.getuid() == 0:
        named = "/var/cache/osprof-tests"
    if not named:
        named = os.path.join(os.environ.get(
            "XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "osprof-tests")
    return os.path.join(os.path.abspath(named), *names)


def folder(name):
    """A folder of the cache, made if need be."""
    made = path(name)
    os.makedirs(made, exist_ok=True)
    return made


if __name__ == "__main__":
    print(path())
