from gateway.demo.addresses import Addresses
from tests.demo.standins import ADDRESSES


def test_canonical_addresses_become_the_real_ones() -> None:
    text = (
        '["https://zaken.voorbeeldstad.example/zaken/api/v1/zaken/1",'
        '"https://objecten.voorbeeldstad.example/api/v2/objects/2"]'
    )
    assert ADDRESSES.rewrite(text) == (
        '["http://127.0.0.1:8101/zaken/api/v1/zaken/1",'
        '"http://127.0.0.1:8103/api/v2/objects/2"]'
    )


def test_an_address_that_only_starts_alike_stays() -> None:
    text = "https://zaken.voorbeeldstad.example.org/zaken"
    assert ADDRESSES.rewrite(text) == text


def test_without_real_addresses_the_canonical_ones_stay() -> None:
    text = "https://documenten.voorbeeldstad.example/documenten/api/v1"
    assert Addresses().rewrite(text) == text
    assert Addresses().base("documenten") == text


def test_catalogi_is_at_the_address_of_zaken() -> None:
    assert ADDRESSES.base("catalogi") == "http://127.0.0.1:8101/catalogi/api/v1"
