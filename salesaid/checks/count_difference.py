"""Counts that found more or less than the book had."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.shelf_days import ShelfDays
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "K06",
    "warning",
    Text("盘点有差异", "count difference"),
    why=Text(
        "盘盈盘亏都有原因：漏记、错发、丢失；不查，下次还差。",
        "Each surplus and each loss has its cause: not written, wrongly sent, gone. Unasked, it comes again.",
    ),
    mend=Text(
        "查清原因，写进差异原因；是漏记就补记，是错记就冲销。",
        "Find the cause and write it as the reason; write what was left out, void what is wrong.",
    ),
    wrong="""
        库存变动.csv
        单号,日期,类型,产品,数量
        ST20261101-001,2026-11-01,期初,电源线,10

        盘点.csv
        盘点单号,日期,产品,实盘数量,差异原因
        CT20261120-001,2026-11-20,电源线,8,
        """,
    mended="""
        库存变动.csv
        单号,日期,类型,产品,数量
        ST20261101-001,2026-11-01,期初,电源线,10
        ST20261119-001,2026-11-19,报废,电源线,2

        盘点.csv
        盘点单号,日期,产品,实盘数量,差异原因
        CT20261120-001,2026-11-20,电源线,8,
        """,
)


def count_difference(shelf_days: ShelfDays, stock_counts: Rows) -> Iterator[Wrong]:
    """A finding for each count that found another quantity; where its row gives the reason, a note."""
    if next(stock_counts.pick("row"), None) is None:
        return
    off = [counted for shelf in shelf_days.all for counted in shelf.counts if counted.difference]
    reasons = dict(stock_counts.pick("row", "reason")) if off else {}
    for count, booked, difference in off:
        assert difference is not None
        qty, had = QTY.format(abs(difference)), QTY.format(booked)
        found, reason = QTY.format(booked + difference), str(reasons.get(count.row, "")).strip()
        word = Text("盘亏", "too few") if difference < 0 else Text("盘盈", "too many")
        told = Text(f"：{reason}", f": {reason}") if reason else Text("，没有写原因", ", no reason given")
        yield Wrong(
            "stock_counts",
            Text(
                f"{count.no} 盘 {count.id}（{count.place}）：账面 {had}，实有 {found}，{word.zh} {qty}{told.zh}",
                f"{count.no}, {count.id} at {count.place}: {had} booked, {found} there, {qty} {word.en}{told.en}",
            ),
            count.no, count.id, count.row, "counted", found, about=count.place,
            suggestion=same(command("stock", "card", count.id)),
            severity="note" if reason else None,
        )  # fmt: skip
