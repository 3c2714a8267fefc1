"""Goods on loan come back, all of a loan or part of it (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.loan_items import (
    NoPriceHere,
    Taken,
    as_entry,
    left_out,
    require_lent_by,
    settled_row,
    taken_apart,
    taken_of,
    taken_oldest_first,
)
from salesaid.balances.loan_lines import LoanLines
from salesaid.balances.named_loan import OtherCustomersLoan, oldest_first, the_loan
from salesaid.balances.new_rows import later_date, lines_text
from salesaid.balances.parties import Parties
from salesaid.balances.shelves import warehouse_notes
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, known_party, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core.blanks import CUSTOMER
from salesaid.core.entries import Decision, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings

_SHOWN = 5


class NotSaidWhatCameBack(Refused):
    """Only a customer is named: neither the loan nor the goods."""

    def __init__(self, customer: str, out: Sequence[str]) -> None:
        listed = "、".join(out[:_SHOWN]), ", ".join(out[:_SHOWN])
        super().__init__(
            Text(f"没有写 {customer} 还了什么", f"it is not said what {customer} gave back"),
            Text(
                f"写借用单号或 --item；在外的是：{listed[0] or '无'}",
                f"name the loan, or the goods with --item; out are: {listed[1] or 'none'}",
            ),
        )


def give_back(
    loan_lines: LoanLines, catalogue: Catalogue, customer_names: Parties, stock: Stock, settings: Settings,
    today: date, *, typed: str = "", customer: str = "", items: Sequence[str] = (), serials: Sequence[str] = (),
    day: date, warehouse: str = "", note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """Goods come back under a loan's number; without one they settle the customer's oldest lines of the product.

    Raises NoPriceHere.
    """
    warehouse = warehouse_named(warehouse, stock, settings, new=new)
    what = understood(items, catalogue)
    wanted, apart = taken_apart(what.items, catalogue)
    for item in what.items:
        if item.price is not None:
            raise NoPriceHere(item.product.id)
    notes = [*what.notes, *apart, *warehouse_notes([warehouse], stock)]
    who = known_party(customer, customer_names) if customer else None
    notes += who.notes if who is not None else []
    id_ = who.party.id if who is not None else ""
    if typed:
        number = the_loan(typed, loan_lines, settings, today)
        taken = _of_loan(number, loan_lines.ahead, wanted, id_, serials)
    else:
        taken = _oldest(loan_lines.ahead, wanted, id_, serials)
        notes += _which(taken)
    require_lent_by(taken, day)
    cells: dict[str, Value] = {name: value for name, value in (("note", note), ("warehouse", warehouse)) if value}
    serial = ["serial"] if serials else []
    rows = tuple(
        as_entry(
            settled_row(each, "return", day, catalogue, customer_names, **cells), loan_lines, each.line, *cells, *serial
        )
        for each in taken
    )
    notes += later_date(day, today)
    shown = left_out(taken, Text("归还后", "After the return"))
    return Decision(_said(taken), rows, no=taken[0].line.loan_no, notes=tuple(notes), shown=shown)


def _said(taken: Sequence[Taken]) -> Text:
    """One row for each that was taken; of several customers the one whose loan is the oldest is named."""
    numbers = list(dict.fromkeys(each.line.loan_no for each in taken))
    whose = min(taken, key=lambda each: each.line.day).line.customer
    return Text(
        f"已归还 {'、'.join(numbers)} · {CUSTOMER.show(whose, 'zh')} · {len(taken)} 行",
        f"back from {CUSTOMER.show(whose, 'en')}: {', '.join(numbers)} · {lines_text(len(taken))}",
    )


def _of_loan(
    number: str, lines: LoanLines, wanted: Sequence[Item], customer: str, serials: Sequence[str]
) -> list[Taken]:  # fmt: skip
    own = lines.of(number)
    if customer and own[0].customer != customer:
        raise OtherCustomersLoan(number, own[0].customer, customer)
    return taken_of(wanted, own, number, serials)


def _oldest(lines: LoanLines, wanted: Sequence[Item], customer: str, serials: Sequence[str]) -> list[Taken]:
    if not wanted and not serials:
        out = [
            f"{line.loan_no} {line.product}×{QTY.format(line.out)}"
            for line in oldest_first(lines.of_customer(customer))
        ]
        raise NotSaidWhatCameBack(customer, out)
    return taken_oldest_first(wanted, lines, customer, serials)


def _which(taken: Sequence[Taken]) -> list[Note]:
    """Which lines are settled, where no number was named."""
    return [
        Note(
            "settles",
            "info",
            Text(
                f"{each.line.product}×{QTY.format(each.qty)} 记在 {each.line.loan_no}（{each.line.day} 借出）",
                f"{each.line.product}×{QTY.format(each.qty)} settles {each.line.loan_no} (lent {each.line.day})",
            ),
        )
        for each in taken
    ]
