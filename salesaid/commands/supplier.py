"""供应商：登记、修改、查看。 | Suppliers: enter, change, look up."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.column_options import Cells, columns
from salesaid.core.register_flags import FLAGS
from salesaid.core.text import Text
from salesaid.entries import supplier as entries
from salesaid.options import Limit, SupplierName, both, reading, writing
from salesaid.reports.supplier_card import supplier_card
from salesaid.reports.supplier_list import supplier_list
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)

NEWEST = 200  # lines that a terminal shows of a long list
NAME = Text("供应商", "the supplier")
CELLS = FLAGS["suppliers"]

Renamed = Annotated[
    str | None,
    typer.Option("--supplier", help=both("名称不能改，见 name same。", "The name stays; see name same."), hidden=True),
]


@app.command()
@writing
@columns("suppliers", CELLS)
def add(session: Session, cells: Cells, name: SupplierName = None) -> None:
    """登记一个供应商。 | Enter a supplier.

    salesaid supplier add 华强线缆 --contact 刘小姐 --phone 13800003106 --lead 7 --terms 月结30
    """
    session.post(entries.add, name=session.given(name, NAME), cells=cells, note=session.writing.note or "")


@app.command("set")
@writing
@columns("suppliers", CELLS)
def set_(session: Session, cells: Cells, name: SupplierName = None, renamed: Renamed = None) -> None:
    """修改供应商资料，只改写出的几项；写 - 清空。 | Change what is said of a supplier; - clears a cell.

    salesaid supplier set 恒通线缆 --lead 10
    """
    who = session.given(name, NAME, "supplier")
    session.post(entries.set_, name=who, cells=cells, note=session.writing.note, renamed=renamed)


@app.command("list")
@reading
def list_(session: Session, limit: Limit = None) -> None:
    """供应商一览。 | Suppliers.

    salesaid supplier list
    """
    session.show(session.call(supplier_list, limit=limit, newest=NEWEST))


@app.command()
@reading
def show(session: Session, name: SupplierName = None) -> None:
    """一个供应商的联系方式、供货周期和供应的产品。 | One supplier: contacts, lead time, the products it delivers.

    salesaid supplier show 恒通线缆
    """
    session.show(session.call(supplier_card, typed=session.given(name, NAME, "supplier")))
