"""All that lives here, by aggregate."""

from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.store.actoren import Actoren
from gateway.store.adressen import Adressen
from gateway.store.betrokkenen import Betrokkenen
from gateway.store.delen import Delen
from gateway.store.interne_taken import InterneTaken
from gateway.store.klantcontacten import Klantcontacten
from gateway.store.partijen import Partijen
from gateway.store.reader import Reader


class Store:
    """The reads of the store, for one request."""

    def __init__(self, engine: AsyncEngine, deadline: Deadline) -> None:
        """Take what to ask.

        Args:
            engine: of the process.
            deadline: until when a statement may take.
        """
        reader = Reader(engine, deadline)
        self.partijen = Partijen(reader)
        self.adressen = Adressen(reader)
        self.klantcontacten = Klantcontacten(reader)
        self.betrokkenen = Betrokkenen(reader)
        self.delen = Delen(reader)
        self.actoren = Actoren(reader)
        self.interne_taken = InterneTaken(reader)
