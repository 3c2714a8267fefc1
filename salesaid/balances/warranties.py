"""Whether goods are in warranty, and why: from the day they went to the customer and the product's months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from salesaid.balances.catalogue import Product
from salesaid.balances.goods_sold import Sold
from salesaid.core.tables import Note
from salesaid.core.text import Text

_WORDS = {"in": Text("保内", "in warranty"), "out": Text("保外", "out of warranty")}


class Warranty(NamedTuple):
    """`verdict` is in, out or None where it cannot be told; the notes say why."""

    verdict: str | None
    notes: tuple[Note, ...]


def warranty_of(product: Product, sold: Sold | None, day: date, given: str | None) -> Warranty:
    """The verdict that was typed, else what the sale and the product's months of warranty tell on a day."""
    told = _told(product, sold, day)
    if given is None:
        return told
    if told.verdict in {None, given}:
        return Warranty(given, ())
    own = _WORDS[given]
    differs = Text(f"；按 --warranty 记{own.zh}", f"; written as {own.en} all the same")
    return Warranty(given, tuple(Note(note.code, "warning", note.text + differs) for note in told.notes))


def _told(product: Product, sold: Sold | None, day: date) -> Warranty:
    if sold is None:
        return _unknown(
            Text(f"没有找到发给该客户的 {product.id}", f"no {product.id} is known to have gone to this customer")
        )
    went = Text(f"{product.id}：{sold.day} 发货", f"{product.id}: shipped {sold.day}")
    if product.warranty_months is None:
        return _unknown(went + Text("，产品资料没有保修月数", ", the product has no months of warranty"))
    months = int(product.warranty_months)
    until = months_after(sold.day, months)
    verdict = "in" if day <= until else "out"
    text = went + Text(
        f"，保修 {months} 个月（到 {until}）→ {_WORDS[verdict].zh}",
        f", warranty {months} months (until {until}) → {_WORDS[verdict].en}",
    )
    return Warranty(verdict, (Note("warranty", "info", text),))


def _unknown(why: Text) -> Warranty:
    said = Text("，保内保外未定，可用 --warranty 写明", ": in or out of warranty is open, say it with --warranty")
    return Warranty(None, (Note("warranty_unknown", "info", why + said),))


def months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(year, date.max.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
