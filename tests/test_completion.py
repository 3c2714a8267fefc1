from __future__ import annotations

import pytest

from salesaid import completion

ORDER = '''
"""订单。 | Orders."""

import typer

from salesaid.options import Customer, CustomerAndItems, Limit, reading

app = typer.Typer()


@app.command()
@reading
def add(session, words: CustomerAndItems = None, customer: Customer = None, limit: Limit = None):
    """记一张订单。 | Take an order."""


@app.command()
@reading
def show(session):
    """看。 | Show."""
'''


class Session:
    def __init__(self, globals_):
        self.book = globals_.book

    def complete(self, kind, incomplete):
        return {"customer": ["骏业", "H65 铜带", f"{self.book}的客户"], "customer_or_product": ["骏业", "BVM7"]}[kind]


@pytest.fixture
def offered(tmp_path):
    (tmp_path / "order.py").write_text(ORDER.strip(), encoding="utf-8")
    (tmp_path / "void.py").write_text("raise ImportError", encoding="utf-8")

    def offered(*words):
        return completion.offered(list(words[:-1]), words[-1], tmp_path, Session)

    return offered


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("",), ["order", "void"]),
        (("or",), ["order"]),
        (("--b",), ["--book"]),
        (("--lang", ""), ["zh", "en"]),
        (("--lang", "e"), ["en"]),
        (("--book", ""), []),
        (("order", ""), ["add", "show"]),
        (("-b", "x", "order", "a"), ["add"]),
        (("order", "add", "--cu"), ["--customer"]),
        (("order", "add", "--de"), ["--debug"]),
        (("order", "add", "--format", "j"), ["json"]),
        (("order", "add", "-c", "骏"), ["骏业"]),
        (("order", "add", "骏业", "B"), ["BVM7"]),
        (("order", "add", "-3", "B"), ["BVM7"]),
        (("order", "show", "x"), []),
    ],
)
def test_what_may_follow_is_offered(offered, words, expected):
    assert offered(*words) == expected


def test_values_come_from_the_book_that_is_named(offered):
    assert offered("order", "add", "--book", "北京", "-c", "北") == ["北京的客户"]


def test_bash_gets_blanks_and_stars_escaped(tmp_path, monkeypatch):
    (tmp_path / "order.py").write_text(ORDER.strip(), encoding="utf-8")
    monkeypatch.setenv("COMP_WORDS", "salesaid order add -c H")
    monkeypatch.setenv("COMP_CWORD", "4")
    assert completion.answer("complete_bash", tmp_path, Session) == r"H65\ 铜带"


def test_an_unknown_shell_is_offered_nothing(tmp_path):
    assert completion.answer("complete_tcsh", tmp_path, Session) == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_script_calls_the_program_back(shell):
    assert completion.VARIABLE in completion.script(shell)


def test_a_shell_that_is_not_known_is_refused():
    with pytest.raises(completion.UnknownShell, match="no such shell: tcsh"):
        completion.script("tcsh")
