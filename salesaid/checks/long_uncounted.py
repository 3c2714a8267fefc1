"""Goods that nobody has counted for a long time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.shelf_days import Shelf, ShelfDays
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

RULE = Rule(
    "K07",
    "note",
    Text("很久没有盘点", "long uncounted"),
    why=Text("账实会慢慢走样，越久越查不清。", "Book and shelf drift apart, and the longer the less can be found out."),
    mend=Text("打印盘点表，去点一次。", "Print the count sheet and count it."),
    wrong="""
        库存变动.csv
        单号,日期,类型,产品,数量
        ST20260301-001,2026-03-01,期初,电源线,10
        ST20260301-001,2026-03-01,期初,主板,5

        盘点.csv
        盘点单号,日期,产品,实盘数量
        CT20261120-001,2026-11-20,主板,5
        """,
    mended="""
        库存变动.csv
        单号,日期,类型,产品,数量
        ST20260301-001,2026-03-01,期初,电源线,10
        ST20260301-001,2026-03-01,期初,主板,5

        盘点.csv
        盘点单号,日期,产品,实盘数量
        CT20261120-001,2026-11-20,主板,5
        CT20261120-001,2026-11-20,电源线,10
        """,
)


def long_uncounted(
    shelf_days: ShelfDays, stock_counts: Rows, catalogue: Catalogue, settings: Settings, today: date
) -> Iterator[Wrong]:  # fmt: skip
    """A finding for each shelf with goods that was not counted for so many days, in a book that counts at all."""
    if next(stock_counts.pick("row"), None) is None:
        return
    most = settings.limit("uncounted_days")
    for shelf in shelf_days.all:
        last = max((each.written.day for each in shelf.counts), default=shelf.first)
        if shelf.on_hand and (today - last).days > most:
            yield _wrong(shelf, last, (today - last).days, catalogue)


def _wrong(shelf: Shelf, last: date, days: int, catalogue: Catalogue) -> Wrong:
    qty = QTY.format(shelf.on_hand)
    when = Text(f"上次是 {last}", f"last on {last}") if shelf.counts else Text("从来没有盘过", "never so far")
    number, row = (shelf.counts[-1].written.no, None) if shelf.counts else ("", None)
    ledger = "stock_counts"
    if not shelf.counts and shelf.product in catalogue.registered:
        ledger, number, row = "products", shelf.product, catalogue.product(shelf.product).row
    return Wrong(
        ledger,
        Text(
            f"{shelf.product} 在{shelf.place}有 {qty}，{days} 天没有盘点（{when.zh}）",
            f"{shelf.product} at {shelf.place}: {qty} there, not counted for {in_days(days)} ({when.en})",
        ),
        number, shelf.product, row, about=shelf.place,
        suggestion=same(command("stock", "count", "-i", f"{shelf.product}=…")),
    )  # fmt: skip
