#!/usr/bin/python3
"""sqlite:// and the real OSProfiler read each other's tables, and ours stays
whole whatever happens.

Usage: sqlite_test.py COLLECTOR_TOOL
"""
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import time
import unittest

import tool
from tool import BASE, TRACE

try:
    import sqlalchemy  # noqa: the driver hides that it is missing
    import osprofiler.drivers.sqlalchemy_driver
    from osprofiler import profiler, notifier
    REAL = True
except ImportError:
    REAL = False

needs_osprofiler = unittest.skipUnless(
    REAL, 'python3-osprofiler and python3-sqlalchemy are not installed')


def real_driver(path, **names):
    """The real driver refuses the scheme sqlite; its class does not."""
    from osprofiler.drivers.sqlalchemy_driver import SQLAlchemyDriver
    return SQLAlchemyDriver('sqlite:///' + path, **names)


def plugin():
    folder = os.path.dirname(os.path.abspath(tool.TOOL))
    return os.path.join(folder, '..', 'lib', 'osprof', 'collector-sqlite.so')


class SqliteTest(tool.Case):
    def setUp(self):
        super().setUp()
        self.file = self.path('trace.db')
        self.uri = 'sqlite://' + self.file

    def sql(self, *statement):
        database = sqlite3.connect(self.file)
        try:
            with database:
                return database.execute(*statement).fetchall()
        finally:
            database.close()

    def list(self):
        return [line.split(' ')
                for line in tool.ok('list', self.uri).splitlines()]

    # What is stored

    def test_a_message_comes_back_as_it_was_written(self):
        tool.ok('write', self.uri, 1, 10)

        start, stop = tool.messages(self.uri, BASE)

        self.assertEqual(start['name'], 'db-start')
        self.assertEqual(stop['name'], 'db-stop')
        self.assertEqual(start['base_id'], BASE)
        self.assertEqual(start['parent_id'], BASE)
        self.assertEqual(start['trace_id'], stop['trace_id'])
        self.assertEqual(start['timestamp'], '2023-11-14T22:13:20.000000')
        self.assertEqual(start['project'], 'shop')
        self.assertEqual(start['service'], 'web')
        self.assertEqual(start['host'], 'h1')
        self.assertEqual(json.loads(start['json']),
                         {'info': json.loads(start['info'])})
        self.assertEqual(json.loads(start['info'])['db']['statement'],
                         'SELECT "a\\b" FROM t -- é\n')

    def test_data_is_encoded_twice_as_osprofiler_does(self):
        tool.ok('write', self.uri, 1, 10)

        (data,), = self.sql("SELECT data FROM data WHERE name = 'db-stop'")

        payload = json.dumps({'info': {'db': {'rows': 0}, 'host': 'h1'}})
        self.assertEqual(data, json.dumps(payload))

    def test_the_host_column_is_the_writers(self):
        tool.ok('write', self.uri, 1, 10, BASE, 'publisher')

        self.assertEqual(self.sql('SELECT DISTINCT host FROM data'),
                         [('publisher',)])

    def test_file_and_folder_are_private_whatever_the_umask(self):
        uri = 'sqlite://' + self.path('new', 'trace.db')

        tool.ok('write', uri, 1, 10, preexec_fn=lambda: os.umask(0))

        for path, mode in ((self.path('new'), 0o700),
                           (self.path('new', 'trace.db'), 0o600)):
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), mode)

    def test_the_log_is_as_private_as_the_database(self):
        writer = tool.start('write', self.uri, 200000, 100,
                            preexec_fn=lambda: os.umask(0))
        while not os.path.exists(self.file + '-wal'):
            self.assertIsNone(writer.poll())
        modes = {stat.S_IMODE(os.stat(self.path(name)).st_mode)
                 for name in os.listdir(self.folder)}
        writer.kill()
        writer.communicate()

        self.assertEqual(modes, {0o600})

    def test_the_default_lies_in_the_state_folder(self):
        state = dict(os.environ, XDG_STATE_HOME=self.folder)

        tool.ok('write', 'sqlite://', 1, 10, env=state)

        self.assertEqual(len(tool.messages('', BASE, env=state)), 2)
        self.assertTrue(os.path.exists(self.path('osprof', 'trace.db')))

    def test_the_list_counts_points(self):
        tool.ok('write', self.uri, 3, 4)
        tool.ok('write', self.uri, 2, 100, TRACE)

        self.assertEqual(sorted(self.list()), [
            [TRACE, '2023-11-14T22:13:20.000000', '2'],
            [BASE, '2023-11-14T22:13:20.000000', '3']])

    def test_the_list_is_oldest_first(self):
        tool.ok('write', self.uri, 1, 10)
        for second in (3, 1, 2):
            self.sql('INSERT INTO data (timestamp, base_id, name, data) '
                     "VALUES (?, ?, 'x-start', '{}')",
                     ('2020-01-01T00:00:0%d.000000' % second, second))

        self.assertEqual([t[0] for t in self.list()], ['1', '2', '3', BASE])

    def test_the_list_follows_rows_that_are_removed(self):
        tool.ok('write', self.uri, 3, 100)
        tool.ok('write', self.uri, 3, 100, TRACE)

        self.sql('DELETE FROM data WHERE base_id = ? AND id <= 2', (BASE,))
        self.sql('DELETE FROM data WHERE base_id = ?', (TRACE,))

        self.assertEqual([(t[0], t[2]) for t in self.list()], [(BASE, '2')])

    def test_show_and_list_use_their_indexes(self):
        tool.ok('write', self.uri, 1, 10)

        plan = self.sql('EXPLAIN QUERY PLAN SELECT data FROM data '
                        'WHERE base_id = ? ORDER BY id', ('x',))

        self.assertEqual([row[3] for row in plan],
                         ['SEARCH data USING INDEX ix_data_base_id '
                          '(base_id=?)'])

    # With the real OSProfiler

    @needs_osprofiler
    def test_osprofiler_reads_what_we_wrote(self):
        tool.ok('write', self.uri, 2, 10, TRACE)

        report = real_driver(self.file).get_report(TRACE)

        self.assertEqual(report['stats'],
                         {'db': {'count': 2, 'duration': 2}})
        first, second = report['children']
        self.assertEqual((first['info']['started'],
                          first['info']['finished']), (0, 1))
        self.assertEqual((second['info']['started'],
                          second['info']['finished']), (2, 3))
        start = first['info']['meta.raw_payload.db-start']
        self.assertEqual(start['info']['db']['statement'],
                         'SELECT "a\\b" FROM t -- é\n')
        self.assertEqual(first['info']['host'], 'h1')
        self.assertEqual(first['info']['project'], 'shop')

    @needs_osprofiler
    def test_osprofiler_lists_what_we_wrote(self):
        tool.ok('write', self.uri, 2, 10, TRACE)

        traces = real_driver(self.file).list_traces({'base_id', 'timestamp'})

        self.assertEqual(traces, [
            {'base_id': TRACE, 'timestamp': '2023-11-14T22:13:20.000000'}])

    def osprofiler_writes(self, host='theirs'):
        driver = real_driver(self.file, project='p', service='s', host=host)
        notifier.set(driver.notify)
        profiler.init('key', base_id=TRACE)
        with profiler.Trace('wsgi', info={'request': {'path': '/é"'}}):
            with profiler.Trace('db', info={'db': {'statement': 'x'}}):
                pass
        profiler.clean()
        return driver

    @needs_osprofiler
    def test_we_read_what_osprofiler_wrote(self):
        self.osprofiler_writes()

        found = tool.messages(self.uri, TRACE)

        self.assertEqual([m['name'] for m in found],
                         ['wsgi-start', 'db-start', 'db-stop', 'wsgi-stop'])
        self.assertEqual(found[1]['parent_id'], found[0]['trace_id'])
        self.assertEqual(found[0]['host'], 'theirs')
        self.assertEqual(json.loads(found[0]['info'])['request'],
                         {'path': '/é"'})

    @needs_osprofiler
    def test_a_table_that_osprofiler_made_is_listed_unchanged(self):
        self.osprofiler_writes()
        with open(self.file, 'rb') as file:
            before = file.read()

        traces = self.list()

        self.assertEqual([(t[0], t[2]) for t in traces], [(TRACE, '2')])
        with open(self.file, 'rb') as file:
            self.assertEqual(file.read(), before)

    @needs_osprofiler
    def test_a_table_that_osprofiler_made_gets_our_summary(self):
        self.osprofiler_writes()

        tool.ok('write', self.uri, 1, 10)

        self.assertEqual(sorted((t[0], t[2]) for t in self.list()),
                         [(TRACE, '2'), (BASE, '1')])
        self.assertEqual(self.sql('SELECT count(*) FROM osprof_trace'),
                         [(2,)])

    @needs_osprofiler
    def test_what_osprofiler_adds_to_our_table_is_in_the_summary(self):
        tool.ok('write', self.uri, 1, 10)

        self.osprofiler_writes()

        self.assertEqual(sorted((t[0], t[2]) for t in self.list()),
                         [(TRACE, '2'), (BASE, '1')])

    @needs_osprofiler
    def test_our_table_has_osprofilers_columns(self):
        tool.ok('write', self.uri, 1, 10)
        ours = self.sql('PRAGMA table_info(data)')
        self.file = self.path('theirs.db')

        real_driver(self.file)

        self.assertEqual(self.sql('PRAGMA table_info(data)'), ours)

    # Odd contents

    def test_rows_that_are_no_messages_are_skipped(self):
        tool.ok('write', self.uri, 1, 10)
        for data in ('{', '"{"', '[]', '"[1]"', None, 7, '', '"\\u00zz"'):
            self.sql('INSERT INTO data (base_id, trace_id, name, data) '
                     'VALUES (?, ?, ?, ?)', (BASE, 't', 'x-start', data))
        self.sql('INSERT INTO data (base_id, data) VALUES (?, ?)',
                 (BASE, '{"info": {}}'))

        self.assertEqual(tool.ok('count', self.uri, BASE),
                         '2 messages, 9 skipped\n')

    def test_a_payload_encoded_once_is_read(self):
        tool.ok('write', self.uri, 1, 10)
        self.sql('INSERT INTO data (base_id, trace_id, name, data) '
                 'VALUES (?, ?, ?, ?)', (TRACE, 't', 'x-start',
                                         '{"info": {"host": "h9"}}'))

        message, = tool.messages(self.uri, TRACE)

        self.assertEqual(message['json'], '{"info": {"host": "h9"}}')
        self.assertEqual(message['host'], 'h9')
        self.assertIsNone(message['service'])

    def test_a_summary_half_there_is_made_anew(self):
        tool.ok('write', self.uri, 1, 10)
        self.sql('DROP TRIGGER osprof_trace_insert')
        self.sql('INSERT INTO data (base_id, trace_id, name, data) '
                 "VALUES (?, 't', 'x-start', '{}')", (BASE,))

        without_ours = self.list()
        tool.ok('write', self.uri, 1, 10)

        self.assertEqual(without_ours[0][2], '2')
        self.assertEqual(self.list()[0][2], '3')

    # Reading changes nothing

    def test_nothing_stored_is_said_and_nothing_made(self):
        status, out = tool.run('list', self.uri)

        self.assertEqual(status, 1)
        self.assertIn('no traces are stored', out)
        self.assertEqual(os.listdir(self.folder), [])

    def test_reading_leaves_no_files_behind(self):
        tool.ok('write', self.uri, 1, 10)

        self.list()
        tool.messages(self.uri, BASE)

        self.assertEqual(os.listdir(self.folder), ['trace.db'])

    def test_a_database_without_traces_is_said_and_left_alone(self):
        self.sql('CREATE TABLE other (a)')

        for command in (('list', self.uri), ('read', self.uri, BASE)):
            status, out = tool.run(*command)
            self.assertEqual(status, 1)
            self.assertIn('holds no traces', out)
        self.assertEqual(self.sql('SELECT name FROM sqlite_master'),
                         [('other',)])

    def test_an_unknown_trace_is_said(self):
        tool.ok('write', self.uri, 1, 10)

        status, out = tool.run('read', self.uri, TRACE)

        self.assertEqual(status, 1)
        self.assertIn('there is no trace ' + TRACE, out)

    @tool.needs_nobody
    def test_a_read_only_folder_can_be_read(self):
        tool.ok('write', self.uri, 1, 10)
        os.chmod(self.file, 0o644)

        out = tool.ok('count', self.uri, BASE, preexec_fn=tool.nobody.become)

        self.assertEqual(out, '2 messages, 0 skipped\n')
        self.assertEqual(os.listdir(self.folder), ['trace.db'])

    @tool.needs_nobody
    def test_a_read_only_folder_with_a_log_says_what_is_wrong(self):
        tool.ok('write', self.uri, 1, 10)
        database = sqlite3.connect(self.file)
        database.execute('INSERT INTO data (base_id) VALUES (1)')
        database.commit()
        self.assertGreater(os.path.getsize(self.file + '-wal'), 0)
        copy = self.path('copy')
        os.mkdir(copy)
        for name in ('trace.db', 'trace.db-wal'):
            shutil.copy(self.path(name), copy)
            os.chmod(os.path.join(copy, name), 0o644)
        database.close()

        status, out = tool.run('list', 'sqlite://' + copy + '/trace.db',
                               preexec_fn=tool.nobody.become)

        self.assertEqual(status, 1)
        self.assertIn('cannot read ' + copy, out)
        self.assertIn('opened', out)

    # Trouble

    @tool.needs_nobody
    def test_a_folder_that_is_not_ours_to_write_is_an_error(self):
        status, out = tool.run('write', self.uri, 1, 1,
                               preexec_fn=tool.nobody.become)

        self.assertEqual(status, 1)
        self.assertIn('Permission denied', out)

    @tool.needs_nobody
    def test_a_database_that_is_not_ours_to_write_is_an_error(self):
        tool.ok('write', self.uri, 1, 10)
        os.chmod(self.file, 0o644)

        status, out = tool.run('write', self.uri, 1, 1,
                               preexec_fn=tool.nobody.become)

        self.assertEqual(status, 1)
        self.assertIn('cannot', out)
        self.assertIn(self.file, out)

    def test_what_is_no_database_is_an_error_and_left_alone(self):
        with open(self.file, 'wb') as file:
            file.write(b'not a database' * 100)

        for command in (('write', self.uri, 1, 1), ('list', self.uri)):
            status, out = tool.run(*command)
            self.assertEqual(status, 1)
            self.assertIn('it is no SQLite database', out)
        self.assertEqual(os.path.getsize(self.file), 1400)

    def test_a_damaged_database_is_an_error(self):
        tool.ok('write', self.uri, 500, 100)
        with open(self.file, 'r+b') as file:
            file.seek(4096)
            file.write(b'\xee' * (os.path.getsize(self.file) - 4096))

        for command in (('write', self.uri, 1, 1), ('read', self.uri, BASE)):
            status, out = tool.run(*command)
            self.assertEqual(status, 1)
            self.assertIn('it is damaged', out)

    def test_a_symbolic_link_is_refused(self):
        os.symlink(self.path('target'), self.file)

        for command in (('write', self.uri, 1, 1), ('list', self.uri)):
            status, out = tool.run(*command)
            self.assertEqual(status, 1)
            self.assertIn('a symbolic link', out)
        self.assertFalse(os.path.exists(self.path('target')))

    def test_a_foreign_table_of_that_name_is_an_error(self):
        self.sql('CREATE TABLE data (a)')

        status, out = tool.run('write', self.uri, 1, 1)

        self.assertEqual(status, 1)
        self.assertIn('base_id', out)
        self.assertEqual(self.sql('SELECT name FROM sqlite_master'),
                         [('data',)])

    def test_a_locked_database_is_an_error_and_later_all_is_there(self):
        tool.ok('write', self.uri, 1, 10)
        locker = sqlite3.connect(self.file, isolation_level=None)
        locker.execute('BEGIN IMMEDIATE')
        writer = tool.start('write', self.uri, 5, 100,
                            stdin=subprocess.PIPE)

        said = writer.stdout.readline().decode()
        locker.execute('COMMIT')
        locker.close()
        rest, _ = writer.communicate(b'again\n')

        self.assertIn('another program has locked it', said)
        self.assertEqual((writer.returncode, rest), (0, b''))
        self.assertEqual(len(tool.messages(self.uri, BASE)), 12)

    def test_a_full_disk_is_an_error_and_later_all_is_there(self):
        with tool.small_disk('size=2m') as disk:
            uri = 'sqlite://' + os.path.join(disk, 'trace.db')
            ballast = os.path.join(disk, 'ballast')
            tool.ok('write', uri, 1, 10)
            with open(ballast, 'wb') as file:
                file.write(b'x' * 1950000)
            writer = tool.start('write', uri, 200, 1000,
                                stdin=subprocess.PIPE)

            said = writer.stdout.readline().decode()
            os.unlink(ballast)
            rest, _ = writer.communicate(b'again\n')

            self.assertIn('disk is full', said)
            self.assertEqual((writer.returncode, rest), (0, b''))
            self.assertEqual(tool.ok('count', uri, BASE),
                             '402 messages, 0 skipped\n')

    def test_the_file_size_limit_is_an_error_and_stores_nothing(self):
        tool.ok('write', self.uri, 1, 10)

        status, out = tool.run('write', self.uri, 500, 1000,
                               preexec_fn=tool.file_size_limit(100000))

        self.assertEqual(status, 1)
        self.assertIn('cannot write to', out)
        self.assertEqual(len(tool.messages(self.uri, BASE)), 2)

    def test_processes_share_a_database_without_loss(self):
        writers = [tool.start('write', self.uri, 500, 10) for _ in range(4)]
        results = [(w.communicate()[0], w.returncode) for w in writers]

        self.assertEqual(results, [(b'', 0)] * 4)
        found = tool.messages(self.uri, BASE)
        self.assertEqual(len({(m['trace_id'], m['name']) for m in found}),
                         4000)
        self.assertEqual(len(found), 4000)
        self.assertEqual(self.list()[0][2], '2000')

    def test_a_killed_writer_leaves_whole_batches(self):
        writer = tool.start('write', self.uri, 10000000, 10)
        while not os.path.exists(self.file + '-wal') or \
                os.path.getsize(self.file + '-wal') < 300000:
            self.assertIsNone(writer.poll())
            time.sleep(0.001)
        writer.kill()
        writer.communicate()

        found = tool.messages(self.uri, BASE)

        self.assertEqual(len(found) % 10, 0)
        self.assertGreater(len(found), 0)
        self.assertEqual(self.list()[0][2], str(len(found) // 2))
        self.assertEqual(self.sql('PRAGMA integrity_check'), [('ok',)])

    def test_a_database_that_was_removed_is_made_again(self):
        writer = tool.start('write', self.uri, 10000000, 10)
        while not os.path.exists(self.file + '-wal'):
            self.assertIsNone(writer.poll())
        for name in os.listdir(self.folder):
            os.unlink(self.path(name))
        while BASE not in tool.run('list', self.uri)[1]:
            self.assertIsNone(writer.poll())
        writer.kill()
        writer.communicate()

        self.assertEqual(self.sql('PRAGMA integrity_check'), [('ok',)])

    # The plugin

    def test_the_driver_exports_nothing_but_itself(self):
        names = subprocess.run(['nm', '-D', '--defined-only', plugin()],
                               stdout=subprocess.PIPE, check=True)

        self.assertEqual([line.split()[-1] for line in
                          names.stdout.decode().splitlines()
                          if not line.split()[-1].startswith('__')],
                         ['osprof_collector'])

    def test_the_driver_has_a_sqlite_of_its_own(self):
        needed = subprocess.run(['nm', '-D', '--undefined-only', plugin()],
                                stdout=subprocess.PIPE, check=True)

        if b'sqlite3_open' in needed.stdout:
            self.skipTest('built with the shared SQLite: no libsqlite3.a')
        self.assertNotIn(b'sqlite3_', needed.stdout)


if __name__ == '__main__':
    unittest.main()
