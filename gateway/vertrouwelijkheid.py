"""How confidential something is; zaken, documents and their types share the words."""

from enum import StrEnum


class Vertrouwelijkheidaanduiding(StrEnum):
    """How confidential a zaak, a document or a type of these is, low to high.

    Source: Zaken 1.5.1, Catalogi 1.3.1 and Documenten 1.4.2,
    VertrouwelijkheidaanduidingEnum.
    """

    OPENBAAR = "openbaar"
    BEPERKT_OPENBAAR = "beperkt_openbaar"
    INTERN = "intern"
    ZAAKVERTROUWELIJK = "zaakvertrouwelijk"
    VERTROUWELIJK = "vertrouwelijk"
    CONFIDENTIEEL = "confidentieel"
    GEHEIM = "geheim"
    ZEER_GEHEIM = "zeer_geheim"


_LOW_TO_HIGH = {each: rank for rank, each in enumerate(Vertrouwelijkheidaanduiding)}


def within(
    found: Vertrouwelijkheidaanduiding | None, most: Vertrouwelijkheidaanduiding
) -> bool:
    """Whether something is no more confidential than this.

    What does not say how confidential it is, may be as confidential as anything.
    """
    return (
        _LOW_TO_HIGH[found or Vertrouwelijkheidaanduiding.ZEER_GEHEIM]
        <= (_LOW_TO_HIGH[most])
    )
