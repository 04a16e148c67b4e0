# Verifies DKIM signatures with dkimpy, without DNS: the argument is a file of records, a name and a text a line, a tab
# between. Input: letters, before each a line with its size in octets. Output: a line a letter, a word a signature.
import sys

import dkim

records = {}
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        name, text = line.rstrip(b"\n").split(b"\t", 1)
        records[name] = text


def txt(name, timeout=5):
    return records.get(name.rstrip(b"."))


def verdicts(letter):
    try:
        signatures = [name for name, _ in dkim.rfc822_parse(letter)[0] if name.lower() == b"dkim-signature"]
        return ["pass" if dkim.DKIM(letter).verify(index, dnsfunc=txt) else "fail" for index in range(len(signatures))]
    except dkim.DKIMException as reason:
        return [type(reason).__name__]


print("ready", flush=True)
while size := sys.stdin.buffer.readline():
    print(" ".join(verdicts(sys.stdin.buffer.read(int(size)))), flush=True)
