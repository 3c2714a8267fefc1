"""客户：登记、修改、查看。 | Customers: enter, change, look up."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.column_options import Cells, columns
from salesaid.core.register_flags import FLAGS
from salesaid.core.text import Text
from salesaid.entries import customer as entries
from salesaid.options import All, CustomerName, Limit, Salesperson, both, reading, writing
from salesaid.reports.customer_card import customer_card
from salesaid.reports.customer_list import customer_list
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)

NEWEST = 200  # lines that a terminal shows of a long list
NAME = Text("客户", "the customer")
CELLS = FLAGS["customers"]

Renamed = Annotated[
    str | None,
    typer.Option("--customer", help=both("名称不能改，见 name same。", "The name stays; see name same."), hidden=True),
]


@app.command()
@writing
@columns("customers", CELLS)
def add(session: Session, cells: Cells, name: CustomerName = None) -> None:
    """登记一个客户。 | Enter a customer.

    salesaid customer add 恒通仪表 --contact 王经理 --phone 13800002120 --terms 月结30 --transit 3
    """
    session.post(entries.add, name=session.given(name, NAME), cells=cells, note=session.writing.note or "")


@app.command("set")
@writing
@columns("customers", CELLS)
def set_(session: Session, cells: Cells, name: CustomerName = None, renamed: Renamed = None) -> None:
    """修改客户资料，只改写出的几项；写 - 清空。 | Change what is said of a customer; - clears a cell.

    salesaid customer set 灵龙 --terms 30天 --by 赵丽
    salesaid customer set 灵龙 --qq -
    """
    who = session.given(name, NAME, "customer")
    session.post(entries.set_, name=who, cells=cells, note=session.writing.note, renamed=renamed)


@app.command("list")
@reading
def list_(session: Session, by: Salesperson = None, all_: All = False, limit: Limit = None) -> None:
    """客户一览，流失的用 --all 看。 | Customers; --all shows those that are lost, too.

    salesaid customer list --by 赵丽
    """
    session.show(session.call(customer_list, salesperson=by, with_lost=all_, limit=limit, newest=NEWEST))


@app.command()
@reading
def show(session: Session, name: CustomerName = None) -> None:
    """一个客户的资料，未发、未收、借出、返修，最近订单和价格。 | One customer: contacts, terms, what is open, prices.

    salesaid customer show 骏业电子
    """
    session.show(session.call(customer_card, typed=session.given(name, NAME, "customer")))
