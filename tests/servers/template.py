"""Data folders are made once, kept in the cache, and copied for each server.

Beside the data lies the file `secret`: the password that is asked for at the
port, made up with the template.
"""
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess

from servers import account, cache

USER = "osprof"


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def password(folder):
    return read(folder, "secret").decode()


def make(kind, folder):
    secret = os.path.join(folder, "secret")
    with open(secret, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(8))
    os.chmod(secret, 0o600)
    account.own(secret)
    kind.initialise(folder)


def copy(source, target):
    """All of it, whose it is included."""
    subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)


def kept(kind):
    """Where the template is, or will be: other data, another place."""
    templates = cache.folder("templates")
    os.chmod(templates, 0o700)  # nobody can read another's password
    version = subprocess.run(kind.version(), check=True,
                             stdout=subprocess.PIPE).stdout
    here = os.path.dirname(os.path.abspath(__file__))
    recipes = [read(here, name) for name in ("kinds.py", "template.py")]
    digest = hashlib.sha256(b"\0".join([version, *recipes])).hexdigest()
    return os.path.join(templates, f"{kind.name}-{digest[:12]}")


def fill(kind, folder):
    """Put the template's content into an empty folder."""
    template = kept(kind)
    with open(template + ".lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second finds it made
        if not os.path.isdir(template):
            shutil.rmtree(template + ".new", ignore_errors=True)
            account.own(folder)
            make(kind, folder)
            copy(folder, template + ".new")
            os.rename(template + ".new", template)
            return
    copy(template + "/.", folder)
