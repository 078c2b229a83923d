"""Whoever follows a link in the README, or in a page that it leads to, arrives."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.municipality import ROOT
from tests.pages import PAGES, README, anchors, links, target

TRACKED = pytest.mark.skipif(
    not (ROOT / ".git").exists(),
    reason="not a checkout, so it is not known what is kept",
)


def relative(page: Path) -> list[str]:
    return [each for each in links(page) if "://" not in each]


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file_of_the_project(page: Path) -> None:
    files = {target(page, each)[0] for each in relative(page)}
    assert [file for file in files if not file.exists()] == []
    assert [file for file in files if ROOT not in file.parents] == []


@TRACKED
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_link_leads_to_what_is_not_kept(page: Path) -> None:
    found = {target(page, each)[0] for each in relative(page)}
    files = sorted(map(str, {page, *found}))
    ignored = subprocess.run(  # noqa: S603 - names of files of the project
        ["git", "check-ignore", *files],  # noqa: S607 - whichever git made the checkout
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ignored.returncode, ignored.stdout) == (1, "")  # 1: none is; 128: no answer


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_anchor_is_a_heading(page: Path) -> None:
    wanted = [target(page, each) for each in relative(page)]
    missing = [
        (named(file), anchor)
        for file, anchor in wanted
        if anchor and anchor not in anchors(file)
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_two_headings_have_one_anchor_and_sites_agree_on_each(page: Path) -> None:
    found = Counter(anchors(page))
    assert [anchor for anchor, times in found.items() if times > 1] == []
    # GitLab makes one hyphen of two.
    assert [anchor for anchor in found if "--" in anchor] == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, left = {README}, [README]
    while left:
        page = left.pop()
        found = {target(page, each)[0] for each in relative(page)} & {*PAGES}
        left += found - reached
        reached |= found
    assert reached == {*PAGES}


def test_the_contents_of_the_readme_name_every_section() -> None:
    text = README.read_text()
    contents = text.partition("\n## ")[0]
    sections = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert [each for each in sections if f"[{each}](#" not in contents] == []
