"""The sqlite3 module: cursors, executemany, callbacks, blobs, a backup."""
import sqlite3
import threading

db = sqlite3.connect("python.db")
db.execute("create table item (id integer primary key, name text unique, "
           "price real, data blob)")
with db:
    db.executemany("insert into item values (?, ?, ?, ?)",
                   [(i, "caf\u00e9 %d" % i, i / 4, b"\0\1\2")
                    for i in range(1, 6)])
try:
    with db:
        db.execute("insert into item (name) values (:name)",
                   {"name": "caf\u00e9 1"})
except sqlite3.IntegrityError as error:
    print(error)
try:
    db.execute("selec 1")
except sqlite3.OperationalError as error:
    print(error)

# A callback that runs a statement of its own, on another connection.
other = sqlite3.connect(":memory:")


def twice(value):
    return other.execute("select 2 * ?", (value,)).fetchone()[0]


db.create_function("twice", 1, twice)
for row in db.execute("select id, name, twice(id) from item where id > ?",
                      (3,)):
    print(row)
cursor = db.cursor()
cursor.execute("select id from item order by id")
print(cursor.fetchone(), cursor.fetchmany(2))
cursor.execute("select count(*) from item")
print(cursor.fetchall())
cursor.executescript("create table log (t); insert into log values (1); "
                     "insert into log values (2)")
with sqlite3.connect("copy.db") as copy:
    db.backup(copy)
print(list(db.iterdump())[-2:])

results = []


def work(number):
    own = sqlite3.connect("python.db", timeout=20)
    for i in range(20):
        rows = own.execute("select ? from item where id <= ?",
                           (1000 * number + i, 2)).fetchall()
        results.append(rows[1][0])
    own.close()


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results) == sorted(1000 * n + i for n in range(4)
                                for i in range(20)))
