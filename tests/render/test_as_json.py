from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.errors import FileTrouble, Refused, Where
from salesaid.core.tables import Card
from salesaid.core.text import Text
from salesaid.render import Occasion
from salesaid.render.as_json import answer_data, envelope, error_data, pieces, table_data, to_file, to_text
from salesaid.render.visible import visible


class UnknownProduct(Refused):
    """A mistake of its own."""


def test_a_table_has_exactly_the_keys_that_scripts_rely_on(orders) -> None:
    data = json.loads(to_text(table_data(orders(2), "zh")))
    assert list(data) == ["title", "columns", "rows", "totals", "notes"]
    assert data["columns"][0] == {"name": "order_no", "header": "订单号", "kind": "number_no"}
    assert list(data["rows"][0]) == ["order_no", "due", "customer", "product", "ordered", "amount", "paying", "rush"]
    assert data["notes"] == [{"code": "prices", "level": "warning", "text": "2 行没有单价"}]
    assert list(data["totals"]) == ["ordered", "amount"]


def test_values_are_canonical_in_every_language(orders) -> None:
    chinese, english = (json.loads(to_text(table_data(orders(3), lang)))["rows"] for lang in ("zh", "en"))
    assert chinese == english
    assert (chinese[0]["due"], chinese[2]["due"]) == ("2026-12-02", None)
    assert (chinese[0]["paying"], chinese[1]["rush"]) == ("paid", True)


def test_a_card_has_a_title_and_its_tables(orders) -> None:
    note = orders(1).notes[0]._replace(code="card")
    data = json.loads(to_text(answer_data(Card(Text("单", "One"), (orders(1), orders(1)), (note,)), "en")))
    assert list(data) == ["title", "tables"]
    assert [[n["code"] for n in table["notes"]] for table in data["tables"]] == [["card", "prices"], ["prices"]]


def test_a_table_without_rows_has_an_empty_list(orders) -> None:
    assert json.loads(to_text(table_data(orders(0), "zh")))["rows"] == []


def test_an_error_says_code_message_hint_and_where() -> None:
    error = UnknownProduct(Text("没有", "none"), Text("看看", "look"), Where("订单.csv", None, 3, "产品"))
    where = {"file": "订单.csv", "sheet": None, "row": 3, "column": "产品"}
    assert error_data(error, "zh") == {"code": "unknown-product", "message": "没有", "hint": "看看", "where": where}


def test_an_error_without_hint_and_place_has_nulls() -> None:
    data = error_data(FileTrouble(Text("坏", "bad")), "en")
    assert data == {"code": "file-trouble", "message": "bad", "hint": None, "where": None}


@pytest.mark.parametrize(("errors", "status"), [((), "ok"), (({"code": "x"},), "error")])
def test_the_envelope_is_the_same_for_answer_and_trouble(errors, status) -> None:
    data = json.loads(to_text(envelope("order add", None, errors)))
    assert list(data.items()) == [
        ("status", status),
        ("command", "order add"),
        ("data", None),
        ("errors", list(errors)),
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_a_number_keeps_its_very_digits(number: Decimal) -> None:
    read = json.loads(to_text({"n": number}), parse_float=Decimal, parse_int=Decimal)["n"]
    assert read == number
    assert "E" not in to_text(number)


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_what_is_no_number_is_null(number: Decimal) -> None:
    assert to_text(number) == "null\n"


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_reads_back_and_shows_nothing_hidden(text: str) -> None:
    document = to_text({text: [text]})
    assert json.loads(document) == {text: [text]}
    assert visible(document.replace("\n", "")).replace("<U+003C>", "<").count("<U+") == document.count("<U+")


def test_hostile_text_reaches_no_terminal(hostile) -> None:
    document = to_text(list(hostile))
    assert json.loads(document) == list(hostile)
    assert document.encode()
    assert visible(document.replace("\n", "")) == document.replace("\n", "")


def test_every_row_stands_on_its_own_line_and_the_document_ends_with_one(orders) -> None:
    lines = to_text(table_data(orders(3), "zh")).split("\n")
    assert [json.loads(line.rstrip(","))["order_no"][-3:] for line in lines if line.startswith('{"order_no"')] == [
        "001",
        "002",
        "003",
    ]
    assert lines[-1] == ""


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_data_reads_back_as_it_was(value: object) -> None:
    assert json.loads("".join(pieces(value))) == value


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        to_text({"n": 0.1})


def test_a_file_holds_the_envelope_and_the_same_bytes_each_time(orders) -> None:
    occasion = Occasion("zh", "order list", date(2026, 11, 22))
    assert json.loads(to_file(orders(2), occasion))["command"] == "order list"
    assert to_file(orders(2), occasion) == to_file(orders(2), occasion)
