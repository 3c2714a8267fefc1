"""What is to be done today: a row a duty for scripts and workbooks, the page of the morning for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.owners import Owners
from salesaid.balances.receivables import Receivables
from salesaid.core.duties import PART, Duty
from salesaid.core.errors import Refused
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, QTY, TEXT
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Lang, Text, joined, same
from salesaid.core.width import folded
from salesaid.core.words import is_me, understood_note, word_meant
from salesaid.settings import Settings

_SHOWN = 8  # names in a hint
FIELDS = (
    Field("part", Text("事项", "Part"), PART),
    Field("days", Text("天数", "Days"), QTY),
    Field("due", Text("期限", "Due"), DATE),
    Field("no", Text("单号", "Number"), NUMBER_NO),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("supplier", Text("供应商", "Supplier"), TEXT),
    Field("product", Text("产品", "Product"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("owner", Text("负责人", "Owner"), TEXT),
    Field("text", Text("要办的事", "What is to be done"), TEXT),
    Field("command", Text("命令", "Command"), TEXT),
)
PAGE_FIELDS = (
    Field("when", Text("期限", "Due"), TEXT),
    Field("text", Text("要办的事", "What is to be done"), TEXT),
    Field("command", Text("命令", "Command"), TEXT),
)
REST = Text("全部：salesaid today --out 今日必办.md", "all of it: salesaid today --out today.md")
_SALESPERSON = Text("业务员", "salesperson")
_NOTHING = Text("今天没有必办的事，可以安心做计划里的。", "Nothing has to be done today: time for what is planned.")


class NotASalesperson(Refused):
    """`me` is nobody whom orders, customers, visits or to-dos name."""

    def __init__(self, user: str, known: Sequence[str]) -> None:
        names = joined([same(name) for name in known[:_SHOWN]])
        super().__init__(
            Text(
                f"“{user}”没有自己的事项：业务员、负责人里没有这个名字",
                f"“{user}” has no duties: no owner or salesperson is called that",
            ),
            Text(
                f"用环境变量 SALESAID_USER 说明我是谁，或写 --owner 名字：{names.zh}",
                f"say who you are in SALESAID_USER, or write --owner NAME: {names.en}",
            ),
        )


def title(today: date, owner: str | None = None) -> Text:
    """What the page is called: the day, and whose it is."""
    whose = f" · {owner}" if owner else ""
    return Text(f"今日必办 {today}{whose}", f"Today {today}{whose}")


def owner_meant(owners: Owners, user: str, *, owner: str | None) -> str | None:
    """The salesperson who was meant by what was typed; `me` is whoever asks.

    Raises UnknownWord, AmbiguousWord, NotASalesperson.
    """
    if owner is None:
        return None
    if not is_me(owner):
        return word_meant(owner, owners.known(), _SALESPERSON)
    known = {folded(name): name.strip() for name in owners.known() if name.strip()}
    if known and folded(user) not in known:
        raise NotASalesperson(user, list(known.values()))
    return known.get(folded(user), user)


def of_owner(duties: Iterable[Duty], owner: str | None) -> list[Duty]:
    """The duties of one person; everybody's for None."""
    if owner is None:
        return list(duties)
    wanted = folded(owner)
    return [duty for duty in duties if any(folded(name) == wanted for name in duty.owners)]


def duty_list(
    duties: list[Duty], receivables: Receivables, settings: Settings, today: date, lang: Lang, *,
    owner: str | None = None, typed: str | None = None,
) -> Table:  # fmt: skip
    """A row a duty, with everything that is known of it."""
    own = of_owner(duties, owner)
    rows = [_row(duty, lang) for duty in own]
    notes = _notes(own, duties, receivables, settings, today, owner)
    return Table(title(today, owner), FIELDS, rows, notes=(*understood_note(typed, owner), *notes))


def morning_page(
    duties: list[Duty], receivables: Receivables, settings: Settings, today: date, lang: Lang, *,
    owner: str | None = None, typed: str | None = None,
) -> Card:  # fmt: skip
    """A table a part that has anything, each line with when it is due and the command that closes it."""
    own = of_owner(duties, owner)
    notes = _notes(own, duties, receivables, settings, today, owner)
    return Card(title(today, owner), page_tables(own, lang), (*understood_note(typed, owner), *notes), REST)


def page_tables(duties: Sequence[Duty], lang: Lang) -> tuple[Table, ...]:
    """The parts that have anything, in their order."""
    parts: dict[str, list[Duty]] = {}
    for duty in duties:
        parts.setdefault(duty.part, []).append(duty)
    return tuple(
        Table(
            PART.words[part] + f" {len(own)}", PAGE_FIELDS,
            [(duty.when.in_(lang) or None, duty.text.in_(lang), duty.command.in_(lang)) for duty in own],
        )
        for part, own in parts.items()
    )  # fmt: skip


def _row(duty: Duty, lang: Lang) -> tuple[object, ...]:
    return (
        duty.part, None if duty.days is None else Decimal(duty.days), duty.due, duty.no or None, duty.customer or None,
        duty.supplier or None, duty.product or None, duty.qty, duty.on_hand, duty.amount,
        "、".join(duty.owners) or None, duty.text.in_(lang), duty.command.in_(lang),
    )  # fmt: skip


def _notes(
    own: Sequence[Duty], every: Sequence[Duty], receivables: Receivables, settings: Settings, today: date,
    owner: str | None,
) -> list[Note]:  # fmt: skip
    notes = [] if own else [Note("nothing", "info", _NOTHING)]
    if any(duty.part == "collect" for duty in own):
        notes += _stale(receivables, settings, today)
    nobodys = sum(not duty.owners for duty in every) if owner is not None else 0
    if nobodys:
        text = Text(
            f"另有 {nobodys} 件没有负责人：salesaid today",
            f"{nobodys} more {'is' if nobodys == 1 else 'are'} nobody's in particular: salesaid today",
        )
        notes.append(Note("without_owner", "info", text))
    return notes


def _stale(receivables: Receivables, settings: Settings, today: date) -> list[Note]:
    """A warning where receipts are too old to remind anybody by."""
    newest = max((receipt.day for receipt in receivables.all_receipts), default=None)
    if newest is not None and (today - newest).days <= settings.limit("receipts_age_days"):
        return []
    till = Text("还没有收款记录", "there are no receipts yet")
    if newest is not None:
        till = Text(f"收款最近只记到 {newest}", f"the newest receipt is of {newest}")
    return [Note("stale_receipts", "warning", till + Text("：先补记收款再催款", ": enter receipts before reminding"))]
