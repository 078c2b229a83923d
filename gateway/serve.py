"""`klantbeeld serve`: the gateway on a port."""

import logging
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address

import uvicorn
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors import Multiprocess

from gateway.errors import InvalidSettings
from gateway.settings import Settings


class OfOurOwn(logging.Filter):
    """Lets no warnings through.

    Those of uvicorn are of requests that break the rules, or that want another protocol:
    whoever connects could have lines written.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether it is written."""
        return record.levelno != logging.WARNING


_LOGGING = {
    **LOGGING_CONFIG,
    "filters": {"ours": {"()": OfOurOwn}},
    "loggers": {
        **LOGGING_CONFIG["loggers"],
        "uvicorn.error": {"level": "INFO", "filters": ["ours"]},
    },
}


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until the process is asked to end.

    Args:
        settings: valid ones; each process reads them itself.
        host: loopback only, as long as nobody is asked who they are.
        port: 0 for any.
        workers: processes.

    Raises:
        InvalidSettings: others than this machine could reach it, or the port is
            taken.
    """
    if not settings.identity.issuers and not is_loopback(host):
        problem = (
            "no issuer is configured, so whoever reaches"
            f" {host} could see everything: serve on 127.0.0.1"
        )
        raise InvalidSettings([problem])
    config = uvicorn.Config(
        "gateway.app:from_environment",
        factory=True,
        workers=workers,
        server_header=False,
        access_log=False,  # a query string may hold what somebody should not have sent
        log_config=_LOGGING,
        ws="none",
    )
    server = uvicorn.Server(config)
    with listening(host, port) as taken, suppress(KeyboardInterrupt):
        where = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"http://{where}:{taken.getsockname()[1]}/graphql\n")
        sys.stdout.flush()
        if workers == 1:
            server.run(sockets=[taken])
        else:
            Multiprocess(config, sockets=[taken]).run()


def listening(host: str, port: int) -> socket.socket:
    """Take the port.

    uvicorn's own socket for several workers is not said to be TCP; asyncio then leaves
    Nagle's algorithm on, and an answer that is written in two parts waits 40 ms.

    Raises:
        InvalidSettings: somebody else has it.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    )[0]
    taken = socket.socket(family, kind, protocol)
    try:
        # Not kept by what is still closing; a port somebody listens on stays theirs.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError:
        taken.close()
        problem = f"port {port} is taken: choose another with --port"
        raise InvalidSettings([problem]) from None
    return taken


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server on this address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
