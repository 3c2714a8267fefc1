"""What holds for every ledger's declaration."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from salesaid.core.headers import map_headings
from salesaid.core.heading_words import folded
from salesaid.core.kinds import NUMBER_NO, Choice
from salesaid.core.schema import Ledger
from salesaid.ledgers import UnknownLedger, load, names

MOVING = {
    "loans": {"lend", "return", "sell", "gift", "consume", "lose", "swap", "swap_in"},
    "purchases": {"receive", "reject"},
    "returns": {"receive", "send", "back", "deliver", "replace", "refund", "scrap"},
    "shipments": {"ship", "return"},
    "stock_moves": {"in", "out", "opening", "transfer", "scrap"},
}

every_ledger = pytest.mark.parametrize("ledger", [load(name) for name in names()], ids=names())


def test_the_ledgers_of_the_first_part_are_found():
    parts = {"products", "customers", "suppliers", "aliases", "orders", "shipments", "prices"}
    assert parts | {"stock_moves", "stock_counts"} <= set(names())


def test_loading_one_ledger_imports_no_other():
    script = (
        "import sys, salesaid.ledgers as ledgers; ledgers.names(); ledgers.load('prices');"
        "print([m for m in sys.modules if m.startswith('salesaid.ledgers.')])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert out.stdout.strip() == "['salesaid.ledgers.prices']"


@pytest.mark.parametrize("name", ["order", "Orders", "__init__", "..orders", ""])
def test_a_name_that_is_no_ledger_is_refused(name):
    with pytest.raises(UnknownLedger) as trouble:
        load(name)
    assert trouble.value.exit_code == 2
    assert trouble.value.code == "unknown-ledger"


def test_a_misspelt_ledger_is_suggested():
    with pytest.raises(UnknownLedger) as trouble:
        load("shipment")
    assert trouble.value.hint.en == "did you mean: shipments"


@every_ledger
def test_a_ledger_is_called_as_its_file(ledger: Ledger):
    assert load(ledger.id) is ledger
    assert ledger.title.en == ledger.id
    assert not ledger.title.zh.isascii()


def test_no_two_ledgers_have_one_file_name_or_prefix():
    ledgers = [load(name) for name in names()]
    assert max(Counter(ledger.title.zh for ledger in ledgers).values()) == 1
    assert max(Counter(ledger.prefix for ledger in ledgers if ledger.prefix).values()) == 1


@every_ledger
def test_column_ids_are_unique(ledger: Ledger):
    ids = [column.id for column in ledger.columns]
    assert len(set(ids)) == len(ids)


@every_ledger
def test_every_column_has_headings_and_help_in_both_languages(ledger: Ledger):
    for column in ledger.columns:
        assert column.headings, column.id
        assert all(heading == heading.strip() != "" for heading in column.headings), column.id
        assert column.help is not None, column.id
        assert not column.help.zh.isascii(), column.id
        assert column.help.en, column.id


@every_ledger
def test_no_heading_leads_to_two_columns(ledger: Ledger):
    headings = Counter(
        name for column in ledger.columns for name in {folded(each) for each in (*column.headings, column.title)}
    )
    assert [heading for heading, times in headings.items() if times > 1] == []


@every_ledger
def test_no_column_lists_a_heading_twice(ledger: Ledger):
    for column in ledger.columns:
        assert max(Counter(column.headings).values()) == 1, column.id


@every_ledger
def test_keys_numbers_and_needs_name_columns(ledger: Ledger):
    ids = {column.id for column in ledger.columns}
    needs = [ledger.needs, *(action.needs for action in ledger.actions)]
    assert all(group and ids.issuperset(group) for groups in needs for group in groups)
    assert ids.issuperset(ledger.key)
    assert ledger.number is None or ledger.number in ids


@every_ledger
def test_a_register_has_a_key_and_a_journal_none(ledger: Ledger):
    assert bool(ledger.key) == (ledger.kind == "register")
    assert ledger.kind == "journal" or not (ledger.actions or ledger.number or ledger.prefix)


@every_ledger
def test_a_journal_needs_a_date(ledger: Ledger):
    groups = [action.needs for action in ledger.actions] or [ledger.needs]
    assert ledger.kind == "register" or all(("date",) in needs for needs in groups)


@every_ledger
def test_a_numbered_journal_has_two_capitals_before_its_numbers(ledger: Ledger):
    assert (ledger.number is None) == (ledger.prefix == "")
    if ledger.number:
        assert ledger.column(ledger.number).kind is NUMBER_NO
        assert len(ledger.prefix) == 2
        assert ledger.prefix.isupper()


@every_ledger
def test_the_action_column_takes_exactly_the_actions(ledger: Ledger):
    ids = {column.id for column in ledger.columns}
    assert ("action" in ids) == bool(ledger.actions)
    if ledger.actions:
        kind = ledger.column("action").kind
        assert isinstance(kind, Choice)
        assert {action.id: kind.parse(action.word.zh) for action in ledger.actions} == {
            action.id: action.id for action in ledger.actions
        }


@every_ledger
def test_action_words_differ_in_each_language(ledger: Ledger):
    assert len({action.word.zh for action in ledger.actions}) == len(ledger.actions)
    assert len({action.word.en for action in ledger.actions}) == len(ledger.actions)


@every_ledger
def test_exactly_the_moving_actions_have_ways(ledger: Ledger):
    assert {action.id for action in ledger.actions if action.ways} == MOVING.get(ledger.id, set())


@every_ledger
def test_what_moves_goods_needs_a_quantity(ledger: Ledger):
    moving = [action for action in ledger.actions if action.ways or action.at_once]
    assert all(any("qty" in group for group in action.needs) for action in moving)
    assert all(way.from_place != way.to_place for action in moving for way in action.ways + action.at_once)


def test_an_order_moves_goods_only_where_it_is_the_sale():
    moves = {action.id: action.at_once for action in load("orders").actions}
    assert moves.pop("order") == (("@warehouse", "(customer)"),)
    assert set(moves.values()) == {()}


@every_ledger
def test_a_new_file_reads_the_same_in_chinese_and_in_english(ledger: Ledger):
    chinese = map_headings(ledger, [column.headings[0] for column in ledger.columns])
    english = map_headings(ledger, [column.title for column in ledger.columns])
    assert chinese == english
    assert list(chinese.columns) == [column.id for column in ledger.columns]
    assert (chinese.extra, chinese.odd) == ((), [])


def test_a_column_that_follows_from_others_is_read_and_not_made(desk):
    headings = ["日期", "收入", "余额"]
    assert map_headings(load("cash"), headings).columns == {"date": 0, "income": 1, "balance": 2}
    assert desk.run("cash in 5 货款").code == 0
    assert "余额" not in desk.lines("日记账.csv")[0]
    assert "结余" not in desk.lines("日记账.csv")[0]


@every_ledger
def test_every_accepted_heading_alone_finds_its_column(ledger: Ledger):
    others = {column.id: 0 for column in ledger.columns}
    for column in ledger.columns:
        for heading in (*column.headings, column.title, column.id, column.id.upper()):
            assert map_headings(ledger, [heading], fixed=others).columns == {column.id: 0}, heading


@pytest.mark.parametrize(
    ("name", "column", "word", "id_"),
    [
        ("shipments", "action", "销售出库", "ship"),
        ("shipments", "action", "退货", "return"),
        ("stock_moves", "action", "移库", "transfer"),
        ("products", "status", "停产", "discontinued"),
        ("customers", "status", "潜在", "prospect"),
    ],
)
def test_words_that_files_use_besides_are_read(name, column, word, id_):
    assert load(name).column(column).kind.parse(word) == id_
