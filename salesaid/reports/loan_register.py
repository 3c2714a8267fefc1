"""借出登记：每天的借出、归还和转出，带本日小计。 | Loans out and back, day by day, with the total of each day."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from salesaid.balances.apart import units_note
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.day_book import DAY_TOTAL, Line, day_book
from salesaid.balances.loan_drafts import CONVERSIONS, Event, events
from salesaid.balances.parties import Parties
from salesaid.core.kinds import DATE, NUMBER_NO, QTY, TEXT, Choice
from salesaid.core.periods import Period
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.ledgers import loans as declared

KIND = Choice({action.id: action.word for action in declared.LEDGER.actions} | {"day": DAY_TOTAL})
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("kind", Text("类型", "Kind"), KIND),
    Field("loan_no", Text("借用单号", "Loan"), NUMBER_NO, key=True),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("product", Text("产品", "Product"), TEXT, key=True),
    Field("lent", Text("借出", "Lent"), QTY),
    Field("returned", Text("归还", "Returned"), QTY),
    Field("converted", Text("转出", "Converted"), QTY),
    Field("swapped_in", Text("换入", "Swapped in"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("due", Text("应还日期", "Due"), DATE),
    Field("serial", Text("序列号", "Serial"), TEXT),
    Field("purpose", Text("用途", "Purpose"), TEXT),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
    Field("order_no", Text("转销订单", "Sold as"), NUMBER_NO),
    Field("note", Text("备注", "Note"), TEXT, folds=True),
)
_SUMMED = ("lent", "returned", "converted", "swapped_in")
_COLUMN_OF = {
    "lend": "lent", "return": "returned", "swap_in": "swapped_in", **dict.fromkeys(CONVERSIONS, "converted"),
}  # fmt: skip


def loan_register(
    loans: Rows, catalogue: Catalogue, customer_names: Parties, *, period: Period, customer: str | None = None,
    product: str | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """Every row of the loans in the period, the quantity in the column of what was done; totals a day and of all.

    Converted is what was sold, given away, used up, lost or swapped. Quantities in another unit than their product's
    are shown, and in no total.
    """
    found = [
        event
        for event in events(loans, catalogue, customer_names)
        if period.holds(event.day) and customer in {None, event.customer} and product in {None, event.product}
    ]
    found.sort(key=lambda event: event.day)
    book = day_book(map(_line, found), FIELDS, _SUMMED)
    title = Text("借出登记 · ", "Loan register · ") + period.title
    return Table(title, FIELDS, book.rows, book.totals, _apart(found), newest, book.strong)


def _line(event: Event) -> Line:
    column = _COLUMN_OF.get(event.action)
    figures: list[Decimal | None] = [event.qty if name == column else None for name in _SUMMED]
    cells = (
        event.day, event.action, event.loan_no, event.customer or None, event.product or None, *figures,
        event.unit or None, event.due, event.serial or None, event.purpose or None, event.salesperson or None,
        event.order_no or None, event.note or None,
    )  # fmt: skip
    return Line(event.day, cells, {column: event.qty} if column is not None and event.counts else {})


def _apart(found: Iterable[Event]) -> tuple[Note, ...]:
    named = [f"{each.loan_no} {each.product} {QTY.format(each.qty)} {each.unit}" for each in found if not each.counts]
    return tuple(units_note(named))
