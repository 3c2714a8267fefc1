"""What customers of the sample book paid: most of them as agreed, some not, and some in ways that need a look."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from salesaid.core.keys import party_key
from salesaid.core.money import rounded
from salesaid.core.terms import Terms, parse_terms

from .registers import CUSTOMERS, Row
from .rows import by_number, customer_of, day_of, free_number, workday
from .trade import LAST_DAY

BANK, CASH = "建行基本户", "现金"

_LITTLE = 500
_CUSTOMERS = {party_key(str(row["customer"])) for row in CUSTOMERS}
_HUNDRED = Decimal(100)

# What is owed by whom, by the beginning of its shipment's number: left open, disputed, or told below.
_NOT_PAID_AS_AGREED = {
    ("乡村基", "SH202609"),
    ("海川散热器", "SH202609"),
    ("广隆", "SH20260818"),
    ("万安达", "SH20261016"),
    ("立信互感器", "SH20261014"),
    ("誉丰", "SH20261022"),
    ("华联网店", "SH20261028"),
    ("安卡", "SH20261029"),
}


class Bill(NamedTuple):
    """What one shipment of an order made a customer owe."""

    customer: str
    order_no: str
    ship_no: str
    day: date
    amount: Decimal


def _paid(
    number: str,
    customer: str,
    amount: object,
    *,
    payer: str = "",
    order_no: str = "",
    method: str = "转账",
    note: str = "",
) -> Row:
    known = party_key(customer) in _CUSTOMERS and method == "转账"
    return {
        "payment_no": number,
        "date": day_of(number),
        "customer": customer,
        "payer": payer or (customer_of(customer)["full_name"] if known else ""),
        "amount": Decimal(str(amount)),
        "method": method,
        "order_no": order_no,
        "account": CASH if method == "现金" else BANK,
        "note": note,
    }


_TOLD = [
    _paid("PY20260731-001", "深圳骏业电子", 18600, note="上半年结转款"),
    _paid("PY20260814-001", "乡村基", 8000, note="上半年结转款，先付一部分"),
    _paid("PY20260907-001", "乡村基", 4750, note="上半年结转款余额"),
    _paid("PY20261009-001", "", 2685, payer="石家庄宏远商贸有限公司", note="不知道是谁付的，待查"),
    _paid("PY20261021-001", "万安达", 1000, order_no="SO20261013-001", method="现金", note="先付一部分"),
    _paid("PY20261027-001", "华联网店", 800, order_no="SO20261027-001", note="说余款第二天付"),
    _paid("PY20261029-001", "灵龙", 8310, order_no="SO20261029-001", note="款到发货，货还没发"),
    _paid("PY20261104-001", "", 4110, payer="天津安卡自动化设备", note="回单上没写是哪张单"),
    _paid("PY20261105-001", "佐客", 980, order_no="SO20261101-009", note="订单号是客户抄来的"),
    _paid("PY20261112-001", "", 2750, payer="刘洋", method="微信", note="没有留言"),
    _paid("PY20261118-001", "佳瑞", 5000, note="预付下一批货款"),
    _paid("PY20261119-001", "灵龙", 12306, order_no="SO20261119-001", note="款到发货"),
]


def payments(orders: Iterable[Row], sent: Iterable[Row]) -> list[Row]:
    """All receipts: those told, and of every other bill what was agreed, when it was, or a few days late.

    `sent` are the rows that made debts: shipments, and what was sold from loan.
    """
    taken = {str(row["payment_no"]) for row in _TOLD}
    rows = list(_TOLD)
    ordered = {no: _sum(lines) for no, lines in by_number(orders, "order_no").items()}
    for customer, order_no, day, amount in sorted(
        _agreed(_bills(sent), ordered), key=lambda due: (due.day, due.customer)
    ):
        if amount > 0 and day <= LAST_DAY:
            method = "现金" if amount < _LITTLE else "转账"
            number = free_number(taken, "PY", day)
            rows.append(_paid(number, customer, rounded(amount, 2), order_no=order_no, method=method))
    return rows


class _Due(NamedTuple):
    """An amount that a customer pays on a day, naming an order or none."""

    customer: str
    order_no: str
    day: date
    amount: Decimal


def _sum(rows: Iterable[Row]) -> Decimal:
    return sum((Decimal(str(row.get("amount", 0))) for row in rows), Decimal(0))


def _bills(sent: Iterable[Row]) -> Iterator[Bill]:
    """What was shipped and is to be paid as agreed, a bill a shipment."""
    lots: dict[tuple[str, str, str], list[Row]] = {}
    for row in sent:
        if row.get("amount") and row["action"] != "opening":
            number = str(row.get("ship_no") or row["loan_no"])
            lots.setdefault((str(row["customer"]), str(row["order_no"]), number), []).append(row)
    for (customer, order_no, number), rows in lots.items():
        day = date.fromisoformat(str(rows[0]["date"]))
        sign = -1 if rows[0]["action"] == "return" else 1
        agreed = not any(customer == who and number.startswith(what) for who, what in _NOT_PAID_AS_AGREED)
        if agreed and party_key(customer) in _CUSTOMERS:
            name = str(customer_of(customer)["customer"])
            yield Bill(name, order_no, number, day, sign * _sum(rows))


def _agreed(bills: Iterable[Bill], ordered: dict[str, Decimal]) -> Iterator[_Due]:
    monthly: dict[tuple[str, date], list[Bill]] = defaultdict(list)
    deposits: dict[str, Decimal] = {}
    for bill in bills:
        terms = parse_terms(str(customer_of(bill.customer)["terms"]))
        due = _due(bill, terms)
        if terms and terms.form == "monthly":
            monthly[bill.customer, due].append(bill)
            continue
        amount = bill.amount
        if terms and terms.percent and bill.order_no not in deposits:
            deposits[bill.order_no] = rounded(ordered[bill.order_no] * terms.percent / _HUNDRED, 2)
            amount -= deposits[bill.order_no]
            yield _Due(bill.customer, bill.order_no, workday(day_of(bill.order_no)), deposits[bill.order_no])
        yield _Due(bill.customer, bill.order_no, due, amount)
    for (customer, due), together in monthly.items():
        orders = {bill.order_no for bill in together}
        order_no = orders.pop() if len(orders) == 1 else ""
        yield _Due(customer, order_no, due, sum((bill.amount for bill in together), Decimal(0)))


def _due(bill: Bill, terms: Terms | None) -> date:
    """The day on which a bill is paid: as agreed, by some a few days later."""
    road = int(str(customer_of(bill.customer)["transit_days"]))
    if terms is None:
        return workday(bill.day, 14)
    if terms.form == "in_advance" and bill.order_no:
        return workday(day_of(bill.order_no))
    if terms.form == "monthly":
        end = bill.day.replace(day=monthrange(bill.day.year, bill.day.month)[1])
        return workday(end + timedelta(days=terms.days), _late(bill.customer + f"{end}"))
    if terms.form == "days":
        return workday(bill.day + timedelta(days=terms.days), _late(bill.ship_no))
    return workday(bill.day, 0 if terms.form == "cash" else road)


def _late(seed: str) -> int:
    draw = Random(seed).random()  # noqa: S311 - the same draw each time
    return int(draw * 8) if draw > 0.6 else 0  # noqa: PLR2004
