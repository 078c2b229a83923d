"""The tables and what must always be true of them.

A rule that holds without exception is a constraint here, not only code elsewhere.
Sources: the seed documents (`uitgangspunten klant`, `basisterminologie`, `V6898`) and
the data dictionary of VNG Klantinteracties 2.0.0 (`GW` below); lengths follow GW
unless Open Klant 2.18, the implementation that exists, is wider.

Only what core PostgreSQL offers (14 or newer): no extensions, no ICU, no triggers.
"""

from gateway.store.tables.actoren import (
    actoren,
)
from gateway.store.tables.adressen import (
    adressen,
    digitale_adressen,
)
from gateway.store.tables.audit import (
    inzagen,
)
from gateway.store.tables.columns import metadata
from gateway.store.tables.importing import (
    importsleutels,
)
from gateway.store.tables.interne_taken import (
    interne_taak_actoren,
    interne_taken,
)
from gateway.store.tables.klantcontacten import (
    betrokkenen,
    inhoudsdelen,
    klantcontact_actoren,
    klantcontacten,
    onderwerpen,
)
from gateway.store.tables.partijen import (
    externe_identificaties,
    partijen,
    rekeningnummers,
    toestemmingen,
    vertegenwoordigingen,
)
from gateway.store.tables.recording import (
    anonieme_contacten,
    idempotentiesleutels,
    mutaties,
    verificatiecodes,
    verificatietellingen,
)
from gateway.store.tables.retention import (
    laatste_contacten,
    te_wissen_mutaties,
    vernietigingen,
)

__all__ = [
    "actoren",
    "adressen",
    "anonieme_contacten",
    "betrokkenen",
    "digitale_adressen",
    "externe_identificaties",
    "idempotentiesleutels",
    "importsleutels",
    "inhoudsdelen",
    "interne_taak_actoren",
    "interne_taken",
    "inzagen",
    "klantcontact_actoren",
    "klantcontacten",
    "laatste_contacten",
    "metadata",
    "mutaties",
    "onderwerpen",
    "partijen",
    "rekeningnummers",
    "te_wissen_mutaties",
    "toestemmingen",
    "verificatiecodes",
    "verificatietellingen",
    "vernietigingen",
    "vertegenwoordigingen",
]
