"""Random messages of a trace, as ill-behaved as OSProfiler can take them."""
import re

OURS = re.compile(
    rb',\n *"(?:started|finished|last_trace_started|duration)_us": -?\d+')
HOSTILE = ['"', "\\", "/", "\x00", "\x1b[2J", "\x7f", "é", "漢", "😀",
           "\u202e", "\n", "</script>"]


def text(r):
    return "".join(r.choice(HOSTILE + ["select 1"]) for _ in range(r.randrange(5)))


def value(r, depth=0):
    kind = r.randrange(9)
    if kind == 0 and depth < 4:
        return {text(r): value(r, depth + 1) for _ in range(r.randrange(4))}
    if kind == 1 and depth < 4:
        return [value(r, depth + 1) for _ in range(r.randrange(4))]
    return r.choice([text(r), None, True, False, 0, -1, 10**20, 1.5, -0.0,
                     1e16, 1e-5, 1.25e300, float("nan"), float("-inf")])


def payload(r, stop):
    kind = r.randrange(12)
    if kind == 0:
        return None
    if kind == 1:
        return {}
    info = {"db": value(r)} if r.random() < .8 else {}
    if stop and r.random() < .3:
        info["etype"] = r.choice(["ValueError", None, 3, ["a", {"b": 1}], {},
                                  "\u202e\""])
        info["message"] = value(r)
    info["host"] = "h"
    return {"info": info}


def point(r, ids, base_id, at):
    """Messages of one point: usually two, sometimes one, three or four."""
    trace_id = r.choice(ids)
    parent = r.choice(ids + [base_id, "orphan", trace_id, None])
    name = r.choice(["db", "wsgi", "rpc", "driver-x", "a-b-c", "é", ""])
    ends = r.choice([["start", "stop"]] * 6 + [["start"], ["start"], ["stop"],
                    ["stop", "start"], ["start", "stop", "start"],
                    ["start", "stop", "stop"], ["start", "other", "stop"],
                    ["start", "nonstop", "stop"]])
    for end in ends:
        at += r.choice([0, 1, 400, 999, 1000, 1001, 1900, 70000, 10**9])
        yield (trace_id, parent, name + "-" + end,
               r.choice(["p", None]), r.choice(["s", None, "nova"]), "h",
               stamp(r, at), payload(r, end.endswith("stop")))


def stamp(r, us):
    seconds, us = divmod(us, 10**6)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    fraction = "%06d" % us
    if r.random() < .3:
        fraction = fraction.rstrip("0") or "0"
    return "20%02d-02-%02dT%02d:%02d:%02d.%s" % (
        24, 1 + days % 29, hours, minutes, seconds, fraction)


def messages(r):
    ids = ["id%d" % i for i in range(r.choice([1, 3, 10, 60]))]
    result = []
    for _ in range(r.choice([1, 2, 8, 40])):
        result.extend(point(r, ids, "base", r.randrange(10**r.randrange(1, 12))))
    if r.random() < .3:
        r.shuffle(result)
    # The real one cannot do without any start.
    result.append(("last", "base", "db-start", "p", "s", "h",
                   "2024-02-03T00:00:00.000001", {"info": {"host": "h"}}))
    return result


def theirs_of(report):
    """Our report without the members that only ours has."""
    return OURS.sub(b"", report)
