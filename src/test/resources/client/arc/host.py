# A host that verifies and seals with dkimpy, without DNS. Arguments: a file of records, a name and a text a line, a tab between;
# then domain, selector and file of the key. Input: a line `verify SIZE` or `seal SIZE`, and a letter of that size. Output: a line
# with a size, and so many octets: a word and what led to it, or the letter with a set on top.
import sys

import authres
import dkim

records_file, domain, selector, key_file = (argument.encode() for argument in sys.argv[1:])
records = dict(line.rstrip(b"\n").split(b"\t", 1) for line in open(records_file, "rb"))
key = open(key_file, "rb").read()
key = key[key.index(b"-----BEGIN"):]
HOST = b"mx." + domain


def txt(name, timeout=5):
    return records.get(name.rstrip(b"."))


def verify(letter):
    status, results, reason = dkim.ARC(letter).verify(dnsfunc=txt)
    return b"%s %s" % (status or b"ended", reason.encode())


def seal(letter):
    status = verify(letter).split()[0]
    results = b"Authentication-Results: " + HOST + b"; arc=" + status + b"\r\n"
    return b"".join(dkim.arc_sign(results + letter, selector, domain, key, HOST, linesep=b"\r\n")) + letter


print("ready", flush=True)
while line := sys.stdin.buffer.readline():
    verb, size = line.split()
    letter = sys.stdin.buffer.read(int(size))
    try:
        answer = verify(letter) if verb == b"verify" else seal(letter)
    except dkim.DKIMException as reason:
        answer = b"fail " + str(reason).encode()
    sys.stdout.buffer.write(b"%d\n" % len(answer) + answer)
    sys.stdout.buffer.flush()
