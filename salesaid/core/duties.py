"""What is to be done today: one duty a thing, with the command that closes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.core.kinds import Choice
from salesaid.core.text import Text, in_days

PartId = Literal[
    "ship", "wrong_model", "prepay", "arrive", "loan", "repair", "purchase", "low", "collect", "verify", "receipt",
    "call", "document", "todo",
]  # fmt: skip

PART = Choice(
    {
        "ship": Text("今天发货", "To ship"),
        "wrong_model": Text("型号不符", "Wrong models"),
        "prepay": Text("应预付未到", "Prepayment missing"),
        "arrive": Text("到货待签收", "Has it arrived?"),
        "loan": Text("借用到期", "Loans due"),
        "repair": Text("返修超期", "Repairs overdue"),
        "purchase": Text("采购逾期", "Purchases late"),
        "low": Text("库存不足", "Goods low"),
        "collect": Text("应收逾期", "Receivables overdue"),
        "verify": Text("先核对回款", "Perhaps paid: verify first"),
        "receipt": Text("收款待冲账", "Receipts to settle"),
        "call": Text("待回电、待跟进", "Calls to return, follow-ups"),
        "document": Text("单据待归档", "Documents missing"),
        "todo": Text("待办", "To do"),
    }
)
"""The parts of the page, the most urgent first."""


class Duty(NamedTuple):
    """One thing to be done. `text` says what, `command` closes it, ready to be pasted into a shell.

    `days` is how late it is, or how long it has been waiting; below zero so many days are left, None where no day is
    set. `owners` are those whose business it is: nobody's in particular where there is none.
    """

    part: PartId
    text: Text
    command: Text
    days: int | None = None
    due: date | None = None
    no: str = ""
    customer: str = ""
    supplier: str = ""
    product: str = ""
    qty: Decimal | None = None
    on_hand: Decimal | None = None
    amount: Decimal | None = None
    owners: tuple[str, ...] = ()
    waits: bool = False  # its days are not late: nobody set a day

    @property
    def when(self) -> Text:
        """How urgent it is, in words."""
        if self.days is None:
            return Text("", "")
        if self.waits:
            return Text(f"已 {self.days} 天", in_days(self.days))
        if self.days == 0:
            return Text("今天", "today")
        if self.days < 0:
            return Text(f"还有 {-self.days} 天", f"in {in_days(-self.days)}")
        return Text(f"逾期 {self.days} 天", f"{in_days(self.days)} late")


def most_urgent_first(duties: list[Duty]) -> list[Duty]:
    """The duties of one part, the latest on top; what has no day last."""
    return sorted(duties, key=lambda duty: (duty.days is None, -(duty.days or 0), duty.no, duty.customer, duty.product))
