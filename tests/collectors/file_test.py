#!/usr/bin/python3
"""file:// writes whole lines, whatever happens, and reads them back.

Usage: file_test.py COLLECTOR_TOOL
"""
import json
import os
import stat
import subprocess
import unittest

import tool
from tool import BASE, TRACE


class FileTest(tool.Case):
    def setUp(self):
        super().setUp()
        self.file = self.path('trace.jsonl')
        self.uri = 'file://' + self.file

    def lines(self, path=None):
        with open(path or self.file, 'rb') as file:
            return file.read().split(b'\n')

    def test_a_message_comes_back_as_it_was_written(self):
        tool.ok('write', self.uri, 1, 10)

        line = self.lines()[0].decode()
        start, stop = tool.messages(self.uri, BASE)

        self.assertEqual(start['json'], line)
        self.assertEqual(json.dumps(json.loads(line)), line)
        self.assertEqual(start['name'], 'db-start')
        self.assertEqual(stop['name'], 'db-stop')
        self.assertEqual(start['trace_id'], stop['trace_id'])
        self.assertEqual(start['parent_id'], BASE)
        self.assertEqual(start['timestamp'], '2023-11-14T22:13:20.000000')
        self.assertEqual(start['host'], 'h1')
        self.assertEqual(start['project'], 'shop')
        self.assertEqual(start['service'], 'web')
        self.assertEqual(json.loads(start['info'])['db']['statement'],
                         'SELECT "a\\b" FROM t -- é\n')

    def test_lines_are_found_wherever_the_id_stands_in_them(self):
        def line(**members):
            return json.dumps(dict(members, trace_id=TRACE, info={}))

        wide = line(name='db-start', parent_id='p' * 40, base_id=BASE)
        narrow = line(base_id=BASE, name='n')
        other = line(base_id='o' * 36, name='n')
        lines = [wide, narrow, wide, other, wide, other, narrow, narrow,
                 other, wide, narrow, wide]
        with open(self.file, 'w') as file:
            file.write('\n'.join(lines) + '\n')

        found = [m['json'] for m in tool.messages(self.uri, BASE)]

        self.assertEqual(found, [l for l in lines if l != other])

    def test_file_and_folder_are_private_whatever_the_umask(self):
        uri = 'file://' + self.path('new', 'er', 'trace.jsonl')

        tool.ok('write', uri, 1, 10, preexec_fn=lambda: os.umask(0))
        tool.ok('write', self.uri, 1, 10,
                preexec_fn=lambda: os.umask(0o777))

        for path, mode in ((self.path('new'), 0o700),
                           (self.path('new', 'er'), 0o700),
                           (self.path('new', 'er', 'trace.jsonl'), 0o600),
                           (self.file, 0o600)):
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), mode, path)

    def test_the_default_lies_in_the_state_folder(self):
        state = dict(os.environ, XDG_STATE_HOME=self.folder)

        tool.ok('write', 'file://', 1, 10, env=state)

        self.assertEqual(len(tool.messages('file://', BASE, env=state)), 2)
        self.assertTrue(os.path.exists(self.path('osprof', 'trace.jsonl')))

    def test_a_trace_is_told_from_the_others(self):
        tool.ok('write', self.uri, 3, 100)
        tool.ok('write', self.uri, 2, 100, TRACE)
        tool.ok('write', self.uri, 1, 100, 'é"\\/')

        self.assertEqual(len(tool.messages(self.uri, BASE)), 6)
        self.assertEqual(len(tool.messages(self.uri, TRACE)), 4)
        self.assertEqual(len(tool.messages(self.uri, 'é"\\/')), 2)
        self.assertEqual(
            tool.ok('list', self.uri).splitlines(),
            ['%s 2023-11-14T22:13:20.000000 %d' % trace
             for trace in ((BASE, 3), (TRACE, 2), ('é"\\/', 1))])

    def test_a_part_of_an_id_is_no_trace(self):
        tool.ok('write', self.uri, 1, 100)

        status, out = tool.run('read', self.uri, BASE[:-1])

        self.assertEqual(status, 1)
        self.assertIn('there is no trace', out)

    def test_nothing_stored_is_said_and_nothing_made(self):
        status, out = tool.run('list', self.uri)

        self.assertEqual(status, 1)
        self.assertIn('no traces are stored', out)
        self.assertEqual(os.listdir(self.folder), [])

    def test_torn_and_foreign_lines_are_skipped(self):
        tool.ok('write', self.uri, 1, 10)
        whole = self.lines()[0]
        with open(self.file, 'ab') as file:
            file.write(b'not json\n\n{"name": 1}\n' + whole[:-1] + b'\n')
            file.write(b'{"base_id": "%s"}\n' % BASE.encode())
            file.write(b'\xff\x00\n' + whole + whole + b'\n')
            file.write(whole[:70])

        out = tool.ok('count', self.uri, BASE)

        # Only lines that name the trace are looked at: four of them torn.
        self.assertEqual(out, '2 messages, 4 skipped\n')
        self.assertEqual(len(tool.ok('list', self.uri).splitlines()), 1)

    def test_a_torn_line_is_ended_before_the_next(self):
        tool.ok('write', self.uri, 1, 10)
        with open(self.file, 'ab') as file:
            file.write(b'{"name": "db-sta')

        tool.ok('write', self.uri, 1, 10)

        self.assertEqual(len(tool.messages(self.uri, BASE)), 4)
        self.assertEqual(self.lines()[2], b'{"name": "db-sta')

    def test_a_last_line_without_its_end_counts(self):
        tool.ok('write', self.uri, 1, 10)
        os.truncate(self.file, os.path.getsize(self.file) - 1)

        self.assertEqual(len(tool.messages(self.uri, BASE)), 2)

    def test_a_line_longer_than_the_buffer_is_read(self):
        tool.ok('write', self.uri, 1, 10)
        message = json.loads(self.lines()[0])
        message['info']['long'] = 'x' * 5000000
        with open(self.file, 'ab') as file:
            file.write(json.dumps(message).encode() + b'\n')
        tool.ok('write', self.uri, 1, 10)

        found = tool.messages(self.uri, BASE)

        self.assertEqual(len(found), 5)
        self.assertEqual(len(json.loads(found[2]['info'])['long']), 5000000)

    def test_other_spellings_of_json_are_read(self):
        with open(self.file, 'w', encoding='utf-8') as file:
            file.write(' {"service":null,"base_id":"%s","trace_id":"é",'
                       '"name":"a\\u002dstart" , "info" : { } } \r\n' % TRACE)

        message, = tool.messages(self.uri, TRACE)

        self.assertEqual(message['name'], 'a-start')
        self.assertEqual(message['trace_id'], 'é')
        self.assertEqual(message['info'], '{ }')
        self.assertIsNone(message['service'])
        self.assertIsNone(message['timestamp'])

    def test_the_file_is_rotated_by_size(self):
        uri = self.uri + '?max_size=4k&keep=2'

        tool.ok('write', uri, 20, 2)

        self.assertEqual(sorted(os.listdir(self.folder)), [
            'trace.jsonl', 'trace.jsonl.1', 'trace.jsonl.2'])
        for name in os.listdir(self.folder):
            self.assertLessEqual(os.path.getsize(self.path(name)), 4096)

    def test_rotated_files_are_read_oldest_first(self):
        uri = self.uri + '?max_size=4k&keep=100'

        tool.ok('write', uri, 40, 2)

        times = [m['timestamp'] for m in tool.messages(self.uri, BASE)]
        self.assertEqual(len(times), 80)
        self.assertEqual(times, sorted(times))
        self.assertGreater(len(os.listdir(self.folder)), 4)

    def test_without_the_current_file_rotated_ones_are_read(self):
        tool.ok('write', self.uri, 1, 2)
        os.rename(self.file, self.file + '.1')

        self.assertEqual(len(tool.messages(self.uri, BASE)), 2)

    def test_processes_share_and_rotate_a_file_without_loss(self):
        uri = self.uri + '?max_size=50k&keep=1000'

        writers = [tool.start('write', uri, 1500, 3) for _ in range(4)]
        results = [(w.communicate()[0], w.returncode) for w in writers]

        self.assertEqual(results, [(b'', 0)] * 4)
        found = tool.messages(self.uri, BASE)
        self.assertEqual(len({(m['trace_id'], m['name']) for m in found}),
                         12000)
        self.assertEqual(len(found), 12000)
        for name in os.listdir(self.folder):
            for line in self.lines(self.path(name))[:-1]:
                json.loads(line)

    def test_a_file_that_was_removed_is_made_again(self):
        writer = tool.start('write', self.uri, 1, 10)
        writer.communicate()
        os.unlink(self.file)

        tool.ok('write', self.uri, 1, 10)

        self.assertEqual(len(tool.messages(self.uri, BASE)), 2)

    def test_a_full_disk_tears_nothing_and_later_all_is_there(self):
        with tool.small_disk('size=64k') as disk:
            uri = 'file://' + os.path.join(disk, 'trace.jsonl')
            ballast = os.path.join(disk, 'ballast')
            with open(ballast, 'wb') as file:
                file.write(b'x' * 40000)
            writer = tool.start('write', uri, 40, 1000,
                                stdin=subprocess.PIPE)

            said = writer.stdout.readline().decode()
            kept = os.path.getsize(os.path.join(disk, 'trace.jsonl'))
            os.unlink(ballast)
            rest, _ = writer.communicate(b'again\n')

            self.assertIn('No space left', said)
            self.assertEqual(kept, 0)
            self.assertEqual((writer.returncode, rest), (0, b''))
            self.assertEqual(tool.ok('count', uri, BASE),
                             '80 messages, 0 skipped\n')

    def test_the_file_size_limit_is_an_error_and_tears_nothing(self):
        tool.ok('write', self.uri, 2, 100)
        size = os.path.getsize(self.file)

        status, out = tool.run('write', self.uri, 20, 100,
                               preexec_fn=tool.file_size_limit(size + 700))

        self.assertEqual(status, 1)
        self.assertIn('File too large', out)
        self.assertEqual(os.path.getsize(self.file), size)

    @tool.needs_nobody
    def test_a_folder_that_is_not_ours_to_write_is_an_error(self):
        status, out = tool.run('write', self.uri, 1, 1,
                               preexec_fn=tool.nobody.become)

        self.assertEqual(status, 1)
        self.assertIn('Permission denied', out)
        self.assertIn(self.file, out)

    def test_a_symbolic_link_is_refused(self):
        os.symlink(self.path('target'), self.file)

        status, out = tool.run('write', self.uri, 1, 1)

        self.assertEqual(status, 1)
        self.assertIn('a symbolic link', out)
        self.assertFalse(os.path.exists(self.path('target')))

    def test_what_is_no_file_is_refused_without_waiting(self):
        os.mkfifo(self.file)

        for command in (('write', self.uri, 1, 1), ('list', self.uri)):
            status, out = tool.run(*command)
            self.assertEqual(status, 1)
            self.assertIn('no regular file', out)

    def test_a_lock_held_by_another_is_an_error_not_a_hang(self):
        tool.ok('write', self.uri, 1, 1)
        with subprocess.Popen(['flock', self.file, 'cat'],
                              stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as holder:
            holder.stdin.write(b'held\n')
            holder.stdin.flush()
            holder.stdout.readline()

            status, out = tool.run('write', self.uri, 1, 1)

            holder.communicate()
        self.assertEqual(status, 1)
        self.assertIn('lock', out)
        self.assertEqual(len(tool.messages(self.uri, BASE)), 2)

    def test_bad_options_are_refused(self):
        for option in ('max_size=1T', 'max_size=x', 'max_size=', 'keep=-1',
                       'keep=10000', 'max_size=99999999999G',
                       'max_size=18446744073709551616'):
            status, out = tool.run('write', self.uri + '?' + option, 1, 1)
            self.assertEqual(status, 1, option)
            self.assertIn('malformed', out)

    def test_percent_escapes_in_the_path_are_decoded(self):
        tool.ok('write', 'file://' + self.path('a%3Fb%20c'), 1, 1)

        self.assertEqual(os.listdir(self.folder), ['a?b c'])

    def test_an_unknown_scheme_says_what_there_is_and_no_password(self):
        status, out = tool.run('list', 'foo://user:s3cret@host/db')

        self.assertEqual(status, 1)
        self.assertIn('sqlite://', out)
        self.assertNotIn('s3cret', out)


if __name__ == '__main__':
    unittest.main()
