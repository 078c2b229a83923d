from pathlib import Path

import pytest

from gateway.errors import InvalidSettings
from gateway.settings import TraceSettings, load_settings


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLANTBEELD_DATABASE_URL", "postgresql://x/x")


def test_records_go_to_a_file_in_the_current_folder_unless_said_otherwise() -> None:
    assert load_settings().traces == TraceSettings(
        file=Path("klantbeeld-verwerkingen.jsonl"), service_name="klantbeeld"
    )


def test_where_records_go_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTBEELD_TRACES__FILE", "/var/log/verwerkingen.jsonl")
    monkeypatch.setenv("KLANTBEELD_TRACES__OIN", "00000001234567890000")
    traces = load_settings().traces
    assert (traces.file, traces.oin) == (
        Path("/var/log/verwerkingen.jsonl"),
        "00000001234567890000",
    )


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("OIN", "123", "String should match pattern '^[0-9]{20}$'"),
        ("OTLP_ENDPOINT", "collector:4318", "must be an absolute http(s) address"),
        ("SERVICE_NAME", "", "String should have at least 1 character"),
    ],
)
def test_what_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(f"KLANTBEELD_TRACES__{name}", value)
    with pytest.raises(InvalidSettings) as seen:
        load_settings()
    assert str(seen.value) == f"KLANTBEELD_TRACES__{name}: {problem}"
