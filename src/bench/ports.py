"""Ports on loopback."""

import socket
import time


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port: int, most: float = 30):
    end = time.monotonic() + most
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def port_to_keep(but: set[int] = frozenset()) -> int:
    """One that isn't among those the kernel lends to connections: who stops listening on it can have it back."""
    for port in range(20_000, 30_000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            if port not in but:
                return port
    raise OSError("no port is free from 20000 to 29999")
