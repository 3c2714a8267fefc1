"""The docs: generated pages are current, console blocks are what the program says, links lead somewhere."""

from __future__ import annotations

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from salesaid.ledgers import names

ROOT = Path(__file__).parents[1]
MARKDOWN = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
READMES = ("README.md", "README.zh.md")
SH_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def build():
    sys.path.insert(0, str(ROOT / "docs"))
    spec = spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(ROOT / "docs"))


@pytest.fixture(scope="module")
def made(build):
    return list(build.files())


@pytest.fixture(scope="module")
def tour(build):
    return sys.modules["tour"]


def text_of(name):
    return (ROOT / name).read_text("utf-8")


def test_every_generated_page_is_current(build, made):
    assert [path.name for path in build.stale(made)] == []


def test_a_page_that_is_missing_or_was_changed_by_hand_is_not_current(build, tmp_path):
    current, changed, missing = (tmp_path / name for name in ("a.md", "b.md", "c.md"))
    current.write_text("made")
    changed.write_text("made by hand")
    assert build.stale([(path, "made") for path in (current, changed, missing)]) == [changed, missing]


@pytest.mark.parametrize("name", READMES)
def test_every_console_command_of_a_readme_is_one_of_the_program(tour, name):
    assert [words for words in tour.commands(text_of(name)) if not tour.known(words)] == []


@pytest.mark.parametrize("name", READMES)
def test_no_console_command_of_a_readme_fails(tour, name):
    with tour.sample_book() as book:
        known = filter(tour.known, tour.commands(text_of(name)))
        codes = [(words, tour.run(words, book, "zh")[0]) for words in known]
    assert codes
    assert [words for words, code in codes if code not in (0, 1)] == []


def test_both_readmes_give_the_same_commands(tour):
    english, chinese = map(text_of, READMES)
    assert tour.commands(english) == tour.commands(chinese) != []
    assert SH_BLOCK.findall(english) == SH_BLOCK.findall(chinese)


def test_the_answers_of_a_console_block_are_written_anew(tour):
    text = "a\n\n```console\n$ salesaid --version\nold\n```\n\nb\n"
    assert tour.commands(text) == [["--version"]]
    assert "old" not in tour.told(text, "en")


def test_a_readme_has_one_command_that_runs_it_and_one_that_tests_it():
    run, test = SH_BLOCK.findall(text_of("README.md"))
    assert run.count("\n") == test.count("\n") == 1
    assert run.endswith("salesaid demo\n")
    assert test.endswith("-m pytest\n")


@pytest.mark.parametrize("name", MARKDOWN)
def test_every_link_to_a_file_leads_to_one(name):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(name))
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


def test_every_ledger_and_every_error_has_its_place(made):
    pages = {path.name: text for path, text in made}
    assert [name for name in names() if f"\n## {name} " not in pages["ledgers.md"]] == []
    assert "| `no-such-command` | A word in the place of a command that is none. |" in pages["errors.md"]


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short_and_begins_with_its_number(path):
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) < 30
    assert re.fullmatch(rf"# {path.stem[:4]} .+", lines[0])


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.stem[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
