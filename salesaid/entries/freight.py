"""Freight: what is agreed with carriers, and which lines of their bills are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesaid.balances.agreed_freight import AgreedFreight
from salesaid.balances.bill_lines import BillLine, billed_lines, new_lines, same_bills, without_voided
from salesaid.balances.register import listed, values_of
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.keys import party_key
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text


class NoRate(Refused):
    """Neither a price nor a price of the kg was given."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写价格", "no price is given"),
            Text(
                "首重价用 --price，续重每公斤用 --per-kg，至少写一个",
                "--price for up to where it starts, --per-kg for each kg above: give one of them",
            ),
        )


class RateThere(Refused):
    """There is a rate for this carrier, place and weight from that day on already."""

    def __init__(self, carrier: str, file: str, row: int) -> None:
        super().__init__(
            Text(f"{carrier} 已有这一档（{file} 第 {row} 行）", f"{carrier} has this rate already ({file} row {row})"),
            Text("改价用新的 --from 日期再加一条", "for another price add one with another --from"),
        )


class NothingBilled(Refused):
    """The bill has no line that could be read."""

    def __init__(self, file: str) -> None:
        super().__init__(Text(f"{file} 里没有可用的明细行", f"{file} has no line that can be used"))


def add_rate(
    freight_rates: Rows, agreed_freight: AgreedFreight, *, carrier: str, cells: Mapping[str, str], note: str = ""
) -> Decision:
    """A rate of a carrier; `cells` as typed, by column. Raises NoRate, RateThere, BadCell."""
    values = values_of(freight_rates.ledger, {**cells, **({"note": note} if note else {})})
    if values.get("price") is None and values.get("per_kg") is None:
        raise NoRate
    key = (str(values.get("to_place") or "").strip(), values.get("from_kg") or ZERO, values.get("valid_from"))
    for each in agreed_freight.all:
        if party_key(each.carrier) == party_key(carrier) and (each.to_place, each.from_kg, each.valid_from) == key:
            raise RateThere(carrier, freight_rates.file, each.row)
    row: dict[str, Value] = {"carrier": carrier.strip()}
    row |= {id_: value for id_, value in values.items() if value is not None}
    text = listed(values, freight_rates.ledger)
    said = Text(f"已登记运价 {carrier} · {text.zh}", f"rate of {carrier} entered · {text.en}")
    return Decision(said, (Entry("freight_rates", row, frozenset(row)),))


def keep(freight_bills: Rows, *, lines: Sequence[BillLine], file: str) -> Decision:
    """The lines of a bill that are not kept yet, under the bill's own number or one of ours. Raises NothingBilled."""
    if not lines:
        raise NothingBilled(file)
    earlier = without_voided(billed_lines(freight_bills.until(None), kept=True))
    fresh, there = new_lines(lines, earlier), same_bills(lines, earlier)
    if not fresh:
        return Decision(_all_there(file, there, len(lines)))
    last = max(day for each in lines if (day := each.day) is not None)
    number: NewNumber | str = there[0] if there else next((each.bill_no for each in lines if each.bill_no), "")
    number = number or NewNumber("freight_bills", last)
    entries = tuple(Entry("freight_bills", _row(each, each.bill_no or number), frozenset({"date"})) for each in fresh)
    count = len(entries)
    said = Text(f"已留底 {file} · {count} 行", f"{file} kept · {count} line{'' if count == 1 else 's'}")
    return Decision(said, entries, no=number, notes=_there_already(len(lines) - count))


def _all_there(file: str, there: Sequence[str], count: int) -> Text:
    if there:
        return Text(
            f"{file} 已留底（{'、'.join(there)}），没有新的行",
            f"{file} is kept already as {', '.join(there)}: no new line",
        )
    lines = "the line of" if count == 1 else f"all {count} lines of"
    return Text(f"{file} 的 {count} 行先前都已逐行记过，没有新的行", f"{lines} {file} were entered before: no new line")


def _there_already(count: int) -> tuple[Note, ...]:
    if not count:
        return ()
    text = Text(
        f"另有 {count} 行账本里已有（运单号、日期、金额都相同），不再写入",
        f"{count} more, the same by tracking number, date and amount, stand in the book already: not written again",
    )
    return (Note("already-there", "info", text),)


def _row(line: BillLine, number: NewNumber | str) -> dict[str, Value]:
    row: dict[str, Value] = {
        "bill_no": number, "date": line.day, "carrier": line.carrier, "tracking_no": line.tracking_no,
        "weight": line.weight, "amount": line.amount, "surcharge": line.surcharge or None,
        "from_place": line.from_place, "to_place": line.to_place, "note": line.note,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not None and value != ""}
