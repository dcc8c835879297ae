# pyodbc at MariaDB's ODBC driver: parameters, many rows at once, errors,
# several results, a procedure, the catalogue, a transaction.
import datetime
import os

import pyodbc

db = pyodbc.connect(
    "DRIVER=%s;SOCKET=%s;UID=%s;PWD=%s;DATABASE=%s;OPTION=67108864" % (
        os.environ["OSPROF_TEST_ODBC"], *[
            os.environ["OSPROF_TEST_" + name] for name in (
                "SOCKET", "USER", "PASSWORD", "DATABASE")]))
cursor = db.cursor()


def run(*arguments):
    try:
        cursor.execute(*arguments)
        print(cursor.rowcount, cursor.description and cursor.fetchall())
    except pyodbc.Error as error:
        print(type(error).__name__, *error.args)


INSERT = "insert into item (name, price, data, seen) values (?, ?, ?, ?)"
run("create table item (id int auto_increment primary key, "
    "name varchar(40) unique, price double, data longblob, seen datetime)")
for i in range(3):
    run(INSERT, "it's caf\u00e9 %d" % i, i / 4, b"\0\1\2",
        datetime.datetime(2024, 2, 29, 12, 30, i))
run(INSERT, "large", None, b"\xff" * 100000, None)
db.commit()
cursor.executemany(INSERT, [("many %d" % i, i, None, None) for i in range(9)])
cursor.fast_executemany = True
cursor.executemany("insert into item (name, price) values (?, ?)",
                   [("fast %d" % i, i) for i in range(9)])
db.rollback()
run("select id, name, price, seen from item where id > ? order by id", 1)
run("select length(data) from item where name = ?", "large")
run(INSERT, "it's caf\u00e9 1", None, None, None)
run("selec 1")
run("create procedure two(in x int) begin select x; select x + x; end")
run("{call two(?)}", 5)
while cursor.nextset():
    print(cursor.description and cursor.fetchall())
print([column[3] for column in cursor.columns(table="item")])
db.close()
