"""Building the explorer at installation: whole, or not at all, and never in the way."""

import json
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Protocol

import pytest

from gateway.edge.explorer.build_hook import MARK, NotBuiltError, build, digest_of
from tests.municipality import ROOT

PAGE = "#!/bin/sh\necho page > $2/index.html; echo made > $2/explorer-A.js"
NOTHING = "#!/bin/sh\nexit 0"
FAILS = "#!/bin/sh\nexit 7"
HALF = "#!/bin/sh\necho half > $2/explorer-A.js; exit 1"
# What it starts is left behind by a signal to itself only.
SLOW = "#!/bin/sh\nsleep 60 &\necho $! > $HELD\nwait"

NO_NPM = "explorer: not built (there is no npm here)"
LEFT_OUT = "explorer: left out, as KLANTBEELD_EXPLORER says"
INSTEAD = "the small page is served instead"
STAYS = "the one that was built before stays in gateway/edge/static/explorer"


class Programs(Protocol):
    """Puts programs on the PATH, by name; gives their folder."""

    def __call__(self, **texts: str) -> Path: ...


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Nothing else is on the PATH but what these need, in a shell."""

    def put(**texts: str) -> Path:
        folder = tmp_path / "programs"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)
        for name in ("sh", "sleep"):
            if not (folder / name).exists():
                (folder / name).symlink_to(f"/bin/{name}")
        monkeypatch.setenv("PATH", str(folder))
        return folder

    return put


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "src").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "src/main.jsx"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "static").mkdir()
    return tmp_path / "static" / "explorer"


def beside(target: Path) -> list[str]:
    """What is in the folder of the bundle's folder."""
    return sorted(each.name for each in target.parent.iterdir())


def test_a_bundle_is_built_once_for_what_it_is_built_from(
    programs: Programs, source: Path, target: Path
) -> None:
    programs(npm=NOTHING, node=PAGE)
    assert build(source, target)
    assert (target / MARK).read_text() == digest_of(source)
    programs(npm=FAILS, node=FAILS)
    assert not build(source, target)
    assert beside(target) == ["explorer"]
    assert sorted(each.name for each in source.iterdir()) == [
        *(".npmrc", "package-lock.json", "package.json", "src")
    ]


@pytest.mark.parametrize("name", ["package-lock.json", "src/main.jsx", "src/new.js"])
def test_it_is_built_again_when_that_changed(
    programs: Programs, source: Path, target: Path, name: str
) -> None:
    programs(npm=NOTHING, node=PAGE)
    build(source, target)
    (target / "explorer-OLD.js").touch()
    (source / name).write_text("other")
    assert build(source, target)
    assert sorted(each.name for each in target.iterdir()) == [
        *(MARK, "explorer-A.js", "index.html")
    ]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({}, "there is no npm here"),
        ({"npm": NOTHING}, "there is no node here"),
        ({"npm": FAILS, "node": PAGE}, "npm failed with 7"),
        ({"npm": NOTHING, "node": HALF}, "node failed with 1"),
        ({"npm": NOTHING, "node": NOTHING}, "build.mjs made no page"),
    ],
)
def test_what_cannot_be_built_leaves_nothing(
    programs: Programs, source: Path, target: Path, texts: dict[str, str], why: str
) -> None:
    programs(**texts)
    with pytest.raises(NotBuiltError, match=f"^{why}$"):
        build(source, target)
    assert beside(target) == []


def test_what_was_there_stays_when_it_cannot_be_built_again(
    programs: Programs, source: Path, target: Path
) -> None:
    programs(npm=NOTHING, node=PAGE)
    build(source, target)
    (source / "package.json").write_text("other")
    programs(npm=FAILS)
    with pytest.raises(NotBuiltError):
        build(source, target)
    assert (target / "index.html").read_text() == "page\n"


def is_running(process: int) -> bool:
    """Whether a process is, other than as a name that nobody asked after yet."""
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_takes_no_longer_than_it_may_and_ends_what_it_started(
    programs: Programs,
    source: Path,
    target: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HELD", str(tmp_path / "held"))
    programs(npm=SLOW, node=PAGE)
    begin = time.monotonic()
    with pytest.raises(NotBuiltError, match="npm took too long"):
        build(source, target, patience=2.0)
    assert time.monotonic() - begin < 30
    for _ in range(100):
        if not is_running(int((tmp_path / "held").read_text())):
            break
        time.sleep(0.05)  # what is killed is gone a moment later
    assert not is_running(int((tmp_path / "held").read_text()))
    assert beside(target) == []


def test_where_it_may_not_write_it_says_so_before_it_begins(
    programs: Programs, source: Path, tmp_path: Path
) -> None:
    programs(npm=FAILS, node=FAILS)
    (tmp_path / "file").touch()  # root may write everywhere, but not in a file
    with pytest.raises(NotBuiltError, match=f"^{tmp_path}/file cannot be written in$"):
        build(source, tmp_path / "file" / "explorer")


def test_the_lock_file_names_no_address_to_download_from() -> None:
    folder = ROOT / "gateway" / "edge" / "explorer"
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert all("integrity" in each for name, each in packages.items() if name)


def made(
    kind: str, root: Path, to: Path, *options: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Have hatch make a wheel or an sdist of a checkout."""
    return subprocess.run(  # noqa: S603 - our own arguments
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "-t",
            kind,
            "-d",
            str(to),
            *options,
        ],
        cwd=root,
        env={"PATH": "", **more},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of this project as its packaging looks at."""
    root = tmp_path / "checkout"
    (root / "gateway" / "edge" / "static").mkdir(parents=True)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    for folder in ("schema", "fixtures", "tests"):
        (root / folder).mkdir()
        (root / folder / "one").touch()
    edge = Path("gateway", "edge")
    for path in (ROOT / edge / "explorer").rglob("*"):
        copy = root / path.relative_to(ROOT)
        if path.is_file() and path.suffix != ".pyc":
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (root / edge / "static" / "page.js").touch()
    return root


def content(wheel: Path) -> set[str]:
    names = zipfile.ZipFile(next(wheel.glob("*.whl"))).namelist()
    return {name for name in names if name.startswith("gateway/edge/")}


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stderr.splitlines() if "explorer" in line]


SMALL = "gateway/edge/static/page.js"
WHOLE = {
    SMALL,
    f"gateway/edge/static/explorer/{MARK}",
    "gateway/edge/static/explorer/explorer-A.js",
    "gateway/edge/static/explorer/index.html",
}


@pytest.fixture
def built(programs: Programs, checkout: Path) -> Path:
    """A checkout in which the explorer was built; there is no npm any more."""
    edge = checkout / "gateway" / "edge"
    programs(npm=NOTHING, node=PAGE)
    build(edge / "explorer", edge / "static" / "explorer")
    return checkout


def test_a_wheel_holds_the_bundle_and_not_what_it_was_built_from(
    programs: Programs, checkout: Path, tmp_path: Path
) -> None:
    path = str(programs(npm=NOTHING, node=PAGE))
    assert said(made("wheel", checkout, tmp_path, PATH=path)) == []
    assert content(tmp_path) == WHOLE


def test_a_bundle_that_is_current_needs_no_npm(built: Path, tmp_path: Path) -> None:
    assert said(made("wheel", built, tmp_path)) == []
    assert content(tmp_path) == WHOLE


def test_without_npm_a_wheel_is_made_all_the_same_and_one_line_says_why(
    checkout: Path, tmp_path: Path
) -> None:
    assert said(made("wheel", checkout, tmp_path)) == [f"{NO_NPM}; {INSTEAD}"]
    assert content(tmp_path) == {SMALL}


def test_a_wheel_never_holds_what_was_built_from_something_else(
    built: Path, tmp_path: Path
) -> None:
    (built / "gateway" / "edge" / "explorer" / "package.json").write_text("other")
    assert said(made("wheel", built, tmp_path)) == [f"{NO_NPM}; {INSTEAD}"]
    assert content(tmp_path) == {SMALL}


@pytest.mark.parametrize("off", ["off", "OFF", "False", "0", "no"])
def test_it_can_be_left_out_also_when_it_was_built(
    built: Path, tmp_path: Path, off: str
) -> None:
    done = made("wheel", built, tmp_path, KLANTBEELD_EXPLORER=off)
    assert said(done) == [f"{LEFT_OUT}; {INSTEAD}"]
    assert content(tmp_path) == {SMALL}


@pytest.mark.parametrize("value", ["", "on"])
def test_it_is_left_out_only_when_told(built: Path, tmp_path: Path, value: str) -> None:
    made("wheel", built, tmp_path, KLANTBEELD_EXPLORER=value)
    assert content(tmp_path) == WHOLE


def test_where_the_folder_is_what_is_installed_what_was_built_stays(
    built: Path, tmp_path: Path
) -> None:
    editable = ("wheel:editable", built, tmp_path, "--hooks-only")
    done = made(*editable, KLANTBEELD_EXPLORER="off")
    assert said(done) == [f"{LEFT_OUT}; {STAYS}"]
    (built / "gateway" / "edge" / "explorer" / "package.json").write_text("other")
    assert said(made(*editable)) == [f"{NO_NPM}; {STAYS}"]
    static = built / "gateway" / "edge" / "static"
    assert (static / "explorer" / "index.html").read_text() == "page\n"


def test_an_sdist_holds_what_it_is_built_from(checkout: Path, tmp_path: Path) -> None:
    made("sdist", checkout, tmp_path)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    sources = {
        f"gateway/edge/explorer/{name}"
        for name in ("build.mjs", "package-lock.json", ".npmrc", "src/main.jsx")
    }
    assert sources <= names
    assert not any("static/explorer/" in name for name in names)
