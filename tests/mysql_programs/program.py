# MySQLdb: parameters, which it puts into the text, errors, transactions,
# streamed rows, a procedure, warnings.
import os

import MySQLdb
import MySQLdb.cursors

db = MySQLdb.connect(unix_socket=os.environ["OSPROF_TEST_SOCKET"],
                     user=os.environ["OSPROF_TEST_USER"],
                     passwd=os.environ["OSPROF_TEST_PASSWORD"],
                     db=os.environ["OSPROF_TEST_DATABASE"],
                     charset="utf8mb4", local_infile=1)
cursor = db.cursor()


def run(*arguments):
    try:
        print(cursor.execute(*arguments), cursor.lastrowid, cursor.fetchall())
    except MySQLdb.Error as error:
        print(type(error).__name__, *error.args)


run("create table item (id int auto_increment primary key, "
    "name varchar(40) unique, data blob)")
for i in range(3):
    run("insert into item (name, data) values (%s, %s)",
        ("it's caf\u00e9 %d" % i, b"\0\1'"))
db.commit()
cursor.executemany("insert into item (name) values (%s)",
                   [("many %d" % i,) for i in range(50)])
db.rollback()
run("select id, name, data from item where id > %s order by id", (1,))
run("insert into item (name) values (%s)", ("it's caf\u00e9 1",))
run("selec 1")
run("select * from nowhere")
run("select cast('x' as signed)")
run("update item set name = concat(name, '!') where id < 3")
db.autocommit(True)
with open("rows", "w", encoding="ascii") as rows:
    rows.write("10\tfrom a file\n11\talso\n")
run("load data local infile 'rows' into table item (id, name)")
run("create procedure two() begin select pi(); select pi() + pi(); end")
cursor.callproc("two")
print(cursor.fetchall())
while cursor.nextset():
    print(cursor.fetchall())
streamed = db.cursor(MySQLdb.cursors.SSCursor)
streamed.execute("select id from item order by id")
print(streamed.fetchone())
streamed.close()
db.ping()
db.select_db(os.environ["OSPROF_TEST_DATABASE"])
print(db.escape_string("it's"), db.character_set_name())
db.close()
