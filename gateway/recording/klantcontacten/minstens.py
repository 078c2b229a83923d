"""Of what a klantcontact has at least one (seed basisterminologie, kenmerken 1 to 3)."""

from collections.abc import Mapping
from types import MappingProxyType

MINSTENS: Mapping[str, str] = MappingProxyType(
    {
        "betrokkenen": (
            "Bij een klantcontact is minstens één persoon of organisatie betrokken die"
            " niet voor de gemeente werkt."
        ),
        "actoren": (
            "Bij een klantcontact is minstens één actor van de gemeente betrokken."
        ),
        "onderwerpen": (
            "Een klantcontact heeft minstens één onderwerp, tenzij het niet lukte."
        ),
        "inhoud": (
            "Een klantcontact heeft minstens één inhoudsdeel, tenzij het niet lukte."
        ),
    }
)
"""What is told where there is none."""
