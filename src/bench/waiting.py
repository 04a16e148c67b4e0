"""Letters that wait in a queue, as after hours with a smarthost whose mailboxes are full.

One was submitted, and deferred; the others are made of it while the relay is stopped. Each has had the five attempts of the standard
schedule, the last an hour before it is due, and they come due one by one: over 66 minutes, an hour and its jitter. The next wait is
two hours, so that retries go on at the same rate all the hour, and none is late enough for a warning.
"""

import smtplib
import sqlite3
import time
from email.message import EmailMessage
from pathlib import Path

from copies import multiply

MINUTE = 60_000
SPREAD = 66 * MINUTE
LAST_WAIT = 60 * MINUTE
OTHER_WAITS = (1 + 5 + 15 + 30) * MINUTE
ATTEMPTS = 5


def submit_one(port: int, octets: int):
    letter = EmailMessage()
    letter["From"] = "jan@dupont.example"
    letter["Subject"] = "Your invoice"
    letter.set_content(("x" * 76 + "\n") * (octets // 78))
    with smtplib.SMTP("127.0.0.1", port) as app:
        app.sendmail("jan@dupont.example", "client@later.example", letter.as_bytes())


def spread(database: Path, count: int):
    """Makes so many of the one that is there."""
    due = f"{time.time_ns() // 1_000_000} + {SPREAD} * n / {count}"
    last = f"{due} - {LAST_WAIT}"
    multiply(database, count, {
        "accepted_at": f"{last} - {OTHER_WAITS}", "last_at": last, "at": last, "number": str(ATTEMPTS),
        "due_at": due, "attempts": str(ATTEMPTS)})


def still_there(database: Path) -> int:
    """How many wait still; the relay is stopped."""
    connection = sqlite3.connect(database)
    (count,) = connection.execute(
        "select count(*) from queue join recipient using (letter_id) join content using (letter_id)"
        " where state <> 'hold' and status = 'pending' and address = 'client@later.example'").fetchone()
    connection.close()
    return count
