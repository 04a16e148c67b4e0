"""Letters that wait in a queue, as after hours with a smarthost whose mailboxes are full.

One was submitted, and deferred; the others are made of it while the relay is stopped. Each has had the five attempts of the standard
schedule, the last an hour before it is due, and they come due one by one: over 66 minutes, an hour and its jitter. The next wait is
two hours, so that retries go on at the same rate all the hour, and none is late enough for a warning.
"""

import smtplib
import sqlite3
import time
from email.message import EmailMessage

MINUTE = 60_000
SPREAD = 66 * MINUTE
LAST_WAIT = 60 * MINUTE
OTHER_WAITS = (1 + 5 + 15 + 30) * MINUTE
ATTEMPTS = 5
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TABLES = ("letter", "recipient", "attempt", "content", "queue")


def submit_one(port: int, octets: int):
    letter = EmailMessage()
    letter["From"] = "jan@dupont.example"
    letter["Subject"] = "Your invoice"
    letter.set_content(("x" * 76 + "\n") * (octets // 78))
    with smtplib.SMTP("127.0.0.1", port) as app:
        app.sendmail("jan@dupont.example", "client@later.example", letter.as_bytes())


def multiply(database, count: int):
    """Makes so many of the one that is there."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma synchronous = off")
    now = time.time_ns() // 1_000_000
    with connection:
        originals = {table: dict(connection.execute(f"select * from {table} limit 1").fetchone()) for table in TABLES}
        for table in reversed(TABLES):
            connection.execute(f"delete from {table}")
        for table, original in originals.items():
            connection.executemany(
                f"insert into {table} ({', '.join(original)}) values ({', '.join(f':{column}' for column in original)})",
                (original | _row(table, number, now + SPREAD * number // count) for number in range(count)))
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def _row(table: str, number: int, due: int) -> dict:
    """The columns in which one differs from the others."""
    last = due - LAST_WAIT
    accepted = last - OTHER_WAITS
    queue_id = _digits(accepted, 10) + _digits(number, 6)
    return {
        "letter": {"id": queue_id, "accepted_at": accepted},
        "recipient": {"letter_id": queue_id, "last_at": last},
        "attempt": {"letter_id": queue_id, "number": ATTEMPTS, "at": last},
        "content": {"letter_id": queue_id},
        "queue": {"letter_id": queue_id, "due_at": due, "attempts": ATTEMPTS},
    }[table]


def _digits(number: int, count: int) -> str:
    """As QueueIds writes them, five bits each."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def still_there(database) -> int:
    """How many wait still; the relay is stopped."""
    connection = sqlite3.connect(database)
    (count,) = connection.execute(
        "select count(*) from queue join recipient using (letter_id) join content using (letter_id)"
        " where state <> 'hold' and status = 'pending' and address = 'client@later.example'").fetchone()
    connection.close()
    return count
