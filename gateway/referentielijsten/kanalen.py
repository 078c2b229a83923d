"""Kanalen: what a municipality has that says nothing else; VNG leaves the list empty."""

from collections.abc import Mapping
from types import MappingProxyType

USUAL: Mapping[str, str] = MappingProxyType(
    {
        "telefoon": "Telefoon",
        "balie": "Balie",
        "e-mail": "E-mail",
        "post": "Post",
        "webformulier": "Webformulier",
        "chat": "Chat",
        "whatsapp": "WhatsApp",
        "sms": "Sms",
        "sociale-media": "Sociale media",
        "berichtenbox": "Berichtenbox",
        "app": "App",
        "videobellen": "Videobellen",
        "huisbezoek": "Huisbezoek",
        "overig": "Overig",
    }
)
"""Names by code. There is one for what is in no list: any form is accepted (R1.10)."""
