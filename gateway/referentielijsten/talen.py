"""Talen: the codes of ISO 639-2, in both variants, and what VNG suggests to choose from.

Of twenty talen there is a bibliographic code (`dut`) beside the terminological one
(`nld`). Both are read; the terminological one is written, as VNG's list has it.

Sources: the code list of ISO 639-2's registration authority, the Library of Congress;
VNG, referentielijsten, Taal.
"""

from collections.abc import Mapping
from types import MappingProxyType

# The codes for local use, qaa to qtz, mean nothing to others.
_ISO_639_2 = """
aar abk ace ach ada ady afa afh afr ain aka akk ale alg alt amh ang anp apa ara arc
arg arn arp art arw asm ast ath aus ava ave awa aym aze bad bai bak bal bam ban bas
bat bej bel bem ben ber bho bih bik bin bis bla bnt bod bos bra bre btk bua bug bul
byn cad cai car cat cau ceb cel ces cha chb che chg chk chm chn cho chp chr chu chv
chy cmc cnr cop cor cos cpe cpf cpp cre crh crp csb cus cym dak dan dar day del den
deu dgr din div doi dra dsb dua dum dyu dzo efi egy eka ell elx eng enm epo est eus
ewe ewo fan fao fas fat fij fil fin fiu fon fra frm fro frr frs fry ful fur gaa gay
gba gem gez gil gla gle glg glv gmh goh gon gor got grb grc grn gsw guj gwi hai hat
hau haw heb her hil him hin hit hmn hmo hrv hsb hun hup hye iba ibo ido iii ijo iku
ile ilo ina inc ind ine inh ipk ira iro isl ita jav jbo jpn jpr jrb kaa kab kac kal
kam kan kar kas kat kau kaw kaz kbd kha khi khm kho kik kin kir kmb kok kom kon kor
kos kpe krc krl kro kru kua kum kur kut lad lah lam lao lat lav lez lim lin lit lol
loz ltz lua lub lug lui lun luo lus mad mag mah mai mak mal man map mar mas mdf mdr
men mga mic min mis mkd mkh mlg mlt mnc mni mno moh mon mos mri msa mul mun mus mwl
mwr mya myn myv nah nai nap nau nav nbl nde ndo nds nep new nia nic niu nld nno nob
nog non nor nqo nso nub nwc nya nym nyn nyo nzi oci oji ori orm osa oss ota oto paa
pag pal pam pan pap pau peo phi phn pli pol pon por pra pro pus que raj rap rar roa
roh rom ron run rup rus sad sag sah sai sal sam san sas sat scn sco sel sem sga sgn
shn sid sin sio sit sla slk slv sma sme smi smj smn smo sms sna snd snk sog som son
sot spa sqi srd srn srp srr ssa ssw suk sun sus sux swa swe syc syr tah tai tam tat
tel tem ter tet tgk tgl tha tig tir tiv tkl tlh tli tmh tog ton tpi tsi tsn tso tuk
tum tup tur tut tvl twi tyv udm uga uig ukr umb und urd uzb vai ven vie vol vot wak
wal war was wen wln wol xal xho yao yap yid yor ypk zap zbl zen zgh zha zho znd zul
zun zxx zza
"""
_BIBLIOGRAPHIC = """
alb:sqi arm:hye baq:eus bur:mya chi:zho cze:ces dut:nld fre:fra geo:kat ger:deu
gre:ell ice:isl mac:mkd mao:mri may:msa per:fas rum:ron slo:slk tib:bod wel:cym
"""
_VNG = """
ara aze bel ber bos bul ces cnr dan deu ell eng est fas fin fra fry gle hin hrv hun hye
isl ita jav kat kur lav lim lit mkd mlt nds nld nor pap pol por rom ron rus sgn slk slv
som spa sqi srn srp swe tur ukr yid yue zho
"""

CODES: frozenset[str] = frozenset(_ISO_639_2.split()) | {"yue"}
"""Terminological codes. Kantonees is of ISO 639-3 only, and on VNG's list."""

BIBLIOGRAPHIC: Mapping[str, str] = MappingProxyType(
    dict(pair.split(":") for pair in _BIBLIOGRAPHIC.split())
)
"""The terminological code of each bibliographic one."""

SUGGESTED: frozenset[str] = frozenset(_VNG.split())
"""What VNG suggests to choose from."""


def terminological(code: str) -> str | None:
    """Give the code that is written; None of what is no taal.

    Args:
        code: of either variant, in small letters.
    """
    found = BIBLIOGRAPHIC.get(code, code)
    return found if found in CODES else None
