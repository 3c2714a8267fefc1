"""Orders that were taken: changed, closed, reviewed (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.named_order import AtOnceBook, all_open, lines_ahead, named, nothing_open, standing_ahead
from salesaid.balances.new_rows import before_document, due_passed, identity, lines_text
from salesaid.core.entries import Decision, Entry, Value
from salesaid.core.errors import Refused
from salesaid.core.rows import ZERO
from salesaid.core.text import Text
from salesaid.settings import Settings

if TYPE_CHECKING:
    from salesaid.balances.order_lines import OrderLines


_WHOLE = Text(
    "关闭的是这个产品未发的全部；只要减一部分，请关闭后另下一单",
    "all that is open of the product is closed; to take off only a part, close it and take another order",
)


class NothingToChange(Refused):
    """A change names nothing that is to be another."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写要改什么", "nothing is to be changed"),
            Text("用 --due、--by 或 --po 给出新的内容", "give what is new with --due, --by or --po"),
        )


def change(
    order_lines: OrderLines, catalogue: Catalogue, settings: Settings, today: date, *, typed: str, items: Sequence[str],
    day: date, why: str, due: date | None = None, salesperson: str = "", customer_po: str = "",
) -> Decision:  # fmt: skip
    """A new due date, salesperson or customer's number, for these products or for the whole order.

    Raises NothingToChange.
    """
    new: dict[str, Value] = {"due": due, "salesperson": salesperson, "customer_po": customer_po}
    if not any(new.values()):
        raise NothingToChange
    number, lines = standing_ahead(typed, order_lines, settings, today)
    products = named(items, catalogue, lines, number)
    customer = next(iter(lines.values())).customer
    head: dict[str, Value] = {
        "order_no": number, "date": day, "action": "change", "customer": customer, "qty": ZERO, "note": why, **new,
    }  # fmt: skip
    given = frozenset({"order_no", *(name for name, value in new.items() if value)})
    rows = [Entry("orders", head | identity(item), given) for item in products] or [Entry("orders", head, given)]
    said = Text(f"订单 {number} 已变更", f"order {number} changed")
    return Decision(said, tuple(rows), no=number, notes=tuple(due_passed(due, day)))


def close(
    order_lines: OrderLines, catalogue: Catalogue, settings: Settings, today: date, *, typed: str, items: Sequence[str],
    day: date, why: str,
) -> Decision:  # fmt: skip
    """What is open of an order, or of these products, will not be shipped any more. Raises AtOnceBook."""
    if settings.at_once:
        raise AtOnceBook(Text("关闭", "closing"))
    number, lines = lines_ahead(typed, order_lines, settings, today)
    meant = named(items, catalogue, lines, number, _WHOLE)
    wanted = [item.product.id for item in meant] or [id_ for id_, line in lines.items() if line.open > 0]
    open_ = [lines[id_] for id_ in wanted if lines[id_].open > 0]
    if not open_:
        raise nothing_open(number, order_lines)
    rows = [
        Entry(
            "orders",
            {
                "order_no": number, "date": day, "action": "close", "customer": line.customer,
                **identity(all_open(line, catalogue)), "qty": -line.open, "unit": line.unit, "note": why,
            },
            frozenset({"order_no"}),
        )
        for line in open_
    ]  # fmt: skip
    closed = Text(f"订单 {number} 已关闭 {len(rows)} 行", f"{lines_text(len(rows))} of order {number} closed")
    return Decision(closed, tuple(rows), no=number, notes=tuple(before_document(number, open_[0].day, day)))


def review(
    order_lines: OrderLines, settings: Settings, today: date, *, typed: str, day: date, by: str, note: str = ""
) -> Decision:
    """An order has been reviewed."""
    number, lines = standing_ahead(typed, order_lines, settings, today)
    customer = next(iter(lines.values())).customer
    row: dict[str, Value] = {
        "order_no": number, "date": day, "action": "review", "customer": customer, "qty": ZERO, "reviewed_by": by,
        "note": note,
    }  # fmt: skip
    text = Text(f"订单 {number} 已评审：{by}", f"order {number} reviewed by {by}")
    given = frozenset({"order_no", "reviewed_by", *({"note"} if note else ())})
    return Decision(text, (Entry("orders", row, given),), no=number)
