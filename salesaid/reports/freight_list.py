"""The lines of carriers' bills that were kept, newest first."""

from __future__ import annotations

from datetime import date

from salesaid.balances.bill_lines import billed_lines
from salesaid.balances.parcels import Parcels, same_carrier
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, QTY, TEXT
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Field, Table, more
from salesaid.core.text import Text

FIELDS = (
    Field("bill_no", Text("账单号", "Bill No"), NUMBER_NO, key=True),
    Field("date", Text("寄件日期", "Sent"), DATE),
    Field("carrier", Text("物流公司", "Carrier"), TEXT),
    Field("tracking_no", Text("运单号", "Tracking No"), NUMBER_NO),
    Field("number", Text("我方单号", "Our number"), NUMBER_NO),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("to_place", Text("目的地", "To"), TEXT),
    Field("weight", Text("计费重量", "Weight"), QTY),
    Field("amount", Text("应付金额", "Amount"), MONEY),
    Field("surcharge", Text("附加费", "Surcharge"), MONEY),
)


def freight_list(
    freight_bills: Rows, parcels: Parcels, *, carrier: str | None = None, since: date | None = None,
    until: date | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row a line of a bill, with the parcel that it is for."""
    found = [
        each
        for each in billed_lines(freight_bills, kept=True)
        if (carrier is None or same_carrier(each.carrier, carrier))
        and (since is None or (each.day is not None and each.day >= since))
        and (until is None or (each.day is not None and each.day <= until))
    ]
    found.sort(key=lambda each: (each.day or date.min, each.row), reverse=True)
    rows = []
    for each in found[:limit]:
        parcel = parcels.of(each.tracking_no)
        number, customer = (parcel.number, parcel.customer) if parcel else (None, None)
        rows.append((
            each.bill_no, each.day, each.carrier, each.tracking_no, number, customer, each.to_place, each.weight,
            each.amount, each.surcharge or None,
        ))  # fmt: skip
    totals = {
        "amount": sum((each.amount for each in found), ZERO),
        "surcharge": sum((each.surcharge for each in found), ZERO),
    }
    notes = more(len(found), limit)
    return Table(Text("运费账单", "Freight bills"), FIELDS, rows, totals=totals, notes=notes, newest=newest)
