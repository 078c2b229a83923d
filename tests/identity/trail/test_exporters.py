import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from opentelemetry.sdk.trace.export import SpanExportResult

from gateway.errors import InvalidSettings
from gateway.identity.trail.exporters import FileExporter, create_exporter, doubt_about
from gateway.identity.trail.processing import resource, spans
from gateway.settings import TraceSettings
from tests.identity.records import AN, BO, PARENT_ID, TRACE, expected, of, verwerkt

BATCH = list(spans(verwerkt(AN, BO), resource(TraceSettings())))
IDS = [f"{span.context.span_id:016x}" for span in BATCH]
OTLP = TraceSettings(otlp_endpoint="http://127.0.0.1:1/v1/traces")

PROCESS = """
import sys
from pathlib import Path
from gateway.identity.trail.exporters import FileExporter
from gateway.identity.trail.processing import resource, spans
from gateway.settings import TraceSettings
from tests.identity.records import AN, verwerkt

exporter = FileExporter(Path(sys.argv[1]))
for _ in range(200):
    exporter.export(list(spans(verwerkt(AN), resource(TraceSettings()))))
"""


def lines(path: Path) -> list[object]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_record_is_a_line_in_the_standards_own_words(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    assert FileExporter(path).export(BATCH) is SpanExportResult.SUCCESS
    own = f"{TRACE.span.span_id:016x}"
    assert lines(path) == [
        expected({}, span_id=own, parent_span_id=PARENT_ID),
        expected(of(AN), span_id=IDS[1], parent_span_id=own),
        expected(of(BO), span_id=IDS[2], parent_span_id=own),
    ]


def test_the_file_is_its_owners_only_and_grows(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    exporter = FileExporter(path)
    exporter.export(BATCH[:1])
    path.rename(tmp_path / "rotated.jsonl")
    exporter.export(BATCH[:2])
    exporter.export(BATCH[:1])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(lines(path)) == 3


def test_processes_do_not_write_through_one_another(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    command = [sys.executable, "-c", PROCESS, str(path)]
    writing = [subprocess.Popen(command) for _ in range(3)]  # noqa: S603 - our own
    assert [process.wait(30) for process in writing] == [0, 0, 0]
    assert len(lines(path)) == 3 * 200 * 2


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    exporter = FileExporter(tmp_path / "no folder" / "records.jsonl")
    assert exporter.export(BATCH) is SpanExportResult.FAILURE


def test_a_disk_that_is_full_is_told() -> None:
    exporter = FileExporter(Path("/dev/full"))
    assert exporter.export(BATCH) is SpanExportResult.FAILURE


def test_what_is_written_in_part_is_told_and_takes_no_line_with_it(
    tmp_path: Path,
) -> None:
    room = [10, 10_000]

    def write(file: int, data: bytes) -> int:
        return os.write(file, data[: room.pop(0)])

    path = tmp_path / "records.jsonl"
    exporter = FileExporter(path, write)
    assert exporter.export(BATCH) is SpanExportResult.FAILURE
    assert exporter.export(BATCH) is SpanExportResult.SUCCESS
    torn, *whole = path.read_text().splitlines()
    assert (len(torn), len(whole), json.loads(whole[0])["span_id"]) == (10, 3, IDS[0])


def test_a_collector_needs_its_package() -> None:
    def absent(_name: str) -> ModuleType:
        raise ModuleNotFoundError(name="requests")

    with pytest.raises(InvalidSettings) as seen:
        create_exporter(OTLP, absent)
    assert str(seen.value) == (
        "KLANTBEELD_TRACES__OTLP_ENDPOINT: needs the package requests, which is not"
        " installed: pip install 'klantbeeld[otlp]'"
    )


def test_a_file_needs_no_package(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    exporter = create_exporter(TraceSettings(file=path))
    assert exporter.export(BATCH) is SpanExportResult.SUCCESS
    assert len(lines(path)) == 3


def test_a_file_that_can_be_added_to_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    assert doubt_about(TraceSettings(file=file)) is None
    assert not file.exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert doubt_about(TraceSettings(file=tmp_path)) == f"{tmp_path} cannot be added to"


def test_what_another_process_wrote_in_part_takes_no_line_with_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('{"trace_id": "0af7')  # then its disk was full
    assert FileExporter(path).export(BATCH) is SpanExportResult.SUCCESS
    _torn, *whole = path.read_text().splitlines()
    assert [json.loads(line)["span_id"] for line in whole] == IDS
