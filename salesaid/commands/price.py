"""行情：每天的铜价等市场价，走势和月均价。 | Market prices: what materials cost day by day, and how that went."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from salesaid.core.kinds import PRICE, Unreadable
from salesaid.core.text import Text
from salesaid.options import Limit, New, Since, Until, argument, both, option, reading, writing
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules

NEWEST = 50  # lines that a terminal shows of a long list
ITEM, MONEY = Text("品名", "the item"), Text("价格", "the price")

_TEXT = both("文字", "TEXT")
Item = Annotated[
    str | None,
    argument(both("品名", "ITEM"), "什么的价格，如 1#电解铜。", "What it is the price of: copper.", "item"),
]
MaybeItem = Annotated[
    str | None,
    argument(both("[品名]", "[ITEM]"), "哪个品种；不写为全部。", "Which item; all of them if left out.", "item"),
]
PriceText = Annotated[str | None, argument(both("价格", "PRICE"), "当天的价格。", "The price of the day.")]
Unit = Annotated[str | None, option("--unit", "计价单位，如 元/吨；不写同上次。", "Its unit: yuan/t.", _TEXT)]
Source = Annotated[
    str | None, option("--source", "哪里的报价，如 长江有色；不写同上次。", "Whose quotation it is.", _TEXT)
]


@app.command()
@writing
def add(
    session: Session, item: Item = None, price: PriceText = None, unit: Unit = None, source: Source = None,
    new: New = False,
) -> None:  # fmt: skip
    """记一天的市场价；单位和来源不写就同上次。 | The market's price of a day; unit and source stay as they were.

    salesaid price add 1#电解铜 68450 --unit 元/吨 --source 长江有色
    salesaid price add 1#电解铜 68520 -d 昨天
    """
    from salesaid.entries.market_price import add as add_

    session.post(
        add_,
        item=session.given(item, ITEM, "item"), price=_price(session.given(price, MONEY)), day=session.day,
        unit=unit or "", source=source or "", note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command("list")
@reading
def list_(
    session: Session, item: MaybeItem = None, source: Source = None, since: Since = None, until: Until = None,
    limit: Limit = None,
) -> None:  # fmt: skip
    """行情一览，最新在前：涨跌、月均价；一个品种带走势图。 | Market prices, newest first; of one item with a chart.

    salesaid price list 1#电解铜 --since 2026-11-01
    salesaid price list 1#电解铜 --out 铜价.xlsx
    """
    from salesaid.reports.market_price_list import market_price_list

    session.show(
        session.call(
            market_price_list,
            item=item, source=source, since=session.since(since), until=session.until(until), limit=limit,
            newest=NEWEST,
        )
    )  # fmt: skip


def _price(text: str) -> Decimal:
    try:
        found: Any = PRICE.parse(text)
    except Unreadable as trouble:
        raise UnreadableValue(MONEY, trouble) from trouble
    if found is None:
        raise UnreadableValue(MONEY, Unreadable(text, Text("价格，如 68450 或 68,450", "a price such as 68450")))
    return Decimal(found)
