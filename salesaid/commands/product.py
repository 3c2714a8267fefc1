"""产品：登记、修改、定价、查看。 | Products: enter, change, price, look up."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.column_options import Cells, columns
from salesaid.core.register_flags import FLAGS
from salesaid.core.text import Text
from salesaid.entries import product as entries
from salesaid.options import (
    All,
    Category,
    Customer,
    Limit,
    New,
    ProductName,
    Supplier,
    argument,
    both,
    option,
    reading,
    writing,
)
from salesaid.reports.product_card import product_card
from salesaid.reports.product_list import product_list
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)

NEWEST = 200  # lines that a terminal shows of a long list
NAME, PRICE = Text("产品", "the product"), Text("单价", "the price")
FROM, UNTIL = Text("--from 的日期", "the date of --from"), Text("--until 的日期", "the date of --until")
CELLS = FLAGS["products"]

Renamed = Annotated[
    str | None,
    typer.Option("--product", help=both("名称不能改，见 name same。", "The name stays; see name same."), hidden=True),
]
PriceText = Annotated[str | None, argument(both("单价", "PRICE"), "新的单价。", "The new price.")]
From = Annotated[
    str | None, option("--from", "从哪天起，默认今天。", "From which day on, by default today.", both("日期", "DATE"))
]
Floor = Annotated[
    str | None, option("--floor", "最低可卖单价。", "Lowest price it may be sold at.", both("金额", "AMOUNT"))
]
PriceUntil = Annotated[
    str | None, option("--until", "到哪天为止。", "The last day that it holds.", both("日期", "DATE"))
]
Low = Annotated[bool, option("--low", "只看到了最低库存的。", "Only what is at or below its minimum stock.")]


@app.command()
@writing
@columns("products", CELLS)
def add(session: Session, cells: Cells, name: ProductName = None, new: New = False) -> None:
    """登记一个产品。 | Enter a product.

    salesaid product add BVM7-740 --model ZB740 --unit 块 --price 210 --floor 185 --min 10
    salesaid product add '套装 740' --unit 套 --price 300 --components 'BVM7-740×1；电源线×2'
    """
    session.post(
        entries.add,
        name=session.given(name, NAME), cells=cells, note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command("set")
@writing
@columns("products", CELLS)
def set_(
    session: Session, cells: Cells, name: ProductName = None, renamed: Renamed = None, new: New = False
) -> None:  # fmt: skip
    """修改产品资料，只改写出的几项；写 - 清空。 | Change what is said of a product; - clears a cell.

    salesaid product set BVM7-710 --min 30 --supplier 联芯科技
    salesaid product set BVM7-710 --location -
    """
    session.post(
        entries.set_,
        name=session.given(name, NAME, "product"), cells=cells, note=session.writing.note, renamed=renamed, new=new,
    )  # fmt: skip


@app.command("list")
@reading
def list_(
    session: Session, category: Category = None, supplier: Supplier = None, low: Low = False, all_: All = False,
    limit: Limit = None,
) -> None:  # fmt: skip
    """产品一览：今天的价格、在库、可用。 | Products with the price of the day, on hand and available.

    salesaid product list --category 主板
    salesaid product list --low --format json
    """
    session.show(
        session.call(
            product_list,
            category=category, supplier=session.name_of("supplier", supplier), only_low=low, with_discontinued=all_,
            limit=limit, newest=NEWEST,
        )
    )  # fmt: skip


@app.command()
@reading
def show(session: Session, name: ProductName = None) -> None:
    """一个产品的资料、价格、库存、未发订单、最近销售和各种写法。 | One product: data, prices, stock, orders, spellings.

    salesaid product show BVM7-710
    """
    session.show(session.call(product_card, typed=session.given(name, NAME, "product")))


@app.command()
@writing
def price(
    session: Session, name: ProductName = None, price: PriceText = None, since: From = None, customer: Customer = None,
    floor: Floor = None, until: PriceUntil = None,
) -> None:  # fmt: skip
    """定价：从某天起，对所有客户或只对一个客户。 | Set a price from a day on, for everyone or one customer.

    salesaid product price BVM7-710 125 --from 2026-12-01 --floor 108
    salesaid product price BVM7-710 115 --customer 骏业 --note 年度协议
    """
    session.post(
        entries.price,
        name=session.given(name, NAME, "product"), price=session.given(price, PRICE),
        day=session.date_of(since, FROM) if since else session.day, customer=customer, floor=floor,
        until=session.date_of(until, UNTIL, ahead=True) if until else None, note=session.writing.note or "",
    )  # fmt: skip
