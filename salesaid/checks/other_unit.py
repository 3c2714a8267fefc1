"""Rows whose unit is not the product's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A13",
    "error",
    Text("单位与产品的不同", "a unit that is not the product's"),
    why=Text(
        "包和根不能相加：这一行的数量不进库存和合计，只算金额。",
        "Packs and pieces cannot be added: the quantity is left out of stock and totals, only the amount counts.",
    ),
    mend=Text(
        "按产品的单位写数量和单价，或改产品档案的单位。",
        "Write quantity and price in the product's unit, or change the unit in the register.",
    ),
    wrong="""
        产品.csv
        产品,单位
        电源线,根

        订单.csv
        单号,日期,客户,产品,数量,单位,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,2,包,60,赵
        """,
    mended="""
        产品.csv
        产品,单位
        电源线,根

        订单.csv
        单号,日期,客户,产品,数量,单位,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,20,根,6,赵
        """,
)


def other_unit(journals: Mapping[str, Rows], catalogue: Catalogue) -> Iterator[Wrong]:
    """A finding for each row of a journal."""
    for id_, rows in journals.items():
        if rows.has("unit"):
            yield from _of(id_, rows, catalogue)


def _of(id_: str, rows: Rows, catalogue: Catalogue) -> Iterator[Wrong]:
    units = dict(_other_units(rows, catalogue))
    number = rows.ledger.number or "row"
    for row, no, written in rows.pick("row", number, ("product", "model", "unit")) if units else ():
        if written in units:
            (name, unit), own = units[written], written[2].strip()
            yield Wrong(
                id_,
                Text(
                    f"{name} 的单位是“{unit}”，这一行写的是“{own}”：数量没有计入",
                    f"the unit of {name} is “{unit}”, the row has “{own}”: its quantity is left out",
                ),
                str(no or ""), name, row, "unit", own,
            )  # fmt: skip


def _other_units(rows: Rows, catalogue: Catalogue) -> Iterator[tuple[tuple[str, str, str], tuple[str, str]]]:
    """What rows say that have another unit than their product: the product, and its unit."""
    written: set[tuple[str, str, str]] = set()
    for (column,) in rows.pick_columns(("product", "model", "unit")):
        written.update(column)
    for each in written:
        product = catalogue.product(catalogue.identify(*each[:2]))
        if not counts_in(product, each[2].strip()):
            yield each, (product.id, product.unit)
