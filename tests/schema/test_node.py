import base64
from uuid import UUID, uuid4

import pytest

from schema.node import decode_id, encode_id

EDGES = [UUID(int=0), UUID(int=2**128 - 1)]


@pytest.mark.parametrize("kind", ["Partij", "Klantcontact", "InterneTaak", "Actor"])
def test_an_id_is_that_of_the_alphabet_for_urls(kind: str) -> None:
    for key in (*EDGES, *(uuid4() for _ in range(1_000))):
        made = encode_id(kind, key)
        assert made == base64.urlsafe_b64encode(f"{kind}:{key}".encode()).decode()
        assert decode_id(made, "id") == (kind, key)
