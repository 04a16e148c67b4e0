# Says STARTTLS, and trusts no one: tls.py PORT TLSv1_3.
import smtplib
import ssl
import sys

context = ssl.create_default_context()
context.minimum_version = context.maximum_version = ssl.TLSVersion[sys.argv[2]]
with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as smtp:
    smtp.starttls(context=context)
