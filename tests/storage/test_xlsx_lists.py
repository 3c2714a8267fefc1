"""Ledger workbooks that people type into: drop-down lists of words, and of names that grow with the rows."""

from contextlib import contextmanager

import openpyxl
import pytest

from salesaid.core.kinds import DATE, MONEY, TEXT
from salesaid.storage.contract import Cell, Spot
from salesaid.storage.xlsx_lists import Choices
from salesaid.storage.xlsx_store import STORE
from tests.desk import SETTINGS, Desk

HEADINGS = ("客户", "日期", "类型", "金额")
FORMATS = (TEXT.excel, DATE.excel, TEXT.excel, MONEY.excel)
CHOICES = {0: Choices(["骏业", "=华强&", "a\x01b"], grow=True), 2: Choices(["下单", "关闭"])}


def heads(cells):
    return len(set(HEADINGS) & set(cells))


@contextmanager
def opened(path):
    sheet = STORE.open(Spot(path), heads)
    try:
        yield sheet
    finally:
        sheet.close()


def appended(path, *given):
    with opened(path) as sheet:
        change = sheet.append(*given)
    path.write_bytes(change.new)
    change.verify(path)


def text(value):
    return Cell(value, value)


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "订单.xlsx"
    change = STORE.create(Spot(path), HEADINGS, FORMATS, [[text("骏业"), None, None, None]], CHOICES)
    path.write_bytes(change.new)
    change.verify(path)
    return path


def lists(path):
    sheets = openpyxl.load_workbook(path)
    return {sheet.title: [row[0] for row in sheet.values] for sheet in sheets if sheet.sheet_state == "hidden"}


def rules(path):
    found = openpyxl.load_workbook(path).worksheets[0].data_validations.dataValidation
    return {str(rule.sqref): (rule.formula1, bool(rule.showErrorMessage)) for rule in found}


def test_words_stand_in_their_rule_and_names_on_a_hidden_sheet(made):
    assert rules(made) == {
        "A2:A1048576": ("OFFSET('客户名单'!$A$2,0,0,MAX(1,COUNTA('客户名单'!$A:$A)-1),1)", False),
        "C2:C1048576": ('"下单,关闭"', False),
    }
    assert lists(made) == {"客户名单": ["客户", "骏业", "=华强&", "a_x0001_b"]}


def test_the_ledger_is_still_the_first_sheet_and_reads_as_before(made):
    with opened(made) as sheet:
        assert (sheet.headings, [texts[0] for _, texts in sheet.rows()]) == (HEADINGS, ["骏业"])


def test_new_rows_and_the_register_add_their_names_once(made):
    appended(made, [[text("新客户"), None, None, None], [text("骏业"), None, None, None]])
    assert lists(made)["客户名单"][3:] == ["a_x0001_b", "新客户"]
    appended(made, [[text("新客户"), None, None, None]], {0: lambda: ["别家", "a\x01b", ""]})
    assert lists(made)["客户名单"][4:] == ["新客户", "别家"]
    with opened(made) as sheet:
        assert [texts[0] for _, texts in sheet.rows()] == ["骏业", "新客户", "骏业", "新客户"]
    assert len(rules(made)) == 2


def test_a_workbook_without_lists_is_asked_for_no_names(tmp_path):
    path = tmp_path / "订单.xlsx"
    path.write_bytes(STORE.create(Spot(path), HEADINGS, FORMATS, ()).new)

    def never():
        raise AssertionError

    appended(path, [[text("骏业"), None, None, None]], {0: never})
    assert lists(path) == {}


def test_too_many_words_and_words_with_commas_make_no_rule(tmp_path):
    path = tmp_path / "订单.xlsx"
    many = {0: Choices(["很长的词" * 9] * 9), 1: Choices(["a,b"]), 2: Choices([])}
    path.write_bytes(STORE.create(Spot(path), HEADINGS, FORMATS, (), many).new)
    assert rules(path) == {}


def test_a_book_of_workbooks_offers_its_products_and_customers(tmp_path):
    desk = Desk(tmp_path, SETTINGS + 'store = "xlsx"\n')
    for words in (
        "product add 主板 --model BVM7-710 --price 120", "customer add 骏业", "customer add 旧客户 --status 流失",
        "order add 骏业 BVM7-710×2", "product add 电源线 --price 6", "order add 华强 整机×1@1280 --new",
    ):  # fmt: skip
        done = desk.run(words)
        assert done.code == 0, done.err
    found = lists(tmp_path / "订单.xlsx")
    assert found["客户名单"] == ["客户", "骏业", "华强"]
    assert found["产品名单"][:3] == ["产品", "主板", "电源线"]
    assert found["型号名单"] == ["型号", "BVM7-710"]
    assert '"下单,变更,评审,关闭"' in [formula for formula, _ in rules(tmp_path / "订单.xlsx").values()]
    assert list(lists(tmp_path / "产品.xlsx")) == ["供应商名单"]
    before = (tmp_path / "订单.xlsx").read_bytes()
    assert desk.run("order add 新来 主板×1 --new").code == 0
    assert "新来" in lists(tmp_path / "订单.xlsx")["客户名单"]
    assert desk.run("undo").code == 0
    assert (tmp_path / "订单.xlsx").read_bytes() == before
    assert desk.run("check --fail-on error").code == 0
