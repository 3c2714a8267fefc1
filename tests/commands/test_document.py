"""salesaid document: papers are filed where they lie, missed where they are not, and followed when they change."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

BOOK = """
    客户.csv
    客户,付款条件
    骏业,月结90
    万安达,月结90

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,业务员,评审人
    SO20261110-001,2026-11-10,下单,骏业,主板,2,120,2026-11-30,王磊,赵
    SO20261118-001,2026-11-18,下单,骏业,电源线,10,6,2026-11-30,王磊,赵
    SO20261119-001,2026-11-19,下单,万安达,主板,5,120,2026-11-30,赵丽,赵
    SO20261120-001,2026-11-20,下单,万安达,主板,1,120,2026-11-30,赵丽,赵

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20261111-001,2026-11-11,发货,SO20261110-001,骏业,主板,2,120
    SH20261119-001,2026-11-19,发货,SO20261118-001,骏业,电源线,4,6
    SH20261121-001,2026-11-21,发货,SO20261118-001,骏业,电源线,6,6
    SH20261120-001,2026-11-20,发货,SO20261119-001,万安达,主板,5,120
    SH20261121-002,2026-11-21,退回,SO20261119-001,万安达,主板,5,120
    """


@pytest.fixture
def office(desk, tmp_path, monkeypatch):
    """A book with orders, and papers in a folder beside it where the person stands."""
    desk.lay_out(BOOK)
    folder = tmp_path / "扫描 件"
    folder.mkdir()
    (folder / "骏业 合同.pdf").write_bytes(b"contract")
    monkeypatch.chdir(folder)
    return desk


def papers(desk):
    rows = [line.split(",") for line in desk.lines("单据.csv")]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_file_is_filed_with_its_path_from_the_book_on_and_stays_where_it_is(office):
    before = {path: path.read_bytes() for path in Path().iterdir()}
    done = office.run(["document", "add", "1118-1", "骏业 合同.pdf", "--kind", "合同", "--note", "盖过章"])
    assert done.code == 0
    [row] = papers(office)
    path = (office.folder / row["文件"]).resolve()
    assert path == Path("骏业 合同.pdf").resolve()
    assert not Path(row["文件"]).is_absolute()
    assert "\\" not in row["文件"]
    assert row["校验值"] == hashlib.sha256(b"contract").hexdigest()
    assert {row["订单号"], row["客户"], row["种类"], row["备注"]} == {"SO20261118-001", "骏业", "合同", "盖过章"}
    assert row["单号"] == "DC20261123-001"
    assert {path: path.read_bytes() for path in Path().iterdir()} == before
    assert "还缺：送货单" not in done.out  # nothing was asked for before the first paper


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_what_is_filed_is_listed_whatever_the_store(office, store):
    office.write("salesaid.toml", f'[book]\nlanguage = "zh"\nstore = "{store}"')
    for no in ("1110-1", "1118-1"):
        assert office.run(["document", "add", no, "骏业 合同.pdf", "--kind", "合同"]).code == 0
    assert (office.folder / f"单据.{store}").exists()
    rows = office.rows("document list")
    assert [(row["document_no"], row["order_no"], row["file"]) for row in rows] == [
        ("DC20261123-002", "SO20261118-001", "there"), ("DC20261123-001", "SO20261110-001", "there"),
    ]  # fmt: skip
    assert office.rows("document list --order 1110-1") == rows[1:]
    assert office.rows("document list --customer 万安达") == []
    assert office.rows("document list --kind contract") == rows


def test_a_file_inside_the_book_one_far_away_and_names_that_begin_oddly(office, tmp_path_factory):
    far = tmp_path_factory.mktemp("far") / "a b.pdf"
    inside = office.folder / "资料" / "@单.pdf"
    inside.parent.mkdir()
    for path in (far, inside, office.folder / "=1+1.pdf"):
        path.write_bytes(path.name.encode())
        assert office.run(["document", "add", "1118-1", str(path), "--kind", "合同"]).code == 0
    written = [row["文件"] for row in papers(office)]
    assert written[1:] == ["资料/@单.pdf", "./=1+1.pdf"]
    assert (office.folder / written[0]).resolve() == far.resolve()
    assert [row["file"] for row in office.rows("document list")] == ["there"] * 3


def test_a_file_that_shares_no_folder_with_the_book_is_named_as_a_whole():
    from salesaid.book.paper_files import as_named

    if os.name != "nt":
        assert as_named(Path("/somewhere/book"), Path("/elsewhere/a.pdf")) == "/elsewhere/a.pdf"
        assert as_named(Path("/somewhere/book"), Path("/somewhere/a.pdf")) == "../a.pdf"


def test_paths_that_windows_wrote_are_read_everywhere(office):
    (office.folder / "资料").mkdir()
    (office.folder / "资料" / "合同 1.pdf").write_bytes(b"x")
    office.write(
        "单据.csv",
        "单号,日期,订单号,种类,文件\n"
        "DC20261120-001,2026-11-20,SO20261118-001,合同,资料\\合同 1.pdf\n"
        "DC20261120-002,2026-11-20,SO20261118-001,送货单,D:\\资料\\送货单.pdf\n"
        "DC20261120-003,2026-11-20,SO20261118-001,发票,资料\\发票.pdf\n",
    )
    states = [row["file"] for row in office.rows("document list")]
    assert states == ["gone", "there" if os.name == "nt" else "unseen", "there"] or os.name == "nt"
    if os.name != "nt":
        assert [(row["code"], row["severity"]) for row in office.rows("check D02")] == [
            ("D02", "note"), ("D02", "error"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["1118-1", "没有.pdf", "--kind", "合同"], 3, "找不到文件"),
        (["1118-1", "骏业 合.pdf", "--kind", "合同"], 3, "是不是：骏业 合同.pdf"),
        (["1118-1", ".", "--kind", "合同"], 3, "是文件夹"),
        (["1118-1", "骏业 合同.pdf", "--kind", "怪单"], 2, "？确是新的一种，请加 --new"),
        (["1118-1", "骏业 合同.pdf", "--kind", "报告"], 2, "材质报告、SGS报告"),
        (["骏业", "骏业 合同.pdf", "--kind", "合同"], 2, "是不是：SO20261118-001、SO20261110-001"),
        (["SO20261118-009", "骏业 合同.pdf", "--kind", "合同"], 2, "SO20261118-001"),
        (["1118-1", "骏业 合同.pdf", "--kind", "合同", "--on-paper"], 2, "--on-paper"),
        (["1118-1", "--kind", "合同"], 2, "--on-paper"),
        (["1118-1", "骏业 合同.pdf"], 2, "缺少单据种类\n  写成 --kind 种类"),
        (["骏业 合同.pdf", "--kind", "合同"], 2, "缺少文件"),
    ],
)
def test_what_cannot_be_filed_is_refused_and_nothing_is_written(office, words, code, says):
    refused = office.run(["document", "add", *words])
    assert (refused.code, says in refused.err) == (code, True), refused.err
    assert not (office.folder / "单据.csv").exists()
    assert office.run(["--lang", "en", "document", "add", *words]).code == code


def test_the_same_file_is_filed_once_for_an_order_and_a_changed_one_again(office):
    add = ["document", "add", "1118-1", "骏业 合同.pdf", "--kind", "合同"]
    assert office.run(add).code == 0
    assert office.run(add).code == 2
    assert office.run(["document", "add", "1110-1", *add[3:]]).code == 0  # a contract for two orders
    assert office.rows("check D03") == []
    Path("骏业 合同.pdf").write_bytes(b"altered")
    assert [row["code"] for row in office.rows("check D03")] == ["D03"]
    again = office.run(add)
    assert (again.code, "以这次的为准" in again.out) == (0, True)
    assert office.rows("check D03") == []


def test_a_file_that_was_moved_is_mended_by_filing_it_again(office):
    assert office.run(["document", "add", "1118-1", "骏业 合同.pdf", "--kind", "合同"]).code == 0
    Path("骏业 合同.pdf").rename("2026-001.pdf")
    assert [row["severity"] for row in office.rows("check D02")] == ["error"]
    assert office.run(["document", "add", "1118-1", "2026-001.pdf", "--kind", "合同"]).code == 0
    assert office.rows("check D02") == []


def test_kinds_are_one_in_both_languages_and_a_part_is_enough(office):
    for kind in ("contract", "送货", "sgs"):
        assert office.run(["document", "add", "1118-1", "--on-paper", "--kind", kind]).code == 0
    assert [row["种类"] for row in papers(office)] == ["合同", "送货单", "sgs"]
    assert office.rows("document missing --customer 骏业") == []
    assert office.run(["document", "add", "1118-1", "--on-paper", "--kind", "熏蒸证明", "--new"]).code == 0
    assert office.run(["document", "add", "1110-1", "--on-paper", "--kind", "熏蒸"]).code == 0


def missing(desk, words="document missing"):
    return [(row["order_no"], row["kind"], row["shipped"]) for row in desk.rows(words)]


def test_nothing_is_missing_before_papers_are_kept(office):
    assert missing(office) == []
    assert "还没有登记单据" in office.run("document missing").out
    assert office.rows("check D") == []
    assert [row for row in office.rows("today") if row["part"] == "document"] == []


def test_papers_are_missed_of_orders_since_the_first_paper(office):
    assert office.run(["document", "add", "1118-1", "--on-paper", "--kind", "合同", "-d", "2026-11-18"]).code == 0
    # what came back as a whole was not shipped, nor what is still here; the oldest order is of before
    assert missing(office) == [("SO20261118-001", "送货单", "2026-11-19")]
    assert office.run(["document", "add", "1118-1", "--on-paper", "--kind", "送货单"]).code == 0
    assert missing(office) == []


def test_what_the_settings_ask_for_is_missed_of_all_orders_or_since_their_day(office):
    settings = '[book]\nlanguage = "zh"\n[documents]\nneeded = ["合同", "SGS报告"]\n'
    office.write("salesaid.toml", settings)
    assert missing(office) == [
        ("SO20261110-001", "合同", "2026-11-11"), ("SO20261110-001", "SGS报告", "2026-11-11"),
        ("SO20261118-001", "合同", "2026-11-19"), ("SO20261118-001", "SGS报告", "2026-11-19"),
    ]  # fmt: skip
    office.write("salesaid.toml", settings + "since = 2026-11-15\n")
    assert {no for no, *_ in missing(office)} == {"SO20261118-001"}
    assert {no for no, *_ in missing(office, "document missing --by 赵丽")} == set()
    assert office.run("document missing --by 无此人").code == 2
    [duty] = [row for row in office.rows("today --owner 王磊") if row["part"] == "document"]
    assert (duty["days"], duty["command"]) == (4, "salesaid document add 1118-1 … --kind 合同")
    office.write("salesaid.toml", settings.replace('"合同", "SGS报告"', ""))
    assert missing(office) == []


def test_each_row_of_a_book_of_sales_needs_its_papers(desk):
    """
    salesaid.toml
    [ledgers.orders]
    ships = "at_once"
    [documents]
    needed = ["合同"]

    订单.csv
    单号,日期,客户,产品,数量,单价
    X1,2026-11-10,骏业,主板,2,120
    X2,2026-11-11,骏业,主板,1,120

    单据.csv
    日期,订单号,种类
    2026-11-11,X2,购销合同
    """
    assert missing(desk) == [("X1", "合同", "2026-11-10")]
    [row] = desk.rows("document list")
    assert (row["document_no"], row["file"]) == ("单据.csv:2", "paper")


def test_a_void_paper_counts_for_nothing_and_undo_brings_it_back(office):
    for kind in ("合同", "送货单"):
        office.run(["document", "add", "1118-1", "--on-paper", "--kind", kind, "-d", "2026-11-18"])
    assert office.run("void DC1118-1 --why 归错").code == 0
    assert missing(office) == [("SO20261118-001", "合同", "2026-11-19")]
    assert [row["kind"] for row in office.rows("document list")] == ["送货单"]
    assert office.run("undo").code == 0
    assert missing(office) == []
    assert office.run("void DC1118-1 --why 归错").code == 0
    assert office.run("void DC1118-1 --why 归错").code == 2


def test_a_dry_run_and_a_repeated_request_write_nothing(office):
    add = ["document", "add", "1118-1", "骏业 合同.pdf", "--kind", "合同"]
    assert office.run([*add, "--dry-run"]).code == 0
    assert not (office.folder / "单据.csv").exists()
    first = office.json([*add, "--request-id", "r1"])["data"]
    assert office.json([*add, "--request-id", "r1"])["data"]["receipt"] == first["receipt"]
    assert len(papers(office)) == 1
    assert first["entries"][0]["row"]["path"].endswith("骏业 合同.pdf")


def test_a_terminal_asks_for_what_is_missing(office):
    done = office.run(["document", "add", "1118-1"], stdin='合同\n"骏业 合同.pdf"\n')
    assert done.code == 0, done.err
    assert [row["种类"] for row in papers(office)] == ["合同"]


def test_a_place_on_a_shelf_is_no_file_that_is_gone(office):
    office.write(
        "单据.csv",
        "单号,日期,订单号,种类,存放位置\n"
        "DC20261120-001,2026-11-20,SO20261118-001,合同,3号夹\n"
        "DC20261120-002,2026-11-20,SO20261118-001,送货单,2号柜/第1.5层\n"
        "DC20261120-003,2026-11-20,SO20261118-001,发票,2号柜/发票.pdf\n",
    )
    assert [row["file"] for row in office.rows("document list")] == ["gone", "paper", "paper"]
    assert [row["value"] for row in office.rows("check D02")] == ["2号柜/发票.pdf"]


def test_rows_that_make_no_sense_are_listed_for_what_they_are(office):
    office.write(
        "单据.csv",
        "单号,日期,订单号,客户,种类,文件\n"
        "DC20261120-001,2026-11-20,不存在,骏业,合同,没有\x07.pdf\n"
        "DC20261120-002,2026-11-20,,,,\n"
        f"DC20261120-003,2026-11-20,SO20261118-001,骏业,合同,{'长' * 3000}.pdf\n",
    )
    rows = office.rows("document list")
    assert [row["file"] for row in rows] == ["gone", "paper", "gone"]
    assert [row["code"] for row in office.rows("check D02 D03 D04")] == ["D02", "D04", "D02"]
    assert office.run("document list").code == office.run("document missing").code == 0
