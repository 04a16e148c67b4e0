# Sends a letter, and again while there is no answer: again.py PORT key|id
# With a key as a job that runs again, which makes the letter again; with an id the same object.
import smtplib
import sys
from email.message import EmailMessage
from email.utils import localtime, make_msgid


def made():
    letter = EmailMessage()
    letter["From"] = "jan@dupont.example"
    letter["To"] = "client@example.com"
    letter["Subject"] = "Your invoice"
    letter["Date"] = localtime()
    letter["Message-ID"] = make_msgid(domain="dupont.example")
    if sys.argv[2] == "key":
        letter["X-Letter-Key"] = "invoice-2026-1187"
    letter.set_content("Good day!\n")
    letter.add_attachment(b"x" * 5000, maintype="application", subtype="pdf", filename="invoice.pdf")
    return letter


letter = made()
patience = 0.5
while True:
    try:
        with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=patience) as smtp:
            smtp.send_message(letter)
            break
    except (TimeoutError, smtplib.SMTPServerDisconnected):
        patience *= 2
        letter = made() if sys.argv[2] == "key" else letter
