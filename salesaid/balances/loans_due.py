"""Goods on loan that should be back today, or should have been."""

from __future__ import annotations

from collections import Counter
from datetime import date

from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.balances.owners import Owners
from salesaid.balances.short_forms import short_forms
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings


def loans_due(loan_lines: LoanLines, owners: Owners, loans: Rows, settings: Settings, today: date) -> list[Duty]:
    """A duty for each line of which something is out."""
    due = [line for line in loan_lines.open if line.due is not None and line.due <= today]
    if not due:
        return []
    short = short_forms(loan_lines.numbers, loans, settings, today)
    beside = Counter(line.loan_no for line in loan_lines.open)
    return most_urgent_first(
        [_duty(line, short.of(line.loan_no), owners, today, alone=beside[line.loan_no] == 1) for line in due]
    )


def _duty(line: LoanLine, no: str, owners: Owners, today: date, *, alone: bool) -> Duty:
    assert line.due is not None
    item = f"{PRODUCT.show(line.product, 'zh')}×{QTY.format(line.out)}"
    text = Text(f"{CUSTOMER.show(line.customer, 'zh')} 借 {item}", f"{CUSTOMER.show(line.customer, 'en')} has {item}")
    words = command("loan", "return", no, *([] if alone else ["-i", f"{line.product}×{QTY.format(line.out)}"]))
    own = line.salesperson.strip()
    return Duty(
        "loan", text, same(words), (today - line.due).days, line.due, line.loan_no, line.customer, "", line.product,
        line.out, None, line.value, (own,) if own else owners.of_customer(line.customer),
    )  # fmt: skip
