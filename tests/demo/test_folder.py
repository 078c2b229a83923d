import subprocess
import sys
from pathlib import Path

import pytest

from gateway.demo.folder import DataFolder, DemoError, default_folder
from tests.demo.running import ROOT, servers_on


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "a" / "b")


def test_the_folder_is_made_with_all_above_it(folder: DataFolder) -> None:
    with folder.held():
        assert [each.name for each in folder.path.iterdir()] == ["lock"]
    with folder.held():  # and again, when it is there
        assert folder.path.is_dir()


def test_two_demos_do_not_share_a_folder(folder: DataFolder) -> None:
    taken = pytest.raises(DemoError, match="another demo uses the folder")
    with folder.held(), taken, DataFolder(folder.path).held():
        pass


@pytest.mark.parametrize(
    ("below", "reason"),
    [("file/data", "Not a directory"), ("x" * 300, "File name too long")],
)
def test_a_folder_that_cannot_be_made_is_said(
    tmp_path: Path, below: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    message = f"/{below} cannot be used \\({reason}\\); choose another"
    folder = DataFolder(tmp_path / below)
    with pytest.raises(DemoError, match=message), folder.held():
        pass


def test_the_key_of_pseudonyms_is_made_once_for_its_owner_only(
    folder: DataFolder,
) -> None:
    with folder.held():
        key = folder.pseudonym_key()
        assert (len(key), folder.pseudonym_key()) == (43, key)
        assert (folder.path / "pseudonyms").stat().st_mode & 0o777 == 0o600
        folder.clear()
        assert folder.pseudonym_key() != key


def test_a_key_that_cannot_be_used_is_said(folder: DataFolder) -> None:
    with folder.held():
        (folder.path / "pseudonyms").mkdir()
        with pytest.raises(DemoError, match="/pseudonyms cannot be used; start over"):
            folder.pseudonym_key()


def test_clearing_removes_what_the_demo_made_and_nothing_else(
    folder: DataFolder,
) -> None:
    (folder.postgres / "data").mkdir(parents=True)
    (folder.postgres / "lock").touch()
    folder.ports.touch()
    folder.verwerkingen.touch()
    (folder.path / "notes").touch()
    folder.clear()
    folder.clear()
    assert [each.name for each in folder.path.iterdir()] == ["notes"]


def test_somebody_elses_postgres_is_not_removed(folder: DataFolder) -> None:
    (folder.postgres / "data").mkdir(parents=True)
    with pytest.raises(DemoError, match="was not made by the demo"):
        folder.clear()
    assert folder.postgres.exists()


@pytest.mark.parametrize("text", ["", "x", "1\n", "4194304\n"])
def test_data_without_a_server_is_removed(folder: DataFolder, text: str) -> None:
    (folder.postgres / "data").mkdir(parents=True)
    (folder.postgres / "lock").touch()
    (folder.postgres / "data" / "postmaster.pid").write_text(text)
    folder.clear()
    assert not folder.postgres.exists()


def test_a_server_that_was_left_behind_is_ended(public_folder: Path) -> None:
    folder = DataFolder(public_folder / "left")
    start = (
        "import os, sys; from pathlib import Path;"
        " from gateway.store.embedded import EmbeddedPostgres;"
        " EmbeddedPostgres(Path(sys.argv[1]), durable=False).start(); os._exit(0)"
    )
    arguments = [sys.executable, "-c", start, str(folder.postgres)]
    subprocess.run(arguments, check=True, cwd=ROOT)  # noqa: S603 - our own arguments
    assert servers_on(folder.path) != set()
    folder.clear()
    assert servers_on(folder.path) == set()
    assert not folder.postgres.exists()


def test_a_home_is_not_taken_literally() -> None:
    assert DataFolder(Path("~/klantbeeld")).path == Path.home() / "klantbeeld"


def test_by_default_the_data_is_where_such_data_belongs() -> None:
    assert default_folder(root=True) == Path("/var/lib/klantbeeld")
    assert default_folder(root=False) == Path.home() / ".local/share/klantbeeld"
