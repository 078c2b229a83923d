"""Of whom a request showed something: what its trail is written from."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Shown:
    """Gathered while the request runs.

    Attributes:
        partijen: keys of partijen of whom something was shown.
        disclosed: those of them whose partijgegevens were.
        klantcontacten: keys of klantcontacten that were shown, where it is not known
            yet whose they are.
    """

    partijen: set[UUID] = field(default_factory=set)
    disclosed: set[UUID] = field(default_factory=set)
    klantcontacten: set[UUID] = field(default_factory=set)
