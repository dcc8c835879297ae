"""How a server is run: by whom, with what around it, on which port."""
import ctypes
import os
import signal
import socket
import subprocess

PR_SET_PDEATHSIG = 1
# Servers refuse to be root.
NOBODY = {"user": "nobody", "group": "nogroup", "extra_groups": []}


def options():
    return NOBODY if os.getuid() == 0 else {}


def own(folder):
    """Give the folder to those who run in it."""
    if os.getuid() == 0:
        os.chown(folder, 65534, 65534)


def popen(command, folder, **streams):
    """Start a command that ends with this process, if not before."""
    parent = os.getpid()

    def end_with_parent():
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
        if os.getppid() != parent:
            os._exit(1)

    environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C",
                   "TZ": "UTC", "HOME": folder}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        preexec_fn=end_with_parent, umask=0o077, **options(), **streams)


def run(command, folder):
    """Run a command to its end; its words are shown where it fails."""
    with popen(command, folder, stdout=subprocess.PIPE,
               stderr=subprocess.STDOUT) as process:
        words = process.communicate()[0]
        if process.returncode:
            os.write(2, words)
            raise subprocess.CalledProcessError(process.returncode, command)
        return words


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
