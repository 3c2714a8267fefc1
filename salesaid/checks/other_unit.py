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


_Form = tuple[str, str, str]  # name, model and unit as rows write them
_Other = tuple[str, str]  # a product, and its unit


def other_unit(journals: Mapping[str, Rows], catalogue: Catalogue) -> Iterator[Wrong]:
    """A finding for each row of a journal."""
    known: dict[_Form, _Other | None] = {}
    for id_, rows in journals.items():
        if rows.has("unit") and any(column.id == "product" for column in rows.ledger.columns):
            yield from _of(id_, rows, catalogue, known)


def _of(id_: str, rows: Rows, catalogue: Catalogue, known: dict[_Form, _Other | None]) -> Iterator[Wrong]:
    forms: set[_Form] = set()
    for (column,) in rows.pick_columns(("product", "model", "unit")):
        forms.update(column)
    for form in forms.difference(known):
        known[form] = _other_unit(form, catalogue)
    units = {form: other for form in forms if (other := known[form]) is not None}
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


def _other_unit(form: _Form, catalogue: Catalogue) -> _Other | None:
    """The product, and its unit, where what rows say has another one."""
    name, model, unit = form
    product = catalogue.product(catalogue.identify(name, model))
    return None if counts_in(product, unit.strip()) else (product.id, product.unit)
