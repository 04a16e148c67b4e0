# Sends three letters over one connection: send.py HOST PORT CA-FILE LOGIN PASSWORD
import smtplib
import ssl
import sys
from email.message import EmailMessage

host, port, authority, login, password = sys.argv[1:]
with smtplib.SMTP(host, int(port), local_hostname="app.example", timeout=20) as smtp:
    smtp.starttls(context=ssl.create_default_context(cafile=authority))
    smtp.login(login, password)
    for _ in range(3):
        letter = EmailMessage()
        letter["From"] = "Jan Janssens <jan@dupont.example>"
        letter["To"] = "client@example.com"
        letter["Subject"] = "Your invoice"
        letter["X-Context"] = "invoice"
        letter["X-Relation-Id"] = "R-1042"
        letter.set_content("Good day!\n.\n.dots, and the end\n")
        smtp.send_message(letter)
