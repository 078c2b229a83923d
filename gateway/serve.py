"""`klantbeeld serve`: the gateway on a port."""

import socket
from ipaddress import ip_address

import uvicorn

from gateway.errors import InvalidSettings


def serve(host: str, port: int, workers: int) -> None:
    """Serve until the process is asked to end.

    Args:
        host: loopback only, as long as nobody is asked who they are.
        port: 0 for any.
        workers: processes; each reads the settings itself.

    Raises:
        InvalidSettings: others than this machine could reach it, or the port is
            taken.
    """
    if not is_loopback(host):
        problem = (
            f"identity is not configured, so whoever reaches {host} could see"
            " everything: serve on 127.0.0.1"
        )
        raise InvalidSettings([problem])
    if is_taken(host, port):
        raise InvalidSettings([f"port {port} is taken: choose another with --port"])
    uvicorn.run(
        "gateway.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        server_header=False,
        access_log=False,  # a query string may hold what somebody should not have sent
    )


def is_taken(host: str, port: int) -> bool:
    """Whether something else listens there already."""
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    try:
        with socket.create_server((host, port), family=family):
            return False
    except OSError:
        return True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server on this address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
