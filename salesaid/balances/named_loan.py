"""The loan that a person means, and what is said where it does not hold what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.balances.typed import the_document
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY
from salesaid.core.text import Text
from salesaid.settings import Settings

LOAN = Text("借用单", "loan")
_SHOWN = 5


class NothingOut(Refused):
    """All of a loan, or of one of its products, has come back or become something else."""

    def __init__(self, number: str, product: str = "") -> None:
        zh, en = (f"的 {product} ", f"{product} of ") if product else ("", "")
        super().__init__(
            Text(f"借用单 {number} {zh}没有在外的货", f"nothing of {en}loan {number} is out"),
            Text(f"用 salesaid loan show {number} 看经过", f"see what happened: salesaid loan show {number}"),
        )


class MoreThanOut(Refused):
    """More is to come back, or to become something else, than is out."""

    def __init__(self, product: str, asked: Decimal, lines: Sequence[LoanLine]) -> None:
        out = QTY.format(sum((line.out for line in lines), Decimal(0)))
        where_ = [f"{line.loan_no} {QTY.format(line.out)}" for line in lines if line.out > 0][:_SHOWN]
        super().__init__(
            Text(
                f"{product} 要了结 {QTY.format(asked)}，在外只有 {out}",
                f"{QTY.format(asked)} of {product} to be settled, {out} out",
            ),
            Text(f"在外：{'、'.join(where_)}", f"out: {', '.join(where_)}") if where_ else None,
        )


class NotOnLoan(Refused):
    """An item is named that was not lent: under that number, or to that customer."""

    def __init__(self, product: str, whose: Text, lent: Iterable[str]) -> None:
        listed = list(dict.fromkeys(lent))[:_SHOWN]
        super().__init__(
            Text(f"{whose.zh}没有借出 {product}", f"no {product} is out {whose.en}"),
            Text(f"在外的是：{'、'.join(listed)}", f"out are: {', '.join(listed)}") if listed else None,
        )


class NotYetOut(Refused):
    """Goods are to come back, or to become something else, before they were lent."""

    def __init__(self, line: LoanLine, day: date, since: date) -> None:
        super().__init__(
            Text(
                f"{line.product} 在 {day} 还没有借出：{line.loan_no} 是 {since} 借出的",
                f"{line.product} was not on loan on {day}: {line.loan_no} lent it on {since}",
            ),
            Text("请核对 --date", "check --date"),
        )


class SerialNotOut(Refused):
    """A serial number is named that is not out: under that loan, or with that customer."""

    def __init__(self, serial: str, whose: Text, out: Sequence[str]) -> None:
        listed = "、".join(out[:_SHOWN]), ", ".join(out[:_SHOWN])
        super().__init__(
            Text(f"{whose.zh}没有在外的序列号 {serial}", f"{serial} is not out {whose.en}"),
            Text(f"在外的序列号：{listed[0]}", f"serial numbers that are out: {listed[1]}")
            if out
            else Text(
                "借出时没有记序列号，请只写货品和数量", "none was written when they were lent: name goods and quantity"
            ),
        )


class SerialsNotAsMany(Refused):
    """There are not as many serial numbers as pieces of a product."""

    def __init__(self, product: str, count: int, pieces: Decimal) -> None:
        super().__init__(
            Text(
                f"{product} 写了 {count} 个序列号，货是 {QTY.format(pieces)} 件",
                f"{count} serial numbers of {product} for {QTY.format(pieces)} pieces",
            ),
            Text("一个序列号对一件货", "one serial number for each piece"),
        )


class SwappedForItself(Refused):
    """The same product goes and comes in a swap."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"换出和换回的都是 {product}", f"{product} is swapped for itself"),
            Text("还回来的请用 salesaid loan return", "goods that come back: salesaid loan return"),
        )


class OtherCustomersLoan(Refused):
    """The loan that is named is another customer's than the one that is named."""

    def __init__(self, number: str, own: str, named: str) -> None:
        super().__init__(
            Text(f"借用单 {number} 是 {own} 的，不是 {named} 的", f"loan {number} is {own}'s, not {named}'s"),
            Text("请核对单号和客户，只写一个也可以", "check both, or name only one of them"),
        )


def the_loan(typed: str, lines: LoanLines, settings: Settings, today: date) -> str:
    """The one loan that was meant. Raises UnknownNumber, AmbiguousNumber, DatedLater."""
    return the_document(typed, lines, today, settings.prefix("loans", "LN"), LOAN)


def require_out(line: LoanLine, qty: Decimal, day: date) -> None:
    """Raises NotYetOut where some of so much of a line was lent after a day."""
    rest = qty
    for lot in sorted(line.lots, key=lambda lot: lot.day):
        if rest > 0 and lot.day > day:
            raise NotYetOut(line, day, lot.day)
        rest -= lot.qty


def oldest_first(lines: Iterable[LoanLine]) -> list[LoanLine]:
    """The lines of which something is out, in the order in which they are settled where no number is named."""
    return sorted((line for line in lines if line.out > 0), key=lambda line: line.day)
