"""A reference in four parts, for what has no URL."""

import msgspec


class Identificator(msgspec.Struct, frozen=True):
    """GW `Identificator`, data dictionary of VNG Klantinteracties 2.0.0.

    Attributes:
        code_register: in which register it lives.
        code_objecttype: what kind of thing it is.
        code_soort_object_id: which property identifies it.
        object_id: the value of that property.
    """

    code_register: str
    code_objecttype: str
    code_soort_object_id: str
    object_id: str
