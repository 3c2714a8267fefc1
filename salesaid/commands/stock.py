"""库存：预警、一览、库存卡、出入库、调拨、报废、盘点。 | Stock: what is low, where it lies, moves and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salesaid.core.text import Text
from salesaid.options import (
    Handler,
    Items,
    Limit,
    MaybeProduct,
    New,
    ProductName,
    Since,
    Until,
    Warehouse,
    Why,
    argument,
    both,
    option,
    reading,
    writing,
)
from salesaid.session import Session

if TYPE_CHECKING:
    from salesaid.entries.stock import Action, Asked

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

ITEM, PRODUCT = Text("货品（产品×数量）", "an item (PRODUCT×QTY)"), Text("产品", "a product")
COUNTED = Text("盘点结果（产品=数量）", "a count (PRODUCT=COUNTED)")
TO, REASON = Text("调入仓库", "the warehouse to move to"), Text("原因", "the reason")

Words = Annotated[
    list[str] | None,
    argument(both("货品×数量…", "ITEM..."), "货品：产品×数量[单位]。", "Items as PRODUCT×QTY[UNIT].", "product"),
]
Counts = Annotated[
    list[str] | None,
    argument(
        both("产品=数量…", "PRODUCT=COUNTED..."), "盘点结果；没有就写 =0。", "What was counted; =0 for none.", "product"
    ),
]
CountItems = Annotated[
    list[str] | None,
    option(
        "--item -i",
        "盘点结果，写作 产品=数量；可多次给出。",
        "A count as PRODUCT=COUNTED; may be given again.",
        both("产品=数量", "P=COUNTED"),
        "product",
    ),
]
_NAME = both("名称", "NAME")
From = Annotated[
    str | None,
    option(
        "--from", "调出仓库；不写用账本的默认仓。", "Warehouse to move from; by default the book's.", _NAME, "warehouse"
    ),
]
To = Annotated[str | None, option("--to", "调入仓库。", "Warehouse to move to.", _NAME, "warehouse")]
Opening = Annotated[bool, option("--opening", "期初库存。", "What there was when the book began.")]
ByWarehouse = Annotated[bool, option("--by-warehouse", "每个仓库一行。", "A row for each warehouse.")]


@app.command()
@reading
def check(session: Session, limit: Limit = None) -> int:
    """低于或等于最低库存的产品，和建议补多少；有则退出码为 1。 | What runs low, and how much to order; exit 1 if any.

    salesaid stock check
    salesaid stock check --format json
    """
    from salesaid.reports.stock_check import rule, stock_check

    table = session.call(stock_check, limit=limit)
    options = session.reading
    if not table.rows and options.format == "table" and not options.out:
        session.say(Text("没有要补的货，库存都在最低库存以上", "nothing is low: all stock is above its minimum"))
        session.say(rule(session.book.settings).text, "dim")
        return 0
    session.show(table)
    return 1 if table.rows else 0


@app.command("list")
@reading
def list_(
    session: Session, product: MaybeProduct = None, by_warehouse: ByWarehouse = False, limit: Limit = None
) -> None:
    """在库、已订未发、可用、借出、在途。 | What is on hand, promised, available, lent and incoming.

    salesaid stock list
    salesaid stock list BVM7-710 --by-warehouse
    """
    from salesaid.reports.stock_list import stock_list

    name = session.name_of("product", product)
    session.show(session.call(stock_list, product=name, by_warehouse=by_warehouse, limit=limit))


@app.command()
@reading
def card(
    session: Session, product: ProductName = None, since: Since = None, until: Until = None, limit: Limit = None
) -> None:
    """库存卡：一个产品的每一笔进出和结存。 | Every move of one product, with the balance after each.

    salesaid stock card BVM7-710 --since 2026-11-01
    """
    from salesaid.reports.stock_card import stock_card

    name = session.name_of("product", session.given(product, PRODUCT, "product"))
    session.show(
        session.call(stock_card, product=name, since=session.since(since), until=session.until(until), limit=limit)
    )


@app.command("in")
@writing
def in_(
    session: Session, words: Words = None, items: Items = None, warehouse: Warehouse = None, opening: Opening = False,
    why: Why = None, handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """入库；--opening 记期初。 | Goods come in; --opening for what there was at the start.

    salesaid stock in BVM7-710×50 --why 采购到货
    salesaid stock in --opening -i BVM7-710×80 -i 电源线×200 --date 2026-07-01
    """
    _move(session, "opening" if opening else "in", words, items, warehouse, why, handler, new=new)


@app.command()
@writing
def out(
    session: Session, words: Words = None, items: Items = None, warehouse: Warehouse = None, why: Why = None,
    handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """出库：领用、样品等不走订单的。 | Goods go out without an order: own use, samples.

    salesaid stock out 电源线×2 --why 展会样品
    """
    _move(session, "out", words, items, warehouse, why, handler, new=new)


@app.command()
@writing
def move(
    session: Session, words: Words = None, items: Items = None, from_: From = None, to: To = None, why: Why = None,
    handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """调拨：从一个仓库到另一个。 | Goods change their warehouse.

    salesaid stock move BVM7-710×3 --from 主仓 --to 不良品 --why 外壳划伤
    """
    to = session.given(to, TO, "warehouse")
    _move(session, "transfer", words, items, from_, why, handler, to=to, new=new)


@app.command()
@writing
def scrap(
    session: Session, words: Words = None, items: Items = None, warehouse: Warehouse = None, why: Why = None,
    handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """报废。 | Goods are scrapped.

    salesaid stock scrap BVM7-710×1 --warehouse 不良品 --why 烧毁
    """
    _move(session, "scrap", words, items, warehouse, session.given(why, REASON), handler, new=new)


@app.command()
@writing
def count(
    session: Session, words: Counts = None, items: CountItems = None, warehouse: Warehouse = None, why: Why = None,
    handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """盘点：记下点到的数量，显示与账面的差异。 | What was counted, and how it differs from the book.

    salesaid stock count BVM7-710=12 电源线=0
    salesaid stock count -i BVM7-710=12 --warehouse 不良品 --why 月末盘点
    """
    from salesaid import prompts
    from salesaid.core.counted import ACCEPTED
    from salesaid.entries import stock as entries

    def read(text: str) -> None:
        session.call(entries.counted, text=text, new=new)

    what = [*(words or []), *(items or [])] or [prompts.readable(session, COUNTED, read, "product", ACCEPTED)]
    session.post(entries.count, asked=_asked(session, what, warehouse, why, handler, new=new))


@app.command()
@reading
def sheet(session: Session, warehouse: Warehouse = None) -> None:
    """盘点表：不印账面数，打印出来填。 | A count sheet to be printed, without what the book has.

    salesaid stock sheet --out 盘点表.xlsx
    """
    from salesaid.reports.count_sheet import count_sheet

    session.show(session.call(count_sheet, warehouse=warehouse))


def _move(
    session: Session, action: Action, words: list[str] | None, items: list[str] | None, warehouse: str | None,
    why: str | None, handler: str | None, *, to: str = "", new: bool,
) -> None:  # fmt: skip
    from salesaid import prompts
    from salesaid.entries import stock as entries

    what = [*(words or []), *(items or [])] or [prompts.item_asked(session, new=new)]
    asked = _asked(session, what, warehouse, why, handler, new=new)
    session.post(entries.move, action=action, asked=asked._replace(to_warehouse=to))


def _asked(
    session: Session, items: list[str], warehouse: str | None, why: str | None, handler: str | None, *, new: bool
) -> Asked:
    from salesaid.entries.stock import Asked

    return Asked(
        items, session.day, (warehouse or "").strip(), "", why or "", handler or "", session.writing.note or "", new
    )
