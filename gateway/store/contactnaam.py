"""The name someone wants to be called by; a part of several records."""

import msgspec


class Contactnaam(msgspec.Struct, frozen=True):
    """GW `Contactnaam`; what is not known is None."""

    voorletters: str | None
    voornaam: str | None
    voorvoegsel_achternaam: str | None
    achternaam: str | None

    @property
    def volledige_naam(self) -> str | None:
        """Voornaam (else voorletters), voorvoegsel and achternaam; None without any."""
        parts = (
            self.voornaam or self.voorletters,
            self.voorvoegsel_achternaam,
            self.achternaam,
        )
        return " ".join(part for part in parts if part) or None
