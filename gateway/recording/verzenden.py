"""Sending something to a klant: what does it, is for whoever runs the gateway to say.

Nothing of it is logged: the address is personal, and a code is good for a while.
"""

import asyncio
from pathlib import Path
from typing import Protocol

import msgspec

from gateway.errors import RegisterUnavailable

NAME = "verzending"
"""What errors call it."""


class Bericht(msgspec.Struct, frozen=True):
    """What is to be sent.

    Attributes:
        soort: of the adres: `email` or `telefoonnummer`.
        code: what the klant gives back.
    """

    soort: str
    adres: str
    code: str

    def __repr__(self) -> str:
        """Repeat nothing of it: this may end up in a traceback."""
        return f"Bericht({self.soort} …)"


class Verzending(Protocol):
    """Sends; one for each process."""

    async def verzend(self, bericht: Bericht) -> None:
        """Have it sent.

        Raises:
            RegisterUnavailable: it is not; asking anew may help.
        """


class Postvak:
    """Sends nothing: adds a line of JSON to a file, for a demo or a test."""

    def __init__(self, path: Path) -> None:
        """Take the file, which only its owner may read."""
        self._path = path

    async def verzend(self, bericht: Bericht) -> None:
        """Add it to the file."""
        try:
            await asyncio.to_thread(self._write, bericht)
        except OSError:
            message = "the outbox cannot be written"
            raise RegisterUnavailable(NAME, message) from None

    def _write(self, bericht: Bericht) -> None:
        self._path.touch(mode=0o600)
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(bericht) + b"\n")
