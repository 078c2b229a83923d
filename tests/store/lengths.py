"""How long the texts of the rows of `valid_rows.py` and `recording_rows.py` may be."""

from tests.store.valid_rows import IDENTIFICATOR

# valid row, column -> the longest text it takes
LONGEST: dict[tuple[str, str], int] = {
    **{
        (row, column): longest
        for row in ("persoon", "betrokkene")
        for column, longest in {
            "voorletters": 10,
            "voornaam": 200,
            "voorvoegsel_achternaam": 10,
            "achternaam": 200,
        }.items()
    },
    ("organisatie", "naam"): 200,
    ("persoon", "interne_notitie"): 1000,
    ("ander nummer", "register"): 40,
    ("ander nummer", "soort"): 40,
    ("ander nummer", "waarde"): 200,
    ("overgenomen", "subject_naam"): 200,
    ("overgenomen", "subject_plaats"): 200,
    ("straatadres", "straatnaam"): 255,
    ("straatadres", "huisnummertoevoeging"): 20,
    ("straatadres", "plaats"): 255,
    ("buitenland", "adresregel1"): 80,
    ("buitenland", "adresregel2"): 80,
    ("buitenland", "adresregel3"): 80,
    ("overig", "adres"): 254,
    ("overig", "omschrijving"): 40,
    ("social_media", "platform"): 40,
    ("medewerker", "naam"): 200,
    ("medewerker", "functie"): 40,
    ("eenheid", "omschrijving"): 200,
    ("medewerker", "emailadres"): 254,
    ("medewerker", "telefoonnummer"): 20,
    ("klantcontact", "kanaal"): 50,
    ("klantcontact met identiteit", "identiteit_middel"): 40,
    ("betrokkene", "organisatienaam"): 200,
    ("onderwerp tekst", "tekst"): 1000,
    ("inhoud tekst", "tekst"): 10_000,
    ("inhoud tekst", "onderdeel"): 40,
    ("taak", "gevraagde_handeling"): 200,
    ("taak", "toelichting"): 1000,
    ("inzage van medewerker", "wie"): 255,
    ("inzage van medewerker", "uitgever"): 255,
    ("inzage", "client"): 255,
    ("inzage", "soort_betrokkene"): 40,
    ("inzage", "operatie"): 100,
    ("inzage", "verwerking"): 60,
    ("inzage van medewerker", "identiteit_middel"): 40,
    ("mutatie van medewerker", "wie"): 255,
    ("mutatie van medewerker", "uitgever"): 255,
    ("mutatie", "client"): 255,
    ("mutatie", "verwerking"): 60,
    ("mutatie", "mutatie"): 60,
    ("mutatie", "soort"): 40,
    ("mutatie", "reden"): 1000,
    ("idempotentiesleutel", "mutatie"): 60,
    ("idempotentiesleutel", "sleutel"): 100,
    ("anoniem contact", "kanaal"): 50,
    ("vernietiging", "grond"): 200,
    ("importsleutel", "bron"): 1000,
    ("importsleutel", "soort"): 40,
    ("importsleutel", "inhoud"): 64,
    **{
        (row, column): 200
        for row in ("actor van elders", "onderwerp object", "inhoud object")
        for column in IDENTIFICATOR
    },
}
