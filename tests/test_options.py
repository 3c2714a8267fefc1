from __future__ import annotations

import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, get_args

import pytest
import typer

from salesaid import groups, options, phrases
from salesaid.options import Customer, Due, Items, Limit, Open, both, chosen, plain, reading, writing

PARAMETERS = [
    (name, info)
    for name, alias in vars(options).items()
    if name[0].isupper()
    for info in get_args(alias)[1:]
    if hasattr(info, "help")
]


def parsed(command, *words, session=None):
    """What a command answers to words, through the parser."""
    app = typer.Typer()
    app.command()(command)
    built = groups.built(app.registered_commands[0])
    with built.make_context("x", list(words), obj=session or SimpleNamespace(here=Path())) as context:
        return built.invoke(context)


def test_a_command_gets_the_session_and_its_own_values():
    @plain
    def command(session, customer: Customer = None, items: Items = None, open_: Open = False):
        return session.name, customer, items, open_

    session = SimpleNamespace(name="账本")
    assert parsed(command, "-c", "骏业", "-i", "x*1", "-i", "y*2", session=session) == (
        "账本",
        "骏业",
        ["x*1", "y*2"],
        False,
    )
    assert parsed(command, "--open", session=session) == ("账本", None, None, True)


def test_a_reading_command_finds_how_to_answer_in_the_session():
    @reading
    def command(session):
        return session.reading

    assert parsed(command) == ("table", None, None)
    assert parsed(command, "-f", "md", "-o", "表.md", "--as-of", "2026-11-22") == ("md", "表.md", "2026-11-22")


def test_a_writing_command_finds_how_to_post_in_the_session():
    @writing
    def command(session):
        return session.writing

    assert parsed(command) == (None, None, False, "table", None, False, False)
    words = "-d 昨天 -n 急 --dry-run -f json --request-id R1 -y --literal"
    assert parsed(command, *words.split()) == ("昨天", "急", True, "json", "R1", True, True)


def test_a_commands_own_parameters_may_be_called_like_shared_ones():
    @writing
    def command(session, date: Annotated[str | None, typer.Option("--on")] = None, format: Due = None):  # noqa: A002
        return date, format, session.writing.date, session.writing.format

    words = "--on 1 --due 2 --date 3 --format json"
    assert parsed(command, *words.split()) == ("1", "2", "3", "json")


def test_a_command_keeps_its_name_and_its_text():
    @reading
    def list_(session):
        """一览。 | A list."""

    assert (list_.__name__, list_.__doc__) == ("list_", "一览。 | A list.")
    options.with_parameters(list_)
    assert [*inspect.signature(list_).parameters] == ["context", "reading_format", "reading_out", "reading_as_of"]


def test_what_is_named_only_for_a_type_checker_is_not_looked_up():
    @plain
    def command(session: NotThere, limit: Limit = None) -> NotThere:  # noqa: F821
        return limit

    assert parsed(command, "--limit", "7") == 7


@pytest.mark.parametrize(("name", "info"), PARAMETERS)
def test_every_shared_option_says_what_it_is_in_both_languages(name, info):
    zh, en = chosen(info.help, "zh"), chosen(info.help, "en")
    assert (zh[-1], en[-1]) == ("。", ".")
    assert en.isascii() or "×" in en


def test_no_two_shared_options_have_the_same_flag():
    @writing
    def post(session):
        pass

    @reading
    def answer(session):
        pass

    shared = {flag for command in (post, answer) for flag in flags(command)}
    own = [
        flag for _, info in PARAMETERS for flag in (info.default, *(info.param_decls or ())) if isinstance(flag, str)
    ]
    assert len(own) == len(set(own)) > 20
    assert shared & set(own) == {"--dry-run", "--request-id"}  # what posts only when asked to takes them by itself


def flags(command):
    app = typer.Typer()
    app.command()(command)
    built = groups.built(app.registered_commands[0])
    return [flag for param in built.params if phrases.is_option(param) for flag in (*param.opts, *param.secondary_opts)]


def test_no_shared_option_hides_one_of_the_whole_program():
    own = {flag for _, info in PARAMETERS for flag in (info.default, *(info.param_decls or ()))}
    assert not own & {"-b", "--book", "--lang", "--today", "--debug", "--version", "-h", "--help"}


def test_values_are_completed_by_the_session():
    session = SimpleNamespace(complete=lambda kind, incomplete: [f"{kind}:{incomplete}"])
    assert options.values("product")(SimpleNamespace(obj=session), "BV") == ["product:BV"]


@pytest.mark.parametrize("text", [both("下单。", "Order."), "下单。 | Order.", "Order. | 下单。"])
def test_a_text_in_both_languages_gives_either(text):
    assert (chosen(text, "zh"), chosen(text, "en")) == ("下单。", "Order.")


def test_a_text_in_one_language_stays_what_it_is():
    assert chosen("a|b", "zh") == chosen("a|b", "en") == "a|b"


def test_the_english_half_may_quote_chinese():
    assert chosen("客户，如 骏业。 | A customer, as 骏业.", "en") == "A customer, as 骏业."
