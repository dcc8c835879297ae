"""psycopg2: values, errors, a cursor of the server, COPY, a notification, a
large object, a query that is cancelled, a connection that is polled.
"""
import io
import select

import psycopg2
import psycopg2.extensions

db = psycopg2.connect("")
run = db.cursor()
run.execute("create table item (id integer primary key, name text unique, "
            "data bytea)")
run.executemany("insert into item values (%s, %s, %s)",
                [(i, "caf\u00e9 '%d'" % i, b"\0\1\2") for i in range(1, 6)])
db.commit()
for text in ("selec 1", "insert into item values (1)", "select 1/0"):
    try:
        run.execute(text)
    except psycopg2.Error as error:
        print(error.pgcode, error)
    db.rollback()
with db.cursor("held") as held:
    held.itersize = 2
    held.execute("select name from item where id > %s order by id", (1,))
    print([name for name, in held])
run.copy_from(io.StringIO("6\tsix\n7\tseven\n"), "item",
              columns=("id", "name"))
out = io.StringIO()
run.copy_expert("copy item (id, name) to stdout", out)
print(out.getvalue())
try:
    run.copy_from(io.StringIO("x\n"), "item")
except psycopg2.Error as error:
    print(error.pgcode, error)
db.rollback()
large = db.lobject(0, "w")
print(large.write("large"))
large.close()
large = db.lobject(large.oid, "r")
print(large.read())
large.unlink()
db.commit()
db.autocommit = True
run.execute("listen heard; notify heard, 'so'")
db.poll()
print([notify.payload for notify in db.notifies])
run.execute("do $$ begin raise notice 'noticed'; end $$")
print(db.notices)
db.set_client_encoding("LATIN1")
run.execute("select name from item where id = 1")
print(run.fetchone())
db.close()


def wait(connection):
    """Until the connection has done what it was asked."""
    state = connection.poll()
    while state != psycopg2.extensions.POLL_OK:
        if state == psycopg2.extensions.POLL_READ:
            select.select([connection], [], [])
        else:
            select.select([], [connection], [])
        state = connection.poll()


db = psycopg2.connect("", async_=True)
wait(db)
run = db.cursor()
run.execute("select 'later', %s", (7,))
wait(db)
print(run.fetchall())
run.execute("select pg_sleep(60)")
with psycopg2.connect("") as other:
    other.cursor().execute("""\
do $$ begin
  while not exists (select from pg_stat_activity
    where query = 'select pg_sleep(60)' and wait_event = 'PgSleep') loop
    perform pg_stat_clear_snapshot();
    perform pg_sleep(0.01);
  end loop;
end $$""")
db.cancel()
try:
    wait(db)
except psycopg2.Error as error:
    print(error.pgcode, error)
