"""Targets: set for a month and a salesperson, and changed (DOMAIN.md 1)."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.goals import Goals, category_of, person_of
from salesaid.balances.register import BLANK, NOT_BELOW_ZERO, BadCell, changed, values_of
from salesaid.core.entries import Decision, Entry
from salesaid.core.kinds import MONEY
from salesaid.core.money import of_cents
from salesaid.core.rows import Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text

HOUSE = Text("全公司", "the whole house")


def set_(
    targets: Rows, orders: Rows, customers: Rows, goals: Goals, *, month: str, salesperson: str, amount: str,
    category: str = "", note: str | None = None,
) -> Decision:  # fmt: skip
    """The target of a month, entered or changed; `month` as 2026-11, the rest as typed. Raises BadCell, SeveralRows."""
    if amount.strip() in BLANK:
        raise BadCell(targets.ledger.column("amount"), amount, NOT_BELOW_ZERO, may_be_blank=False)
    cells = values_of(targets.ledger, {"amount": amount, **({} if note is None else {"note": note})})
    whom, what = person_of(salesperson), category_of(category)
    said = _named(month, whom, what)
    notes = [*_unknown(whom, goals, orders, customers), *_sum_kept(goals, month, whom, what)]
    there = goals.own(month, whom, what)
    if there is None:
        row = {"month": month, "salesperson": salesperson.strip(), "category": what, **cells}
        given = {"amount", "month"} | {name for name in ("salesperson", "category", "note") if row.get(name)}
        money = Text(*[MONEY.show(cells["amount"], "zh")] * 2)
        text = Text(f"已定目标：{said.zh} {money.zh}", f"target set: {said.en} {money.en}")
        return Decision(text, (Entry("targets", row, frozenset(given)),), notes=tuple(notes))
    change = changed(targets, _key(targets, month, there.written), cells)
    edits = (change.edit,) if change.edit else ()
    done = Text(f"已更改目标：{said.zh}", f"target changed: {said.en}")
    if not change.texts:
        done = Text(f"目标没有变化：{said.zh}", f"the target stays as it is: {said.en}")
    return Decision(done, edits=edits, notes=(*change.notes, *notes))


def _key(targets: Rows, month: str, written: tuple[str, str]) -> dict[str, str]:
    """How the file names the row: without the columns that it lacks."""
    own = dict(zip(("salesperson", "category"), written, strict=True))
    return {"month": month, **{name: text for name, text in own.items() if targets.has(name)}}


def _named(month: str, whom: str, what: str) -> Text:
    of_what = f" · {what}" if what else ""
    return Text(f"{month} {whom or HOUSE.zh}{of_what}", f"{month} {whom or HOUSE.en}{of_what}")


def _unknown(whom: str, goals: Goals, orders: Rows, customers: Rows) -> Iterator[Note]:
    """A note where nobody of that name sells anything yet: it may be a slip."""
    if not whom or whom in goals.people:
        return
    known = {name.strip() for rows in (orders, customers) for (name,) in rows.pick("salesperson")}
    if whom not in known:
        text = Text(f"台账里还没有业务员“{whom}”", f"no row of the ledgers is about a salesperson “{whom}” yet")
        yield Note("new_salesperson", "warning", text)


def _sum_kept(goals: Goals, month: str, whom: str, what: str) -> Iterator[Note]:
    """A note where the house has a target of its own that the sum over its people does not change."""
    house = goals.own(month, "", what) if whom else None
    if house is not None:
        own = MONEY.show(of_cents(house.cents), "zh")
        text = Text(f"全公司另有目标 {own}，不随个人目标变", f"the whole house keeps its own target of {own}")
        yield Note("house_target", "info", text)
