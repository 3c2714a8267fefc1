"""返修登记：每天的收到、送修、修回、寄回、换新、退货、报废。 | Repairs day by day: received, sent, back, delivered."""

from __future__ import annotations

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.day_book import DAY_TOTAL, Line, day_book
from salesaid.balances.parties import Parties
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, QTY, TEXT, Choice
from salesaid.core.periods import Period
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.ledgers import returns as declared

KIND = Choice({action.id: action.word for action in declared.LEDGER.actions} | {"day": DAY_TOTAL})
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("kind", Text("类型", "Kind"), KIND),
    Field("return_no", Text("返修单号", "Return"), NUMBER_NO, key=True),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("product", Text("产品", "Product"), TEXT, key=True),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("serial", Text("序列号", "Serial"), TEXT),
    Field("fault", Text("故障现象", "Fault"), TEXT),
    Field("factory", Text("加工厂", "Factory"), TEXT),
    Field("fee", Text("维修费用", "Fee"), MONEY),
    Field("amount", Text("退款金额", "Refunded"), MONEY),
    Field("tracking_no", Text("运单号", "Tracking"), TEXT),
    Field("handler", Text("经手人", "Handler"), TEXT),
    Field("note", Text("备注", "Note"), TEXT, folds=True),
)
_SUMMED = ("fee", "amount")
_COLUMNS = (
    "date", "action", "return_no", "customer", "product", "model", "qty", "unit", "serial", "fault", "factory", "fee",
    "amount", "tracking_no", "handler", "note",
)  # fmt: skip


def return_register(
    returns: Rows, catalogue: Catalogue, customer_names: Parties, *, period: Period, customer: str | None = None,
    product: str | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """Every row of the repairs in the period, with the fees and refunds of each day; names as they are folded."""
    lines = []
    for day, action, no, whom, name, model, qty, unit, *more in returns.pick(*_COLUMNS):
        who, what = customer_names.identify(whom), catalogue.identify(name, model)
        if period.holds(day) and customer in {None, who} and product in {None, what}:
            serial, fault, factory, fee, amount, *rest = more
            cells = (
                day, action, no, who or None, what or None, qty, unit.strip() or None, serial or None, fault or None,
                factory or None, fee, amount, *(text or None for text in rest),
            )  # fmt: skip
            sums = {name: figure for name, figure in (("fee", fee), ("amount", amount)) if figure is not None}
            lines.append(Line(day, cells, sums))
    lines.sort(key=lambda line: line.day)
    book = day_book(lines, FIELDS, _SUMMED)
    title = Text("返修登记 · ", "Repairs register · ") + period.title
    return Table(title, FIELDS, book.rows, book.totals, newest=newest, strong=book.strong)
