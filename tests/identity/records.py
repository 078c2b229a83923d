"""An operation of the tests, and what its records must say."""

from gateway.identity.caller import Caller, SoortAanvrager, Verwerking
from gateway.identity.pseudonyms import Pseudonym
from gateway.identity.trail.processing import Verwerkt
from gateway.tracing import begun

TRACE_ID, PARENT_ID = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TRACE = begun([f"00-{TRACE_ID}-{PARENT_ID}-01"])
URI = "https://verwerkingen.example/1"
AN, BO = Pseudonym("a" * 32, "BSN"), Pseudonym("b" * 32, "partij")
STARTED, ENDED = 1_772_443_800.25, 1_772_443_800.375

MEDEWERKER = Caller(
    soort=SoortAanvrager.MEDEWERKER,
    issuer="https://kcc.voorbeeldstad.example",
    client="kcc",
    subject="m.jansen",
    verwerking=Verwerking("klantcontact", URI),
)


def verwerkt(*betrokkenen: Pseudonym) -> Verwerkt:
    """Say what was done."""
    return Verwerkt(
        trace=TRACE,
        name="klantbeeld, partij",
        activity=URI,
        started=STARTED,
        ended=ENDED,
        betrokkenen=betrokkenen,
    )


def expected(attributes: dict[str, str], **ids: str) -> dict[str, object]:
    """What a record says, in the standard's words."""
    return {
        "trace_id": TRACE_ID,
        "status": "Unset",
        "name": "klantbeeld, partij",
        "start_time": 1_772_443_800_250,
        "end_time": 1_772_443_800_375,
        "resource": {"attributes": {"service.name": "klantbeeld"}},
        "attributes": {"dpl.core.processing_activity_id": URI, **attributes},
        **ids,
    }


def of(pseudonym: Pseudonym) -> dict[str, str]:
    """How a record names somebody."""
    return {
        "dpl.core.data_subject_id": pseudonym.value,
        "dpl.core.data_subject_id_type": pseudonym.soort,
    }
