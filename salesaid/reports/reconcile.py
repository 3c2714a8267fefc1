"""Two books reconciled: what each comes to, why they differ, and both rows of every difference side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.pairing import Compared
from salesaid.balances.parties import Parties
from salesaid.balances.reconciliation import Difference, Reconciliation, Sums, reconciled, same_numbering
from salesaid.balances.reconciliation_lines import Line, lines_of
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO, Rows
from salesaid.core.schema import Ledger
from salesaid.core.sheet_rows import plain_row, sheet_of
from salesaid.core.tables import NAMED, Field, Note, Report, Table
from salesaid.core.text import Text, joined

_WHYS = {
    "missing": Text("漏记", "missing here"),
    "extra": Text("多记", "extra here"),
    "qty": Text("数量", "quantity"),
    "price": Text("单价", "price"),
    "amount": Text("金额", "amount"),
    "product": Text("型号写法", "product spelling"),
    "customer": Text("客户写法", "customer spelling"),
    "period": Text("跨期", "other period"),
    "date": Text("日期", "date"),
}
WHY = Choice(_WHYS)
_LINE = Choice(
    {"ours": Text("我方", "ours"), **_WHYS, "theirs": Text("对方", "theirs"), "rest": Text("未解释", "unexplained")}
)
SUMMARY = (
    Field("line", Text("项目", "Line"), _LINE, key=True),
    Field("lines", Text("行数", "Lines"), QTY),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("amount", Text("金额", "Amount"), MONEY),
)
_SETTLED = Choice(
    {
        "ours": Text("改我方", "mend ours"),
        "theirs": Text("对方改", "theirs to mend"),
        "fine": Text("无需改", "fine as it is"),
    }
)


def _both(name: str, zh: str, en: str, kind: object) -> tuple[Field, Field]:
    return (
        Field(f"our_{name}", Text(f"我方{zh}", f"Our {en}"), kind),  # type: ignore[arg-type]
        Field(f"their_{name}", Text(f"对方{zh}", f"Their {en}"), kind),  # type: ignore[arg-type]
    )


DIFFERENCES = (
    Field("why", Text("差异", "Why"), WHY, key=True),
    *_both("no", "单号", "number", NUMBER_NO),
    *_both("date", "日期", "date", DATE),
    *_both("party", "单位", "party", TEXT),
    *_both("product", "产品", "product", TEXT),
    *_both("qty", "数量", "quantity", QTY),
    *_both("price", "单价", "price", PRICE),
    *_both("amount", "金额", "amount", MONEY),
    Field("qty_difference", Text("数量差", "Quantity difference"), QTY),
    Field("difference", Text("金额差", "Difference"), MONEY),
    Field("lines", Text("行数", "Lines"), QTY),
    *_both("row", "行号", "row", QTY),
)
OUR_SHEET = Field("our_sheet", Text("我方工作表", "Our sheet"), TEXT)
SHEET = Field("their_sheet", Text("对方工作表", "Their sheet"), TEXT)
TO_DO = Field("settled", Text("处理", "Settled"), _SETTLED, choices=tuple(_SETTLED.words))


def reconcile(
    catalogue: Catalogue, *, ours: Rows, theirs: Sequence[Rows], parties: Parties | None,
    since: date | None = None, until: date | None = None, notes: tuple[Note, ...] = (), to_fill_in: bool = False,
) -> Report:  # fmt: skip
    """Our rows of a journal against those of another book, sheet by sheet. Without a period: the days of theirs."""
    names = ours.sheet if isinstance(ours.sheet, tuple) else ()
    our_lines = [
        line._replace(sheet=names[sheet_of(line.row)]) if names else line
        for line in lines_of(ours.until(None), catalogue, parties)
    ]
    their_lines = [
        line._replace(sheet=str(rows.sheet or "")) for rows in theirs for line in lines_of(rows, catalogue, parties)
    ]
    days = [line.day for line in their_lines if line.day is not None]
    first = since or (min(days, default=None) if until is None else None)
    last = until or (max(days, default=None) if since is None else None)
    compared = _compared(ours, theirs, our_lines, their_lines)
    found = reconciled(our_lines, their_lines, first, last, compared)
    file = theirs[0].file
    title = ours.ledger.title + Text(f"对账：{file}", f" against {file}")
    notes = (*notes, *_period(first, last), *_not_compared(ours.ledger, compared))
    sheets = (*((OUR_SHEET,) if names else ()), *((SHEET,) if len(theirs) > 1 else ()))
    fields = (*DIFFERENCES, *sheets, *((TO_DO,) if to_fill_in else ()))
    return Report(title, (_summary(found), _differences(found.differences, fields)), (), notes)


def _compared(ours: Rows, theirs: Sequence[Rows], our_lines: Sequence[Line], their_lines: Sequence[Line]) -> Compared:
    """The columns that both have, in some of their sheets; a ledger that was never written lacks none."""
    ids = {column.id for column in ours.ledger.columns}
    books = [[ours], theirs] if ours.columns else [theirs]

    def both_have(*names: str) -> bool:
        return all(any(rows.has(name) for name in names if name in ids for rows in book) for book in books)

    amount = all(
        any(
            rows.has("amount") or (rows.has("price") and rows.has("qty")) or rows.has("income") or rows.has("expense")
            for rows in book
        )
        for book in books
    )
    is_alone = not our_lines or not their_lines
    return Compared(
        is_alone or same_numbering(our_lines, their_lines), both_have("qty"), both_have("price"), amount,
        both_have("customer", "supplier"), both_have("product", "model"),
    )  # fmt: skip


def _period(first: date | None, last: date | None) -> tuple[Note, ...]:
    if first is None and last is None:
        return ()
    zh = f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"到 {last} 为止"
    en = f"{first} to {last}" if first and last else f"from {first} on" if first else f"up to {last}"
    return (Note("period", "info", Text(f"核对期间：{zh}", f"compared: {en}")),)


def _not_compared(ledger: Ledger, compared: Compared) -> tuple[Note, ...]:
    ids = {column.id for column in ledger.columns}
    names = {
        "qty": ("qty",), "price": ("price",), "amount": ("amount", "income"), "party": ("customer", "supplier"),
        "product": ("product",),
    }  # fmt: skip
    missing = [
        ledger.column(next(id_ for id_ in columns if id_ in ids)).heading
        for name, columns in names.items()
        if ids.intersection(columns) and not getattr(compared, name)
    ]
    notes = []
    if missing:
        start = Text("两边不都有，未核对：", "not in both books and not compared: ")
        notes.append(Note("not_compared", "info", start + joined(missing)))
    if not compared.number:
        text = Text(
            "两边的单号对不上，按日期、单位、产品、数量配对",
            "the numbers are not the same: rows are paired by date, party, product and quantity",
        )
        notes.append(Note("other_numbers", "info", text))
    return tuple(notes)


def _summary(found: Reconciliation) -> Table:
    """Ours, the differences by kind, theirs: they add up."""
    rows: list[tuple[object, ...]] = [("ours", *found.ours)]
    for why in _WHYS:
        own = [each for each in found.differences if each.why == why]
        if own:
            rows.append((why, *_of(own)))
    explained = _of(found.differences)
    qty = found.theirs.qty - found.ours.qty - explained.qty
    amount = found.theirs.amount - found.ours.amount - explained.amount
    if qty or amount:  # never: but a person is not to be told that books tie where they do not
        rows.append(("rest", None, qty, amount))
    rows.append(("theirs", *found.theirs))
    notes = (_tie(found, explained),)
    strong = frozenset({0, len(rows) - 1})
    return Table(Text("汇总", "Summary"), SUMMARY, rows, notes=notes, strong=strong)


def _of(differences: Sequence[Difference]) -> Sums:
    return Sums(
        sum(each.lines for each in differences),
        sum((each.qty for each in differences), ZERO),
        sum((each.amount for each in differences), ZERO),
    )


def _tie(found: Reconciliation, explained: Sums) -> Note:
    one, by, other = (_money(each) for each in (found.ours.amount, explained.amount, found.theirs.amount))
    if not found.differences:
        text = Text(f"两边一致：{found.matched} 行，{one}", f"the books agree: {found.matched} lines, {one}")
        return Note("agree", "info", text)
    text = Text(f"我方 {one} + 差异 {by} = 对方 {other}", f"ours {one} + differences {by} = theirs {other}")
    return Note("control_total", "info", text)


def _money(amount: Decimal) -> str:
    return MONEY.show(amount, "zh")


def _differences(differences: Sequence[Difference], fields: tuple[Field, ...]) -> Table:
    rows: list[tuple[object, ...]] = []
    for each in differences:
        one, other = each.ours, each.theirs
        sheets = ((OUR_SHEET, one and one.sheet), (SHEET, other and other.sheet))
        shown = [sheet for field, sheet in sheets if field in fields]
        rows.append((*_row(each), *shown, *((None,) if TO_DO in fields else ())))
    sums = _of(differences)
    totals = {"qty_difference": sums.qty, "difference": sums.amount}
    return Table(Text("差异", "Differences"), fields, rows, totals=totals, notes=_to_fold(differences))


def _to_fold(differences: Sequence[Difference]) -> tuple[Note, ...]:
    """The commands by which names that differ would be one from now on."""
    lines = []
    for each in differences:
        one, other = each.ours, each.theirs
        if one is None or other is None:
            continue
        if each.why == "product" and one.product_id != other.product_id and one.goods and other.goods:
            lines.append(command("name", "same", other.model or other.product, one.model or one.product, "--new"))
        elif each.why == "customer" and one.party_id != other.party_id and one.party and other.party:
            lines.append(command("name", "same", other.party, one.party, "--new"))
    if not lines:
        return ()
    shown = " · ".join(lines[:NAMED])
    return (Note("names", "info", Text(f"如是同一个：{shown}", f"if they are one: {shown}")),)


def _row(each: Difference) -> tuple[object, ...]:
    one, other = each.ours, each.theirs
    pairs = [
        (getattr(one, name, None) or None, getattr(other, name, None) or None)
        for name in ("number", "day", "party", "goods")
    ]
    pairs += [(getattr(one, name, None), getattr(other, name, None)) for name in ("qty", "price", "amount")]
    rows = (plain_row(one.row) if one else None, plain_row(other.row) if other else None)
    cells = [cell for pair in pairs for cell in pair]
    return (each.why, *cells, each.qty, each.amount, each.lines, *rows)
