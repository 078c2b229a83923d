"""All that lives here, by aggregate."""

from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store.actoren import Actoren
from gateway.store.adressen import Adressen
from gateway.store.betrokkenen import Betrokkenen
from gateway.store.delen import Delen
from gateway.store.interne_taken import InterneTaken
from gateway.store.klantcontacten import Klantcontacten
from gateway.store.partijen import Partijen
from gateway.store.reader import Reader


class Store:
    """The reads of the store; one for a process."""

    def __init__(self, engine: AsyncEngine) -> None:
        reader = Reader(engine)
        self.partijen = Partijen(reader)
        self.adressen = Adressen(reader)
        self.klantcontacten = Klantcontacten(reader)
        self.betrokkenen = Betrokkenen(reader)
        self.delen = Delen(reader)
        self.actoren = Actoren(reader)
        self.interne_taken = InterneTaken(reader)
