"""Root may do anything: a test of permissions runs its program as nobody."""
import os

ID = 65534


def become():
    os.setgroups([])
    os.setgid(ID)
    os.setuid(ID)


def hindered(program):
    """Why that cannot be done here; None: it can."""
    if os.geteuid() != 0:
        return "only root can become another user"
    folder = os.path.dirname(os.path.abspath(program))
    while folder != "/":
        if not os.stat(folder).st_mode & 1:
            return "nobody may enter %s: build somewhere else" % folder
        folder = os.path.dirname(folder)
    return None
