"""Many letters in a queue, made of one that waits there."""

import contextlib
import sqlite3
from pathlib import Path

TABLES = ("letter", "recipient", "attempt", "content", "queue")


def multiply(database: Path, letters: int, changed: dict[str, str]):
    """Makes so many of the one letter that is there. No other process may have the database open.

    Each has an id of its own; what else they differ in is said by column, as SQL with n, which is 0 for the first.
    """
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        for table in TABLES:
            connection.execute(f"create temp table one as select * from {table}")
            connection.execute(f"delete from {table}")
            columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
            values = {columns[0]: f"substr({columns[0]}, 1, 10) || printf('%06x', n)"} | changed
            connection.execute(
                f"""insert into {table} ({', '.join(columns)})
                    with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n + 1 < ?)
                    select {', '.join(values.get(column, column) for column in columns)} from numbers, one""", (letters,))
            connection.execute("drop table one")
