"""Terms of payment as the registers write them: 现结, 款到发货, 货到付款, 30天, 月结30, 预付50%."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.core.reading import Unreadable
from salesaid.core.text import Text
from salesaid.core.width import folded, is_blank

Form = Literal["cash", "in_advance", "on_delivery", "days", "monthly", "deposit"]

ACCEPTED = Text(
    "现结、款到发货、货到付款、30天、月结30、预付50%",
    "现结 (cash), 款到发货 (paid in advance), 货到付款 (cash on delivery), 30天 (30 days), "
    "月结30 (30 days from the end of the month), 预付50% (a deposit of 50 %)",
)

_LONGEST = 40
_FIXED: dict[str, Form] = {
    **dict.fromkeys(("现结", "现付", "现款", "现金", "现款现货", "cash"), "cash"),
    **dict.fromkeys(("款到发货", "先款后货", "全款预付", "in advance", "paid in advance", "prepaid"), "in_advance"),
    **dict.fromkeys(("货到付款", "货到现结", "on delivery", "cash on delivery", "cod"), "on_delivery"),
}  # fmt: skip
_DAYS = re.compile(r"(?:账期|net)? ?([0-9]{1,3}) ?(?:天|日|days?)|net ?([0-9]{1,3})")
_MONTHLY = re.compile(r"(?:月结|eom) ?([0-9]{1,3})? ?(?:天|日|days?)?")
_DEPOSIT = re.compile(r"(?:预付|预付款|定金|订金|deposit|prepaid) ?([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%")


class Terms(NamedTuple):
    """When a debt is to be paid. `days` go with `days` and `monthly`, `percent` with `deposit`."""

    form: Form
    days: int = 0
    percent: Decimal | None = None

    @property
    def text(self) -> str:
        """The terms in the form that registers are written in; parse_terms reads it back."""
        if self.form == "days":
            return f"{self.days}天"
        if self.form == "monthly":
            return f"月结{self.days}"
        return f"预付{self.percent:f}%" if self.form == "deposit" else _WRITTEN[self.form]


_WRITTEN = {"cash": "现结", "in_advance": "款到发货", "on_delivery": "货到付款"}


def parse_terms(text: str) -> Terms | None:
    """The terms that a cell holds; None for a blank one. Raises Unreadable.

    月结 alone is due at the end of the month. A deposit is above 0 % and below 100 %: all of it is 款到发货.
    """
    if is_blank(text):
        return None
    word = " ".join(folded(text).split()) if len(text) <= _LONGEST else ""
    if word in _FIXED:
        return Terms(_FIXED[word])
    found = _with_figure(word)
    if found is None:
        raise Unreadable(text, ACCEPTED)
    return found


def _with_figure(word: str) -> Terms | None:
    if days := _DAYS.fullmatch(word):
        return Terms("days", int(days[1] or days[2]))
    if monthly := _MONTHLY.fullmatch(word):
        return Terms("monthly", int(monthly[1] or 0))
    deposit = _DEPOSIT.fullmatch(word)
    percent = Decimal(deposit[1]) if deposit else Decimal(0)
    return Terms("deposit", 0, percent) if 0 < percent < 100 else None  # noqa: PLR2004 - per cent
