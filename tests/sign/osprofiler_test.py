"""The real OSProfiler takes what is signed here, and the other way round; what
it refuses, or its middleware, is refused."""
import base64
import json
import random
import subprocess
import sys
import unittest

try:
    from osprofiler import _utils, web
except ImportError:
    print('skipped: python3-osprofiler is not installed')
    sys.exit(77)

TOOL = sys.argv.pop(1)
LETTERS = 'aZ09 _-/+=~"\\\'{}[]:,\n\t\r\b\f\x01\x1f\x7f\x80\xe9\u0663\u6f22' \
    '\ud7ff\ue000\uffff\U00010000\U0001f600\U0010ffff'


def hexed(text):
    return '-' if text is None else text.encode().hex() or '-'


class Tool:
    def __init__(self):
        self.process = subprocess.Popen([TOOL], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().rstrip('\n')

    def sign(self, key, base_id, parent_id):
        return self.ask('sign', hexed(key), hexed(base_id),
                        hexed(parent_id)).split(' ')

    def verify(self, keys, info, hmac):
        """The two ids; None if refused."""
        answer = self.ask('verify', hexed(keys), hexed(info), hexed(hmac))
        if answer == 'refused':
            return None
        return [bytes.fromhex(word[1:]).decode() for word in answer.split()]


def theirs(keys, info, hmac):
    """What OSProfiler's middleware would hand on; None if it refuses."""
    try:
        found = _utils.signed_unpack(info, hmac, _utils.split(keys))
    except TypeError:  # an HMAC that is not ASCII
        return None
    if not web.WsgiMiddleware(None)._trace_is_valid(found):
        return None
    return [found['base_id'], found.get('parent_id')]


def as_text(value):
    """An id as osprof has it; None if no C program could use it."""
    if isinstance(value, str):
        try:
            size = len(value.encode())
        except UnicodeEncodeError:
            return None
        return value if size <= 255 and '\0' not in value else None
    if value is None or value is False:
        return ''
    if isinstance(value, int) and value is not True:
        return str(value) if value else ''
    return None


def a_text(size=12):
    return ''.join(random.choices(LETTERS, k=random.randint(1, size)))


def a_value():
    return random.choice([
        a_text, a_text, a_text, lambda: a_text(40),
        lambda: random.choice([None, False, True, 0, 17, -3, 10**30, 1.5, [],
                               {}, [1, 'x'], '', '\0', '\ud83d', 'x' * 255,
                               'x' * 256, '\xe9' * 128])])()


def an_object():
    """Mostly one that is taken."""
    data = {'base_id': a_value()}
    if random.random() < 0.7:
        data['parent_id'] = a_value()
    if random.random() < 0.1:
        data['hmac_key'] = a_value()
    if random.random() < 0.05:
        data[a_text()] = a_value()
    if random.random() < 0.05:
        del data['base_id']
    return data


def a_json():
    text = json.dumps(
        an_object(), ensure_ascii=random.random() < 0.5,
        separators=random.choice([(', ', ': '), (',', ':'), (' ,\n', '\t:')]))
    if random.random() < 0.2:
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(['', 'x', '"', '\\', ' ', ',', '}',
                                          '\\u00e9', '\\ud83d', '0']) + \
            text[at + random.randint(0, 2):]
    return text


def an_info():
    text = base64.b64encode(a_json().encode('utf-8', 'replace'),
                            random.choice([b'+/', b'-_'])).decode()
    while random.random() < 0.3:
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(['', '=', '==', '.', ' ', 'A', '\xe9']
                                         ) + text[at + random.randint(0, 1):]
    return text


class Osprofiler(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        random.seed(4)
        cls.tool = Tool()

    @classmethod
    def tearDownClass(cls):
        cls.tool.process.communicate()

    def test_it_signs_as_we_do(self):
        for _ in range(2000):
            key, ids = a_text(30), (a_text(), a_text())
            data = {'base_id': ids[0], 'parent_id': ids[1]}
            info, hmac = _utils.signed_pack(data, key)
            self.assertEqual(self.tool.sign(key, *ids), [info.decode(), hmac])

    def test_it_takes_what_we_sign(self):
        for _ in range(2000):
            key, base_id = a_text(30).replace(',', ';'), a_text()
            parent_id = random.choice([None, a_text()])
            info, hmac = self.tool.sign(key, base_id, parent_id)
            keys = ','.join([a_text(), key, a_text()])
            if key.strip() == key:
                self.assertEqual(theirs(keys, info, hmac),
                                 [base_id, parent_id])

    def test_what_it_takes_we_take_and_nothing_else(self):
        taken = 0
        for _ in range(5000):
            info, key = an_info(), random.choice(['k', 'cl\xe9', 'a b'])
            hmac = _utils.generate_hmac(info, key)
            keys = random.choice(['{}', ' {} ,x', 'x,,{}', 'y, x']).format(key)
            wanted = theirs(keys, info, hmac)
            if wanted:
                wanted = [as_text(value) for value in wanted]
            if wanted and None in wanted:
                wanted = None
            taken += wanted is not None
            self.assertEqual(self.tool.verify(keys, info, hmac), wanted,
                             (info, keys))
        self.assertGreater(taken, 1000)

    def test_an_hmac_is_as_good_here_as_there(self):
        info = base64.urlsafe_b64encode(b'{"base_id": "b"}').decode()
        good = _utils.generate_hmac(info, 'k')
        for form in ('{}', ' {}', '{}\n', '\x1c{}\x85', '\u2003{}', '{}0',
                     '0{}', '{} {}', '', ' ', '\xe9', '{}\xe9'):
            for hmac in good, good.upper(), good[:-1], good[::-1]:
                given = form.format(hmac, hmac)
                wanted = theirs('k', info, given)
                self.assertEqual(self.tool.verify('k', info, given),
                                 wanted and ['b', ''], given)


if __name__ == '__main__':
    unittest.main()
