"""All configured registers, built once per process."""

import time
from collections.abc import Sequence

from gateway.registers.catalogi import Catalogi
from gateway.registers.credentials import Clock
from gateway.registers.directory import Directory
from gateway.registers.documenten import Documenten
from gateway.registers.http import RegisterClient
from gateway.registers.objecten import Objecten
from gateway.registers.transport import Transport
from gateway.registers.zaken import Zaken
from gateway.settings import RegisterSettings


class Registers:
    """What lives elsewhere.

    Attributes:
        directory: who owns which URL.
        zaken: zaken, statussen and resultaten.
        catalogi: the types of these and of documents.
        documenten: what is known about documents.
        objecten: objects and their types.
    """

    def __init__(
        self,
        settings: Sequence[RegisterSettings],
        transport: Transport | None = None,
        *,
        clock: Clock = time.time,
    ) -> None:
        """Build a client for each; no connection is opened before the first request.

        Args:
            settings: of the registers, names and addresses distinct.
            transport: instead of the network, for all of them.
            clock: seconds since 1970.

        Raises:
            InvalidSettings: by these settings not every URL has one owner.
        """
        self.directory = Directory(settings)
        self._clients = {
            register.name: RegisterClient(register, transport, clock=clock)
            for register in settings
        }
        self.zaken = Zaken(self._clients, self.directory)
        self.catalogi = Catalogi(self._clients, self.directory)
        self.documenten = Documenten(self._clients, self.directory)
        self.objecten = Objecten(self._clients, self.directory)

    def bron(self, url: str) -> str | None:
        """Name the register that owns a URL; None where nobody does."""
        owner = self.directory.owner(url)
        return None if owner is None else owner.name

    async def aclose(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            await client.aclose()
