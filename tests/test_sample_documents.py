"""The sample book's papers and prices: what its rules find is worked out here from the cells and the files alone."""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from decimal import Decimal

import pytest

from tests.desk import Desk
from tests.sample_cells import AS_OF, DATA, ORDERS, SHIPMENTS, cells

PAPERS, QUOTES = cells("单据.csv"), cells("行情.csv")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "book"
    shutil.copytree(DATA, folder)
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")


def found(desk, code):
    return sorted((row["file"], row["row"]) for row in desk.rows(f"check {code}"))


def lines_of(name, *numbers):
    """The rows of the file in which these documents begin; the first row is the second line."""
    return [(name, at) for at, row in enumerate(cells(name), 2) if row["单号"] in numbers][: len(numbers)]


def shipped_without():
    """The orders since the first paper that were shipped, and the kinds that each of them lacks."""
    began = min(row["日期"] for row in PAPERS)
    sent = {row["订单号"] for row in SHIPMENTS if row["类型"] == "发货"}
    there = defaultdict(set)
    for row in PAPERS:
        there[row["订单号"]].add(row["种类"])
    taken = {row["单号"] for row in ORDERS if row["类型"] == "下单" and row["日期"] >= began}
    return {(no, kind) for no in taken & sent for kind in ("合同", "送货单") if kind not in there[no]}


def test_what_is_missing_is_what_no_row_has(desk):
    lacks = shipped_without()
    assert lacks == {("SO20261113-001", "送货单")}
    assert {(row["order_no"], row["kind"]) for row in desk.rows("document missing")} == lacks
    assert {row["no"] for row in desk.rows("today") if row["part"] == "document"} == {no for no, _ in lacks}
    assert found(desk, "D01") == lines_of("订单.csv", "SO20261113-001")


def test_files_that_are_gone_or_changed_are_those_that_differ_on_the_disk(desk):
    filed = {row["单号"]: (desk.folder / row["文件"], row["校验值"]) for row in PAPERS if row["文件"]}
    gone = [no for no, (path, _) in filed.items() if not path.exists()]
    kept = {no: sum_ for no, (path, sum_) in filed.items() if path.exists()}
    changed = [no for no in kept if hashlib.sha256(filed[no][0].read_bytes()).hexdigest() != kept[no]]
    assert (gone, changed) == (["DC20261110-002"], ["DC20261111-001"])
    assert found(desk, "D02") == lines_of("单据.csv", *gone)
    assert found(desk, "D03") == lines_of("单据.csv", *changed)
    states = {row["document_no"]: row["file"] for row in desk.rows("document list")}
    paper = {row["单号"] for row in PAPERS if not row["文件"]}
    assert {no for no, state in states.items() if state == "paper"} == paper
    assert [no for no, state in states.items() if state == "gone"] == gone
    assert len(states) == len(PAPERS)


def test_the_paper_of_an_order_that_is_not_there_is_found(desk):
    orders = {row["单号"] for row in ORDERS}
    unknown = [row["单号"] for row in PAPERS if row["订单号"] not in orders]
    assert found(desk, "D04") == lines_of("单据.csv", *unknown)
    assert len(unknown) == 1


def test_nothing_else_about_papers_and_prices_is_flagged(desk):
    assert len(desk.rows("check D")) == 4
    assert [row for row in desk.rows("check") if row["file"] == "行情.csv"] == []


def test_prices_their_changes_and_averages_are_what_the_cells_say(desk):
    held = {row["日期"]: Decimal(row["价格"]) for row in QUOTES}  # of a day the last row
    days = sorted(held)
    rows = desk.rows("price list 铜")
    assert [row["date"] for row in rows] == days[::-1]
    for row in rows:
        at = days.index(row["date"])
        month = [held[day] for day in days if day[:7] == row["date"][:7]]
        before = held[days[at - 1]] if at else None
        assert Decimal(str(row["price"])) == held[row["date"]]
        assert row["change"] == (None if before is None else float(held[row["date"]] - before))
        assert abs(Decimal(str(row["month_average"])) - sum(month) / len(month)) <= Decimal("0.005")
    assert len(QUOTES) == len(rows) + 1
