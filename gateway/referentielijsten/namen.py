"""Dutch names of talen and landen: the Unicode CLDR's, and of groups of talen our own.

The CLDR names every taal of ISO 639-2 but Montenegrijns; it has no name for a group, such
as Berbertalen, which ISO 639-2 does have codes for.
"""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

from gateway.referentielijsten import landen, talen

_BESIDE: Mapping[str, str] = MappingProxyType(
    {
        "afa": "Afro-Aziatische talen",
        "alg": "Algonkische talen",
        "apa": "Apachetalen",
        "art": "kunsttalen",
        "ath": "Athabaskische talen",
        "aus": "Australische talen",
        "bad": "Bandatalen",
        "bai": "Bamiléké-talen",
        "bat": "Baltische talen",
        "ber": "Berbertalen",
        "bih": "Bihari-talen",
        "bnt": "Bantoetalen",
        "btk": "Bataktalen",
        "cai": "Midden-Amerikaanse indiaanse talen",
        "cau": "Kaukasische talen",
        "cel": "Keltische talen",
        "cmc": "Chamische talen",
        "cnr": "Montenegrijns",
        "cpe": "creoolse talen en pidgins op basis van het Engels",
        "cpf": "creoolse talen en pidgins op basis van het Frans",
        "cpp": "creoolse talen en pidgins op basis van het Portugees",
        "crp": "creoolse talen en pidgins",
        "cus": "Koesjitische talen",
        "day": "Land-Dajaktalen",
        "dra": "Dravidische talen",
        "fiu": "Fins-Oegrische talen",
        "gem": "Germaanse talen",
        "him": "Himachali-talen",
        "ijo": "Ijo-talen",
        "inc": "Indo-Arische talen",
        "ine": "Indo-Europese talen",
        "ira": "Iraanse talen",
        "iro": "Irokese talen",
        "kar": "Karentalen",
        "khi": "Khoisantalen",
        "kro": "Kru-talen",
        "map": "Austronesische talen",
        "mis": "talen zonder eigen code",
        "mkh": "Mon-Khmertalen",
        "mno": "Manobo-talen",
        "mun": "Munda-talen",
        "myn": "Mayatalen",
        "nah": "Nahuatltalen",
        "nai": "Noord-Amerikaanse indiaanse talen",
        "nic": "Niger-Kordofaanse talen",
        "nub": "Nubische talen",
        "oto": "Otomi-talen",
        "paa": "Papoeatalen",
        "phi": "Filipijnse talen",
        "pra": "Prakrit-talen",
        "roa": "Romaanse talen",
        "sai": "Zuid-Amerikaanse indiaanse talen",
        "sal": "Salishtalen",
        "sem": "Semitische talen",
        "sgn": "gebarentalen",
        "sio": "Siouxtalen",
        "sit": "Sino-Tibetaanse talen",
        "sla": "Slavische talen",
        "smi": "Samische talen",
        "son": "Songhai-talen",
        "ssa": "Nilo-Saharaanse talen",
        "tai": "Tai-talen",
        "tgl": "Tagalog",
        "tup": "Tupi-talen",
        "tut": "Altaïsche talen",
        "twi": "Twi",
        "wak": "Wakashtalen",
        "wen": "Sorbische talen",
        "ypk": "Yupik-talen",
        "znd": "Zande-talen",
    }
)


def namen_van_talen() -> dict[str, str]:
    """Give the Dutch name of each taal, by its terminological code, in order of name."""
    known, shorter = Locale("nl").languages, get_global("language_aliases")
    return _in_order(
        {
            code: _BESIDE.get(code) or known.get(code) or known[shorter[code]]
            for code in talen.CODES
        }
    )


def namen_van_landen() -> dict[str, str]:
    """Give the Dutch name of each land, by its code, in order of name."""
    known = Locale("nl").territories
    return _in_order({code: known[code] for code in landen.CODES})


def _in_order(namen: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(namen.items(), key=lambda each: _folded(each[1])))


def _folded(naam: str) -> str:
    """Give it without accents and capitals: Åland is an A, gebarentalen a G."""
    plain = unicodedata.normalize("NFD", naam).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each))
