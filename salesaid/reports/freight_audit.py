"""A carrier's bill audited: what is wrong in it, what it comes to by carrier and month, and every line of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from salesaid.balances.agreed_freight import AgreedFreight
from salesaid.balances.bill_lines import BillLine, billed_lines, without_voided
from salesaid.balances.freight_audit import Audit, Judged, Objection, audited
from salesaid.balances.parcels import Parcels
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, QTY, TEXT, Choice
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Field, Note, Report, Table
from salesaid.core.text import Lang, Text, joined

WHY = Choice(
    {
        "no_shipment": Text("查无此货", "no such shipment"),
        "twice": Text("本账单重复", "twice in this bill"),
        "billed_before": Text("以前已收", "billed before"),
        "weight": Text("重量不符", "weight off"),
        "price": Text("运价不符", "price off"),
        "surcharge": Text("附加费", "surcharge"),
        "no_rate": Text("没有约定运价", "no agreed rate"),
        "never_billed": Text("未收费", "never billed"),
    }
)
_LINE = (
    Field("row", Text("账单行", "Bill row"), QTY),
    Field("date", Text("寄件日期", "Sent"), DATE),
    Field("carrier", Text("物流公司", "Carrier"), TEXT),
    Field("tracking_no", Text("运单号", "Tracking No"), NUMBER_NO),
    Field("number", Text("我方单号", "Our number"), NUMBER_NO),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("to_place", Text("目的地", "To"), TEXT),
    Field("weight", Text("计费重量", "Weight"), QTY),
    Field("our_weight", Text("我方重量", "Our weight"), QTY),
    Field("amount", Text("应付金额", "Amount"), MONEY),
    Field("surcharge", Text("附加费", "Surcharge"), MONEY),
)
_AGREED = Field("agreed", Text("核定运费", "Agreed"), MONEY)
_OVER = Field("over", Text("多收", "Too much"), MONEY)
OBJECTIONS = (
    Field("why", Text("问题", "Why"), WHY, key=True),
    *_LINE,
    _OVER,
    Field("before", Text("先前", "Before"), TEXT),
)
TOTALS = (
    Field("carrier", Text("物流公司", "Carrier"), TEXT, key=True),
    Field("month", Text("月份", "Month"), TEXT, key=True),
    Field("lines", Text("行数", "Lines"), QTY),
    Field("weight", Text("计费重量", "Weight"), QTY),
    Field("amount", Text("应付金额", "Amount"), MONEY),
    _AGREED,
    _OVER,
    Field("unchecked", Text("无价可核", "Unchecked"), MONEY),
    Field("never_billed", Text("未收费票数", "Never billed"), QTY),
)
LINES = (*_LINE, _AGREED, _OVER, Field("why", Text("问题", "Why"), TEXT))


def freight_audit(
    parcels: Parcels, agreed_freight: AgreedFreight, freight_bills: Rows, lang: Lang, *, lines: Sequence[BillLine],
    file: str, notes: tuple[Note, ...] = (),
) -> Report:  # fmt: skip
    """The bill of these lines, held against what was sent, what was agreed and what was billed before."""
    earlier = without_voided(billed_lines(freight_bills.until(None), kept=True))
    audit = audited(lines, parcels, agreed_freight, earlier)
    title = Text(f"运费对账：{file}", f"Freight audit: {file}")
    if audit.same_as:
        zh, en = "、".join(audit.same_as), ", ".join(audit.same_as)
        text = Text(f"这份账单已留底：{zh}", f"this bill is kept already: {en}")
        notes = (*notes, Note("kept_before", "info", text))
    if audit.entered:
        count, first = len(audit.entered), audit.entered[0].bill_no
        text = Text(
            f"其中 {count} 行先前已逐行记进运费账单：{first} 起",
            f"{count} of its lines were entered one by one before: from {first} on",
        )
        notes = (*notes, Note("entered_before", "info", text))
    return Report(title, (_totals(audit), _objections(audit)), (_lines(audit, lang),), notes)


def _objections(audit: Audit) -> Table:
    found = audit.objections
    rows = [_objection(each) for each in found]
    title = Text("要和物流公司核对的", "To be taken up with the carrier")
    return Table(title, OBJECTIONS, rows, totals={"over": _sum(found)}, notes=_both_ways(found))


def _both_ways(found: Sequence[Objection]) -> tuple[Note, ...]:
    """What to claim, where what is charged too little would hide it in the sum."""
    more = sum((each.over for each in found if each.over is not None and each.over > 0), ZERO)
    less = _sum(found) - more
    if not less:
        return ()
    zh, en = [MONEY.show(figure, "zh") for figure in (more, -less)], [MONEY.show(f, "en") for f in (more, -less)]
    text = Text(f"多收 {zh[0]}，少收 {zh[1]}", f"{en[0]} too much, {en[1]} too little")
    return (Note("both_ways", "info", text),)


def _sum(found: Iterable[Objection]) -> Decimal:
    return sum((each.over for each in found if each.over is not None), ZERO)


def _objection(each: Objection) -> tuple[object, ...]:
    if each.line is not None:
        agreed = Judged(each.line, each.parcel, None)
        return (each.kind, *_cells(agreed), each.over, each.before or None)
    parcel = each.parcel
    assert parcel is not None
    own = (None, parcel.day, parcel.carrier, parcel.tracking_no, parcel.number, parcel.customer, None, None)
    return (each.kind, *own, parcel.weight, None, None, None, None)


def _cells(judged: Judged) -> tuple[object, ...]:
    line, parcel = judged.line, judged.parcel
    number, customer, weight = (parcel.number, parcel.customer, parcel.weight) if parcel else (None, None, None)
    carrier = line.carrier or (parcel.carrier if parcel else "")
    return (
        line.row, line.day, carrier, line.tracking_no, number, customer, line.to_place, line.weight, weight,
        line.amount, line.surcharge or None,
    )  # fmt: skip


def _totals(audit: Audit) -> Table:
    """A row a carrier and month: amount = agreed + over + unchecked."""
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for judged in audit.lines:
        line = judged.line
        carrier = line.carrier or (judged.parcel.carrier if judged.parcel else "")
        own = sums.setdefault((carrier, line.day.isoformat()[:7] if line.day else ""), [ZERO] * 7)
        over = _sum(judged.objections)
        rest = line.amount - over if judged.agreed is None else ZERO
        figures = (Decimal(1), line.weight or ZERO, line.amount, judged.agreed or ZERO, over, rest)
        for place, figure in enumerate(figures):
            own[place] += figure
    for each in audit.never_billed:
        if each.parcel is not None and each.parcel.day is not None:
            own = sums.setdefault((each.parcel.carrier, each.parcel.day.isoformat()[:7]), [ZERO] * 7)
            own[6] += 1
    rows = [(*key, *own) for key, own in sorted(sums.items())]
    names = ("lines", "weight", "amount", "agreed", "over", "unchecked", "never_billed")
    totals = {name: sum((own[place] for own in sums.values()), ZERO) for place, name in enumerate(names)}
    return Table(Text("按物流公司和月份", "By carrier and month"), TOTALS, rows, totals=totals)


def _lines(audit: Audit, lang: Lang) -> Table:
    rows = []
    for judged in audit.lines:
        over = _sum(judged.objections)
        why = joined([WHY.words[each.kind] for each in judged.objections]).in_(lang)
        rows.append((*_cells(judged), judged.agreed, over, why or None))
    amount = sum((judged.line.amount for judged in audit.lines), ZERO)
    return Table(Text("账单明细", "All lines"), LINES, rows, totals={"amount": amount})
