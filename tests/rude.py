"""Requests that a server has nothing to say to."""

import socket
import time

UPGRADE = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade\r\n"
REQUESTS = (
    f"{UPGRADE}Upgrade: websocket\r\n\r\n",
    f"{UPGRADE}Upgrade: h2c\r\n\r\n",
    "999993653\r\n\r\n",
)


def statuses(port: int) -> list[int]:
    """Send each; how they are answered."""
    return [_status(port, request) for request in REQUESTS]


def _status(port: int, request: str) -> int:
    with connected(port) as connection:
        connection.sendall(request.encode())
        with connection.makefile("rb") as answer:
            return int(answer.read().split()[1])


def connected(port: int) -> socket.socket:
    """Connect, as soon as somebody listens."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.01)  # a server says nowhere that it listens
