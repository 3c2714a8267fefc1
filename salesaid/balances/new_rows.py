"""What rows that are being written have in common, whatever their ledger: a product's cells, warnings of odd dates."""

from __future__ import annotations

from datetime import date

from salesaid.balances.typed import Item
from salesaid.core.entries import Value
from salesaid.core.tables import Note
from salesaid.core.text import Text


def identity(item: Item) -> dict[str, Value]:
    """The cells that say which product a row is about."""
    return {"product": item.product.name, "model": item.product.model}


def later_date(day: date, today: date) -> list[Note]:
    """A warning where a row is dated ahead: it counts from its day on."""
    if day <= today:
        return []
    text = Text(f"日期 {day} 在今天之后，到那天才计入", f"dated {day}, after today: it counts from that day on")
    return [Note("later_date", "warning", text)]


def due_passed(due: date | None, day: date) -> list[Note]:
    """A warning where a row is due before its own date."""
    if due is None or due >= day:
        return []
    text = Text(f"到期日 {due} 早于日期 {day}，请核对", f"due {due}, before its own date {day}: please check")
    return [Note("due_passed", "warning", text)]


def before_document(number: str, own: date, day: date) -> list[Note]:
    """A warning where something is dated before the document that it is about."""
    if day >= own:
        return []
    text = Text(
        f"日期 {day} 早于 {number} 的日期 {own}，请核对", f"dated {day}, before {number} itself ({own}): please check"
    )
    return [Note("before_document", "warning", text)]


def lines_text(count: int) -> str:
    """`1 line`, `2 lines`."""
    return "1 line" if count == 1 else f"{count} lines"
