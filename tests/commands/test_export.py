import csv
import io
import json
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.desk import Desk

DATA = Path(__file__).parents[2] / "data"


def cells(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def descriptor(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def schema(folder, ledger):
    return next(each["schema"] for each in descriptor(folder)["resources"] if each["name"] == ledger)


def field(folder, ledger, column):
    return next(each for each in schema(folder, ledger)["fields"] if each.get("column") == column)


def wrong_in(folder):
    """What frictionless finds wrong."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    return frictionless.validate(str(folder / "datapackage.json")).flatten(["name", "rowNumber", "type", "note"])


@pytest.fixture
def sample(tmp_path):
    book = tmp_path / "book"
    shutil.copytree(DATA, book)
    return Desk(book, (DATA / "salesaid.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("out", ["out", "out --store xlsx", "out/all.xlsx"])
def test_the_sample_book_is_a_valid_data_package(sample, tmp_path, out):
    (tmp_path / "out").mkdir()
    done = sample.run(f"export --out {tmp_path}/{out}")
    assert done.code == 0, done.err
    assert wrong_in(tmp_path / "out") == []
    assert len(descriptor(tmp_path / "out")["resources"]) == len(list(DATA.glob("*.csv")))


def test_every_cell_of_the_sample_book_is_exported_as_it_stands(sample, tmp_path):
    sample.run(f"export --out {tmp_path}/out")
    exported = {path.name: cells(path) for path in (tmp_path / "out").glob("*.csv")}
    assert exported == {path.name: cells(path) for path in DATA.glob("*.csv")}


def test_the_sample_book_comes_back_from_workbooks_cell_by_cell(sample, tmp_path):
    sample.run(f"export --out {tmp_path}/sheets --store xlsx")
    (tmp_path / "sheets" / "datapackage.json").unlink()
    done = Desk(tmp_path / "sheets").run(f"export --out {tmp_path}/back")
    assert done.code == 0, done.err
    for path in DATA.glob("*.csv"):
        head, *rows = cells(path)
        wide = [[*row, *[""] * (len(head) - len(row))] for row in rows]
        assert cells(tmp_path / "back" / path.name) == [head, *wide]


def test_types_keys_and_titles_are_said(sample, tmp_path):
    sample.run(f"export --out {tmp_path}/out")
    out = tmp_path / "out"
    assert schema(out, "customers")["primaryKey"] == ["客户"]
    supplied = schema(out, "purchases")["foreignKeys"]
    assert {"fields": ["供应商"], "reference": {"resource": "suppliers", "fields": ["供应商"]}} in supplied
    assert field(out, "orders", "date")["type"] == "date"
    assert field(out, "orders", "qty")["type"] == "number"
    assert field(out, "orders", "customer")["title"] == "客户 / Customer"
    assert "订单 / orders" in [each["title"] for each in descriptor(out)["resources"]]


def test_hand_typed_cells_make_a_column_text_and_the_package_stays_valid(desk, tmp_path):
    """
    订单.csv
    单号,日期,客户,产品,数量,金额,交期,备注
    A1,2026/5/6,骏业,电源线,2,"1,234.50",尽快,
    A2,2026/5/7,,电源线,1.5,1.2万,2026-05-09, 两头空
    """
    assert desk.run(f"export 订单 --out {tmp_path}/out").code == 0
    out = tmp_path / "out"
    assert wrong_in(out) == []
    assert field(out, "orders", "date") | {"title": 0, "description": 0} == {
        "name": "日期", "type": "date", "format": "%Y/%m/%d", "title": 0, "description": 0, "column": "date",
        "constraints": {"required": True},
    }  # fmt: skip
    assert field(out, "orders", "amount")["type"] == "string"
    assert field(out, "orders", "due")["type"] == "string"
    assert cells(out / "订单.csv")[2][-1] == " 两头空"


def test_amounts_in_groups_and_words_for_nothing_are_numbers(desk, tmp_path):
    """
    订单.csv
    单号,日期,客户,产品,数量,金额
    A1,2026-05-06,骏业,电源线,2,"1,234.50"
    A2,2026-05-07,骏业,电源线,1,-
    """
    desk.run(f"export orders --out {tmp_path}/a.csv")
    found = field(tmp_path, "orders", "amount")
    assert (found["type"], found["groupChar"], found["missingValues"]) == ("number", ",", ["", "-"])
    assert wrong_in(tmp_path) == []


def test_a_name_that_is_in_no_register_makes_no_foreign_key(desk, tmp_path):
    """
    客户.csv
    客户
    骏业

    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-05-06,别家,电源线,2
    """
    desk.run(f"export --out {tmp_path}/out")
    assert "foreignKeys" not in schema(tmp_path / "out", "orders")
    assert wrong_in(tmp_path / "out") == []


def test_a_register_with_a_thing_twice_has_no_primary_key(desk, tmp_path):
    """
    客户.csv
    客户,电话
    骏业,1
    骏业,2
    """
    desk.run(f"export --out {tmp_path}/out")
    assert "primaryKey" not in schema(tmp_path / "out", "customers")
    assert wrong_in(tmp_path / "out") == []


def test_blank_and_doubled_headings_are_exported_and_described(desk, tmp_path):
    """
    订单.csv
    日期,客户,产品,数量,店里,店里,,x
    2026-05-06,骏业,电源线,2,a,b,c,d
    """
    desk.run(f"export --out {tmp_path}/out")
    assert cells(tmp_path / "out" / "订单.csv")[0] == ["日期", "客户", "产品", "数量", "店里", "店里", "", "x"]
    names = [each["name"] for each in schema(tmp_path / "out", "orders")["fields"]]
    assert names[4:] == ["店里", "店里#2", "column7", "x"]
    assert wrong_in(tmp_path / "out") == []


def test_figures_that_read_back_are_numbers_in_a_workbook_and_others_stay_texts(desk, tmp_path):
    """
    订单.csv
    单号,日期,客户,产品,型号,数量,单价,金额
    A1,2026-05-06,骏业,电源线,007,12,1.5,18.00
    A2,2026-05-07,骏业,电源线,123456789012345678,3,2,6.00
    """
    done = desk.json(f"export orders --out {tmp_path}/a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]][4:] == ["007", 12, 1.5, "18.00"]
    assert [cell.value for cell in sheet[3]][4] == "123456789012345678"
    assert sheet["B2"].value.isoformat() == "2026-05-06T00:00:00"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A2"
    assert [note["code"] for note in done["data"]["notes"]] == ["kept_as_text"]
    assert wrong_in(tmp_path) == []


def test_a_cell_that_looks_like_a_formula_is_a_text(desk, tmp_path):
    """
    订单.csv
    日期,客户,产品,数量,=备注
    2026-05-06,骏业,=1+1,2,@x
    """
    desk.run(f"export orders --out {tmp_path}/a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.data_type for cell in sheet[2]] == ["d", "s", "s", "n", "s"]
    assert sheet["E1"].data_type == "s"


def test_rows_of_another_width_are_said_to_be_missing(desk, tmp_path):
    """
    订单.csv
    日期,客户,产品,数量
    2026-05-06,骏业,电源线,2,太,多
    2026-05-07,骏业,电源线,3
    """
    done = desk.json(f"export orders --out {tmp_path}/out")
    assert done["data"]["rows"][0]["rows"] == 1
    assert [note["code"] for note in done["data"]["notes"]] == ["not_exported"]


def test_what_is_refused_writes_nothing(desk, tmp_path):
    """
    订单.csv
    日期,客户,产品,数量
    2026-05-06,骏业,电源线,2

    客户.csv
    客户
    骏业
    """
    before = sorted(tmp_path.rglob("*"))
    ledger = (tmp_path / "订单.csv").read_bytes()
    for words in (
        "export", f"export 订单 客户 --out {tmp_path}/a.csv", f"export 没有 --out {tmp_path}/a",
        f"export 借用 --out {tmp_path}/a", f"export 订单 --out {tmp_path}/订单.csv", f"export --out {tmp_path}",
        f"export 订单 --out {tmp_path}/orders.xlsx", f"export 订单 --out {tmp_path}/a.ods",
        f"export 订单 --out {tmp_path}/a.csv --store xlsx", f"export 订单 --out {tmp_path}/.salesaid/a.csv",
    ):  # fmt: skip
        done = desk.run(words)
        assert (done.code, done.out) == (2, ""), words
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "订单.csv").read_bytes() == ledger


def test_a_book_without_any_ledger_has_nothing_to_export(desk, tmp_path):
    done = desk.run(f"export --out {tmp_path}/out")
    assert (done.code, "没有可导出的" in done.err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_missing_above_is_refused(desk, tmp_path):
    """
    客户.csv
    客户
    骏业
    """
    refused = desk.run(f"export --out {tmp_path}/a/b/c")
    assert (refused.code, f"要写 c 的文件夹 {tmp_path}/a/b 不存在" in refused.err) == (3, True)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("out", ["other", "other/订单.csv", "other/新的.xlsx"])
def test_another_book_keeps_its_ledgers(desk, tmp_path, out):
    """
    客户.csv
    客户
    骏业
    """
    other = tmp_path / "other"
    other.mkdir()
    (other / "salesaid.toml").write_text("", encoding="utf-8")
    (other / "客户.csv").write_text("客户\n安卡\n", encoding="utf-8")
    refused = desk.run(["export", "客户", "--out", str(tmp_path / out)])
    assert (refused.code, "是另一个账本" in refused.err) == (2, True)
    assert sorted(path.name for path in other.iterdir()) == ["salesaid.toml", "客户.csv"]
    assert (other / "客户.csv").read_text(encoding="utf-8") == "客户\n安卡\n"


def test_a_data_package_of_others_stays(desk, tmp_path):
    """
    客户.csv
    客户
    骏业
    """
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "datapackage.json").write_text('{"name": "theirs"}')
    assert desk.run(f"export --out {tmp_path}/out").code == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["datapackage.json"]


def test_a_second_export_into_the_folder_keeps_what_lies_there(desk, tmp_path):
    """
    客户.csv
    客户
    骏业

    订单.csv
    日期,客户,产品,数量
    2026-05-06,骏业,电源线,2
    """
    desk.run(f"export 订单 --out {tmp_path}/out")
    desk.run(f"export 客户 --out {tmp_path}/out")
    assert [each["name"] for each in descriptor(tmp_path / "out")["resources"]] == ["customers", "orders"]
    assert wrong_in(tmp_path / "out") == []


TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "007",
            "1.50",
            "1.5",
            "12",
            "-0",
            "1E5",
            "123456789012345678",
            "2026-05-06",
            "2026/5/6",
            "1900-01-05",
            "无",
        ]
    ),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.dates().map(str),
)
ROWS = st.lists(st.tuples(*[TEXTS] * 6), min_size=1, max_size=8)


def has_text(row):
    return any(text.strip() for text in row)


def line(row):
    return ",".join('"' + text.replace('"', '""') + '"' for text in row) + "\r\n"


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_csv_to_workbook_to_csv_keeps_the_text_of_every_cell(rows):
    headings = ("日期", "产品", "型号", "数量", "金额", "别的")
    rows = [("2026-05-06", "一", "", "1", "1.00", ""), *rows, ("2026-05-07", "二", "x", "2", "", "")]
    with tempfile.TemporaryDirectory() as name:
        first, second, third = (Path(name) / each for each in ("first", "second", "third"))
        for folder in (first, second):
            folder.mkdir()
        desk = Desk(first)
        (first / "订单.csv").write_bytes("".join(map(line, (headings, *rows))).encode("utf-8-sig"))
        done = desk.run(f"export --out {second}/订单.xlsx")
        assert done.code == 0, done.err
        (second / "datapackage.json").unlink()
        done = Desk(second).run(f"export --out {third}")
        assert done.code == 0, done.err
        wanted = [list(row) for row in rows if has_text(row)]
        assert cells(third / "订单.csv") == [list(headings), *wanted]


@settings(max_examples=30, deadline=None)
@example([("", "", "", "", "\x1f", "007")], "xlsx")
@given(rows=ROWS, store=st.sampled_from(["csv", "xlsx"]))
def test_whatever_stands_in_the_cells_the_package_is_valid(rows, store):
    headings = ("日期", "客户", "型号", "数量", "金额", "别的")
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "book"
        book.mkdir()
        desk = Desk(book)
        (book / "订单.csv").write_bytes("".join(map(line, (headings, *rows))).encode("utf-8-sig"))
        (book / "客户.csv").write_bytes("".join(map(line, (("客户", "电话"), ("骏业", "1")))).encode("utf-8-sig"))
        done = desk.run(f"export --out {name}/out --store {store}")
        assert done.code == 0, done.err
        assert wrong_in(Path(name) / "out") == []
