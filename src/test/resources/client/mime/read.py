# Prints what Python's email package gets out of a letter on standard input: a line for each part, its type and its
# content in hexadecimal.
import email
import sys

for part in email.message_from_bytes(sys.stdin.buffer.read()).walk():
    if not part.is_multipart():
        print(part.get_content_type(), part.get_payload(decode=True).hex())
