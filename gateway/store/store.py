"""All that lives here, by aggregate."""

from gateway.deadline import Deadline
from gateway.store.actoren import Actoren
from gateway.store.adressen import Adressen
from gateway.store.betrokkenen import Betrokkenen
from gateway.store.delen import Delen
from gateway.store.interne_taken import InterneTaken
from gateway.store.klantcontacten import Klantcontacten
from gateway.store.partijen import Partijen
from gateway.store.reader import Reader
from gateway.store.sporen import Sporen
from gateway.store.statements import Statements


class Store:
    """The reads of the store, for one request."""

    def __init__(self, statements: Statements, deadline: Deadline) -> None:
        """Take what to ask.

        Args:
            statements: of the process.
            deadline: until when a statement may take.
        """
        reader = Reader(statements, deadline)
        self.partijen = Partijen(reader)
        self.adressen = Adressen(reader)
        self.klantcontacten = Klantcontacten(reader)
        self.betrokkenen = Betrokkenen(reader)
        self.delen = Delen(reader)
        self.actoren = Actoren(reader)
        self.interne_taken = InterneTaken(reader)
        self.sporen = Sporen(reader)
