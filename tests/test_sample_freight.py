"""The sample book's freight bills say what is wrong with them, worked out anew from the cells."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from decimal import Decimal
from shutil import copytree

import pytest

from tests.desk import Desk
from tests.sample_cells import AS_OF, DATA, SHIPMENTS, cells

BILLS = cells("运费账单.csv")
NOTHING = Decimal(0)


@pytest.fixture
def book(tmp_path):
    folder = copytree(DATA, tmp_path / "book")
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")


def weights():
    """Our weight of each parcel by its tracking number."""
    found = defaultdict(Decimal)
    for row in SHIPMENTS:
        if row["类型"] == "发货" and row["运单号"]:
            found[row["运单号"]] += Decimal(row["重量"] or 0)
    return found


def agreed(carrier, kilos):
    if carrier == "顺丰":
        return 12 + 2 * max(kilos - 1, NOTHING)
    return 15 + Decimal("1.2") * max(kilos - 10, NOTHING)


def wrong_lines():
    """What is wrong with each bad line: the rule, and the line's place in the file."""
    ours, met = weights(), set()
    for row, line in enumerate(BILLS, 2):
        number, kilos = line["运单号"], Decimal(line["计费重量"])
        if number in met:
            yield "F02", row
        elif number not in ours:
            yield "F01", row
        else:
            base = Decimal(line["金额"]) - Decimal(line["附加费"] or 0)
            if kilos > math.ceil(ours[number]):
                yield "F03", row
            if base != agreed(line["物流公司"], kilos):
                yield "F03", row
        met.add(number)


def never_billed():
    billed = {line["运单号"] for line in BILLS}
    days = defaultdict(list)
    for line in BILLS:
        days[line["单号"], line["物流公司"]].append(line["日期"])
    for row, sent in enumerate(SHIPMENTS, 2):
        spans = [own for (_, carrier), own in days.items() if carrier == sent["物流公司"]]
        is_within = any(min(own) <= sent["日期"] <= max(own) for own in spans)
        if sent["类型"] == "发货" and sent["运单号"] not in billed and is_within:
            yield "F04", row


def test_the_check_finds_what_the_cells_say(book):
    wanted = sorted([*wrong_lines(), *never_billed()])
    assert {code for code, _ in wanted} == {"F01", "F02", "F03", "F04"}
    assert sorted((row["code"], row["row"]) for row in book.rows("check F")) == wanted


def test_a_bill_that_was_kept_is_known_again_and_adds_nothing(book, tmp_path):
    october = [line for line in BILLS if line["单号"] == "FB20261031-001"]
    path = tmp_path / "顺丰10月.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["顺丰速运 2026年10月"])
        writer.writerow(["寄件日期", "运单号码", "计费重量", "附加费", "应付金额"])
        writer.writerows(
            [[line[name] for name in ("日期", "运单号", "计费重量", "附加费", "金额")] for line in october]
        )
    before = (book.folder / "运费账单.csv").read_bytes()
    tables = book.json(f"freight audit {path} --keep")["data"]["tables"]
    assert (book.folder / "运费账单.csv").read_bytes() == before
    assert "kept_before" in {note["code"] for table in tables for note in table["notes"]}
    amount = sum(Decimal(line["金额"]) for line in october)
    totals = tables[0]["totals"]
    assert totals["amount"] == float(amount)
    assert totals["agreed"] + totals["over"] == float(amount)
    assert {row["why"] for row in tables[1]["rows"]} == {
        "no_shipment", "billed_before", "weight", "price", "surcharge", "never_billed"
    }  # fmt: skip


def test_the_list_adds_up(book):
    totals = book.json("freight list")["data"]["totals"]
    assert totals["amount"] == float(sum(Decimal(line["金额"]) for line in BILLS))
