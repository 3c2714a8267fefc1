"""Rows dated before a count that were posted after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from salesaid import ledgers
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.shelf_counts import Written, standing
from salesaid.core.items import components_of
from salesaid.core.pasted import command
from salesaid.core.places import TO_WAREHOUSE, WAREHOUSE
from salesaid.core.posts import PostedRow, PostedRows
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text
from salesaid.settings import Settings

RULE = Rule(
    "K05",
    "warning",
    Text("盘点后才补记的行", "written late, before a count"),
    why=Text(
        "盘点是实数，盘点日以前的行不再改变现有库存：货若是盘点后才动的，库存就错了。",
        "A count is absolute: what is dated before it changes nothing now. Goods that had not moved when they were "
        "counted are on the shelf wrongly.",
    ),
    mend=Text(
        "货是盘点后才动的，改正日期；拿不准就再盘一次；盘点时已经动了，在备注里写 ok:K05。",
        "Where the goods moved after the count, mend the date; where nobody knows, count again; where they had moved "
        "before, write ok:K05 in the note.",
    ),
    wrong="""
        库存变动.csv
        单号,日期,类型,产品,数量
        ST20261101-001,2026-11-01,期初,电源线,10

        $ salesaid stock count -i 电源线=15 -d 2026-11-20
        $ salesaid stock in -i 电源线×5 -d 2026-11-18
        """,
    mended="""
        库存变动.csv
        单号,日期,类型,产品,数量
        ST20261101-001,2026-11-01,期初,电源线,10

        $ salesaid stock in -i 电源线×5 -d 2026-11-18
        $ salesaid stock count -i 电源线=15 -d 2026-11-20
        """,
)


_MOVES = ("date", "action", "product", "model", "warehouse", "to_warehouse", "components")


def written_late_before_count(
    posted_rows: PostedRows, stock_counts: Rows, catalogue: Catalogue, settings: Settings
) -> Iterator[Wrong]:
    """A finding for each row that was posted after the newest count of a shelf it moves goods on, and dated before."""
    newest = _newest(standing(stock_counts, catalogue, settings))
    counted = _posts_of(newest.values(), posted_rows)
    if not counted:
        return
    last = max(_first(count) for count in newest.values() if count.no in counted).isoformat()
    for posted in posted_rows.rows(_MOVES, after=min(counted.values())):
        written = posted.cells.get("date", "")[:10]
        if posted.ledger == "stock_counts" or not "" < written < last:
            continue
        day = date.fromisoformat(written)
        for shelf in _shelves(posted, catalogue, settings):
            count = newest.get(shelf)
            if count is not None and day < _first(count) and counted.get(count.no, posted.seq) < posted.seq:
                yield _wrong(posted, shelf, count, day)


def _posts_of(counts: Iterable[Written], posted_rows: PostedRows) -> Mapping[str, int]:
    """The number of the post that first wrote each count, of those that were posted."""
    wanted = {count.no for count in counts}
    found: dict[str, int] = {}
    for posted in posted_rows.rows((), ledger="stock_counts") if wanted else ():
        number = posted.cells.get("count_no", "")
        if number in wanted:
            found.setdefault(number, posted.seq)
    return found


def _newest(counts: Iterator[Written]) -> Mapping[tuple[str, str], Written]:
    return {(each.id, each.place): each for each in sorted(counts, key=lambda each: (each.day, each.row))}


def _first(count: Written) -> date:
    """The first day whose rows still count after it; where only part of a day was counted, that day's do."""
    return count.day + timedelta(1) if count.moved is None else count.day


def _shelves(posted: PostedRow, catalogue: Catalogue, settings: Settings) -> Iterator[tuple[str, str]]:
    """The products and places of ours whose goods a row moves, bundles taken apart."""
    ledger, cells = ledgers.load(posted.ledger), posted.cells
    if not ledger.actions:
        return
    action = next((each for each in ledger.actions if each.id == cells.get("action")), ledger.actions[0])
    columns = {WAREHOUSE: "warehouse", TO_WAREHOUSE: "to_warehouse"}
    ways = action.at_once if settings.at_once else action.ways
    places = {
        cells.get(columns[end], "") or settings.warehouse_of(posted.ledger)
        for way in ways
        for end in way
        if end in columns
    }
    written = components_of(cells.get("components", ""))
    held = [(catalogue.identify(name, ""), qty) for name, qty in written] if written else None
    for id_, _ in held or catalogue.contents(catalogue.identify(cells.get("product", ""), cells.get("model", ""))):
        yield from ((id_, place) for place in sorted(places))


def _wrong(posted: PostedRow, shelf: tuple[str, str], count: Written, day: date) -> Wrong:
    product, place = shelf
    no = posted.cells.get(ledgers.load(posted.ledger).number or "", "")
    recount = command("stock", "count", "-i", f"{product}=…")
    return Wrong(
        posted.ledger,
        Text(
            f"{no}（{day}）在 {count.no} 盘点（{count.day}）之后才记，{product} 在{place}的现有库存没有变",
            f"{no} of {day} was written after the count {count.no} of {count.day}: what lies of {product} at {place} "
            "is as it was",
        ),
        no, product, column="date", value=day.isoformat(), about=f"{place} {count.no}",
        suggestion=Text(f"核对日期，或再盘一次：{recount}", f"check the date, or count again: {recount}"),
    )  # fmt: skip
