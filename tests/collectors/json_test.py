#!/usr/bin/python3
"""json.c writes byte for byte what Python's json.dumps() writes, and
json_scan.c takes what json.loads() takes.

Usage: json_test.py JSON_ECHO
"""
import json
import os
import random
import struct
import subprocess
import sys
import unittest

ECHO = sys.argv.pop(1)
RANDOM = random.Random(7)

SPECIAL = ['', '"', '\\', '/', '\x00', '\x1f', ' ', '~', '\x7f', '\x80',
           '\n\r\t\b\f', '\u07ff\u0800', '\ud7ff\ue000\uffff',
           '\U00010000\U0010ffff', 'clé-秘密', '😀' * 9, 'x' * 4097]


def echo(kind, items, env=None):
    data = b''.join(kind + struct.pack('=I', len(item)) + item
                    for item in items)
    environment = dict(os.environ, **(env or {}))
    done = subprocess.run([ECHO], input=data, stdout=subprocess.PIPE,
                          check=True, env=environment)
    return done.stdout.decode('ascii').split('\n')[:-1]


def random_text():
    def char():
        high = RANDOM.choice((0x20, 0x7f, 0x80, 0x100, 0x800, 0x3000, 0xd800,
                              0x110000))
        code = RANDOM.randrange(high)
        return chr(0xfffd if 0xd800 <= code < 0xe000 else code)
    if RANDOM.random() < 0.5:
        text = [chr(RANDOM.randrange(0x20, 0x7f))
                for _ in range(RANDOM.randrange(40))]
        text.insert(RANDOM.randrange(len(text) + 1), char())
        return ''.join(text)
    return ''.join(char() for _ in range(RANDOM.randrange(40)))


def each_bad_byte_replaced(data):
    """Python replaces a run of bad bytes by one character, we each byte."""
    out = ''
    while data:
        for length in (1, 2, 3, 4):
            try:
                out += data[:length].decode('utf-8')
                break
            except UnicodeDecodeError:
                pass
        else:
            out += '\ufffd'
            length = 1
        data = data[length:]
    return out


class JsonTest(unittest.TestCase):
    maxDiff = None

    def test_strings_are_as_python_writes_them(self):
        texts = SPECIAL + [random_text() for _ in range(20000)]
        texts += ['a' * i + c + 'b' * (20 - i)
                  for i in range(20) for c in '"\\\x7f\x1fé']

        out = echo(b's', [t.encode() for t in texts])

        self.assertEqual(out, [json.dumps(t) for t in texts])

    def test_each_byte_that_is_not_utf8_becomes_fffd(self):
        items = [b'\xff', b'a\xc3', b'\xc0\x80', b'\xed\xa0\x80',
                 b'\xf4\x90\x80\x80', b'\xf0\x9f\x98', b'\xe2\x82x']
        items += [bytes(RANDOM.choice(b'a"\x80\xbf\xc3\xe2\x82\xf0\x9f\xed')
                        for _ in range(RANDOM.randrange(24)))
                  for _ in range(5000)]

        out = echo(b's', items)

        self.assertEqual(
            out, [json.dumps(each_bad_byte_replaced(i)) for i in items])

    def test_utf16_is_converted(self):
        texts = SPECIAL + [random_text() for _ in range(2000)]
        wanted = [json.dumps(t) for t in texts]

        little = echo(b'l', [t.encode('utf-16-le') for t in texts])
        big = echo(b'b', [t.encode('utf-16-be') for t in texts])

        self.assertEqual(little, wanted)
        self.assertEqual(big, wanted)

    def test_lone_surrogates_and_odd_bytes_become_fffd(self):
        items = [b'\x00\xd8', b'\x00\xdc', b'a\x00\x00\xd8b\x00', b'a\x00b',
                 b'\x00\xd8\x00\xd8\x00\xdc']

        out = echo(b'l', items)

        self.assertEqual(out, [json.dumps(t) for t in (
            '\ufffd', '\ufffd', 'a\ufffdb', 'a\ufffd', '\ufffd\U00010000')])

    def test_doubles_are_the_shortest_that_read_back(self):
        values = [0.0, -0.0, 1.0, 0.1, 1e15, 1e16, 123456789012345680.0,
                  1e-4, 1e-5, 5e-324, 1.7976931348623157e308,
                  2.2250738585072014e-308, 9007199254740993.0, 1e22, 1e23,
                  float('nan'), float('inf'), float('-inf')]
        values += [2.0 ** e for e in range(-1074, 1024)]
        values += [RANDOM.randrange(10 ** 6) / 100 for _ in range(2000)]
        values += [struct.unpack('=d', RANDOM.randbytes(8))[0]
                   for _ in range(20000)]
        # Below a power of two the doubles are closer than above it.
        values += [struct.unpack('=d', struct.pack('=Q', bits))[0]
                   for e in range(2046)
                   for bits in ((e << 52) + 1, ((e + 1) << 52) - 1)]

        out = echo(b'd', [struct.pack('=d', v) for v in values])

        self.assertEqual(out, [json.dumps(v) for v in values])

    @unittest.skipUnless(b'de_DE.utf8' in subprocess.run(
        ['locale', '-a'], stdout=subprocess.PIPE).stdout.split(),
        'no de_DE.utf8 locale on this machine')
    def test_doubles_do_not_depend_on_the_locale(self):
        out = echo(b'd', [struct.pack('=d', 1234.5)],
                   {'LC_ALL': 'de_DE.utf8'})

        self.assertEqual(out, ['1234.5'])

    def test_values_are_rewritten_as_python_would(self):
        values = [
            {}, [], [[]], {'a': {}}, {'a': [1, 2, {'b': None}]}, 'x',
            [True, False, None, -1, 10 ** 30, 1.5e-7], {'': ''},
            {'é"\\': ['\x7f', '\ud83d\ude00', '/', '\n' * 30]},
        ]
        items = [json.dumps(v) for v in values]
        items += [json.dumps(v, indent=1, ensure_ascii=False)
                  for v in values[:-1]]
        items += [' [ 1 ,\t2\r\n] ', '"\\/\\u0041"', '[NaN,-Infinity]',
                  '"\\ud83d\\ude00"']

        out = echo(b'r', [i.encode() for i in items])

        self.assertEqual(out, [json.dumps(json.loads(i)) for i in items])

    def test_malformed_values_are_refused(self):
        items = ['', ' ', '{', '[', '"', '"a', '{"a"}', '{"a":}', '{"a":1,}',
                 '[1,]', '[,]', '{,}', '[1 2]', '{"a" 1}', '{1:2}', '01',
                 '1.', '.5', '-', '1e', '+1', 'nul', 'nulls', '"\n"', '"\\x"',
                 '"\\u12g4"', '"\\u123', '[1}', '{"a":1]', '1 2', '{}}',
                 "{'a':1}", '[' * 300 + ']' * 300, '"\\', '--1', 'tru']
        items = [i.encode() for i in items] + [b'"\xff"', b'"\xc3"', b'"\xed\xa0\x80"']

        out = echo(b'r', items)

        self.assertEqual(out, ['refused'] * len(items))

    def test_any_damage_is_judged_as_python_judges_it(self):
        whole = json.dumps({'a': [1, -2.5e3, None, True], 'b"': 'x\n\u1234',
                            'c': {'d': {}, 'e': []}})
        items = []
        for _ in range(20000):
            text = list(whole)
            for _ in range(RANDOM.randrange(1, 4)):
                at = RANDOM.randrange(len(text))
                text[at:at + RANDOM.randrange(2)] = RANDOM.choice(
                    '{}[]",:\\u0123eE+-. \nntrueN')
            items.append(''.join(text))

        out = echo(b'r', [i.encode() for i in items])

        for item, got in zip(items, out):
            try:
                wanted = json.loads(item)
            except ValueError:
                self.assertEqual(got, 'refused', item)
            else:
                self.assertNotEqual(got, 'refused', item)
                if '\\ud' not in got and '\\uf' not in got:
                    # Of a key given twice we keep both.
                    self.assertEqual(
                        json.dumps(json.loads(got)), json.dumps(wanted), item)


if __name__ == '__main__':
    unittest.main()
