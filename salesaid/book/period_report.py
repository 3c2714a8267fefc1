"""The report of a period: what finance waits for, its sheets put together from the reports that stand alone.

Where there is no ledger there is no sheet. What stands open at the end of the period is told as of its last day, which
is the book's day here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal

from salesaid.book import Book
from salesaid.book.checking import run
from salesaid.core.findings import gravest_first
from salesaid.core.kinds import MONEY, Choice
from salesaid.core.money import total
from salesaid.core.periods import Period, PeriodKind
from salesaid.core.tables import Card, Chart, Field, Note, Report, Table
from salesaid.core.text import Text, same
from salesaid.reports.categories import categories
from salesaid.reports.control_totals import TotalsDoNotTieError, control_totals
from salesaid.reports.customers import customers
from salesaid.reports.data_quality import data_quality
from salesaid.reports.finding_list import finding_list
from salesaid.reports.key_figures import key_figures
from salesaid.reports.loan_list import loan_list
from salesaid.reports.loan_register import loan_register
from salesaid.reports.order_list import order_list
from salesaid.reports.products import products
from salesaid.reports.purchase_list import purchase_list
from salesaid.reports.receipt_register import receipt_register
from salesaid.reports.receivable_list import FIELDS as AGES
from salesaid.reports.receivable_list import receivable_list
from salesaid.reports.return_list import return_list
from salesaid.reports.return_register import return_register
from salesaid.reports.sale_details import sale_details
from salesaid.reports.sales import sales
from salesaid.reports.salespeople import salespeople
from salesaid.reports.stock_check import stock_check

Scope = Literal["screen", "figures", "workbook"]
"""What is wanted: the summary, as a screen shows it; all figures, for scripts; or all sheets and details."""

TITLES: dict[PeriodKind, Text] = {
    "day": Text("日报", "Report of the day"), "week": Text("周报", "Report of the week"),
    "month": Text("月报", "Report of the month"), "quarter": Text("季报", "Report of the quarter"),
    "year": Text("年报", "Report of the year"), "range": Text("报表", "Report"),
}  # fmt: skip
_STEPS, _NEARLY = 20, 0.95  # of a report, as a bar tells of them
_TOP, _PEOPLE = 10, 20  # rows that the summary has room for
_LATER = "later-date"
_LONGEST = ("orders", "shipments")
_GOODS = ("products", "stock_moves", "stock_counts", "purchases")
_DEBTS = ("orders", "shipments", "payments")
_MOVEMENT = "receivables_movement"  # the table of the control totals that tells what is owed
_AGE = Choice({field.name: field.header for field in AGES[1:9]})
TIES = Note("ties", "info", Text("明细与各项汇总相等，差额 0", "the details and all their sums agree: difference 0"))
NO_ACCOUNTS = Note(
    "no_accounts",
    "info",
    Text(
        "没有收款、付款条件和期初欠款，不算应收",
        "there are no receipts, terms of payment or opening balances: nothing is said of receivables",
    ),
)
LEFT_OUT = Note(
    "findings_left_out",
    "info",
    Text(
        "台账很长，这里没有查账；要列出异常请加 --findings，或另查：salesaid check --out 异常.xlsx",
        "the ledgers are long and were not checked; add --findings, or ask: salesaid check --out findings.xlsx",
    ),
)
_SUMMED = ("net", "target", "attainment", "against_pace", "ordered", "received", "rate_received")
_PAID = ("net", "received", "change_rate")
_SOLD = ("qty", "net", "margin", "change_rate", "year_change_rate")


def period_report(book: Book, period: Period, scope: Scope, *, findings: bool = False) -> Report:
    """The report of a period, of which the book's day is the last, or some day of it.

    A workbook of a long book has the findings of the check only where `findings` asks for them. Raises
    TotalsDoNotTieError, AgeingDoesNotTieError.
    """
    sheets = _Sheets(book, period, findings=findings)
    try:
        return sheets.report(scope)
    finally:
        sheets.tell(1.0)


class _Sheets:
    """The sheets of one report; what two of them need is worked out once."""

    def __init__(self, book: Book, period: Period, *, findings: bool) -> None:
        self._book = book
        self._period = period
        self._has_findings = findings or not any(map(book.shelf.is_long, _LONGEST))
        self._made: dict[str, Table] = {}
        self._steps = 0
        self._notes: list[Note] = []  # of the whole report: they stand on its first sheet

    def report(self, scope: Scope) -> Report:
        name = self._book.settings.name
        title = same(f"{name} " if name else "") + self._title
        sheets: list[Table | Card] = [self._summary(scope)]
        if self._period.kind == "day":
            sheets += self._day_books()
        if scope != "screen":
            sheets += self._groups()
        if scope == "workbook":
            sheets += [*self._open(), self._findings()]
        details = tuple(self._details()) if scope == "workbook" else ()
        return Report(title, tuple(sheets), details, tuple(dict.fromkeys(self._notes)))

    def tell(self, share: float) -> None:
        """Let who waits at a terminal see how far it is."""
        if self._book.watch is not None:
            self._book.watch(self._title.in_(self._book.lang), share)

    @property
    def _title(self) -> Text:
        return TITLES[self._period.kind] + Text("：", ": ") + self._period.title

    def _of(self, function: Callable[..., Any], **given: Any) -> Any:
        """A report, called with what it names."""
        self.tell(min(self._steps / _STEPS, _NEARLY))
        self._steps += 1
        found = self._book.call(function, given)
        return found._replace(name=function.__name__) if isinstance(found, Table) else found

    def _once(self, function: Callable[..., Table], **given: Any) -> Table:
        name = function.__name__
        if name not in self._made:
            self._made[name] = self._of(function, **given)
        return self._made[name]

    def _has(self, *ledgers: str) -> bool:
        """Whether one of these ledgers was ever written."""
        return any(self._book.shelf.opened(id_) is not None for id_ in ledgers)

    @cached_property
    def _has_accounts(self) -> bool:
        """Whether customers have accounts at all: else all that was ever sold would be said to be owed."""
        return self._has("payments") or bool(self._has(*_DEBTS) and self._book.supply("account_keeping"))

    # ── the summary ──────────────────────────────────────────────────────────────────────────────

    def _summary(self, scope: Scope) -> Card:
        """The figures on one sheet, with charts; a screen has no room for what is nothing, or as it should be."""
        period = self._period
        people, goods = self._once(salespeople, period=period), self._once(products, period=period)
        buyers = self._once(customers, period=period)
        keys = self._of(key_figures, period=period)
        owed = int(self._once(receivable_list).totals["balance"].scaleb(2))  # type: ignore[attr-defined]
        ties = self._of(control_totals, period=period, owed=owed)
        quality = self._of(data_quality, period=period, with_names=scope != "figures")
        self._notes += [*keys.notes, *people.notes, *buyers.notes, *goods.notes]
        if not self._has_accounts and self._has(*_DEBTS):
            self._notes.append(NO_ACCOUNTS)
        if scope == "screen":
            quality = quality._replace(rows=[row for row in quality.rows if row[1]])
            self._notes.append(TIES)
        tables = (
            *(keys.tables if scope == "figures" else (each for each in map(told, keys.tables) if each.rows)),
            self._of(sales, period=period),
            first(chosen(people, Text("业务员", "Salespeople"), ("salesperson", *_SUMMED)), _PEOPLE),
            first(sold(chosen(goods, Text("产品", "Products"), ("product", *_SOLD))), _TOP),
            first(sold(chosen(buyers, Text("客户", "Customers"), ("customer", *_PAID))), _TOP),
            *([self._ages()] if self._has_accounts else ()),
            *(table for table in ties.tables[scope == "screen" :] if table.name != _MOVEMENT or self._has_accounts),
            *([quality] if quality.rows else ()),
        )
        return Card(Text("汇总", "Summary"), tables)

    def _ages(self) -> Table:
        """What is owed by age, a row an age."""
        whole = self._once(receivable_list)
        fields = (Field("age", Text("账龄", "Age"), _AGE, key=True), Field("amount", Text("金额", "Amount"), MONEY))
        rows = [(name, whole.totals[name]) for name in _AGE.words]
        chart = Chart("columns", "age", ("amount",))
        return Table(
            Text("应收账龄", "Receivables by age"), fields, rows, {"amount": whole.totals["balance"]}, chart=chart,
            name="ages",
        )  # fmt: skip

    # ── the sheets ───────────────────────────────────────────────────────────────────────────────

    def _groups(self) -> Iterator[Table]:
        """The same figures by who, to whom and what; and who owes how much since when."""
        period = self._period
        yield self._once(salespeople, period=period)._replace(title=Text("按业务员", "By salesperson"))
        yield self._once(customers, period=period)._replace(title=Text("按客户", "By customer"))
        yield self._once(products, period=period)._replace(title=Text("按产品", "By product"))
        yield self._once(categories, period=period)._replace(title=Text("按类别", "By category"))
        if self._has_accounts:
            yield self._once(receivable_list)._replace(title=Text("应收账龄", "Receivables"))

    def _day_books(self) -> Iterator[Table]:
        """What happened on the day, row by row."""
        within = {"since": self._period.first, "until": self._period.last}
        if self._has("orders"):
            yield self._of(order_list, **within)._replace(title=Text("订单", "Orders"))
        if self._has("orders", "shipments"):
            yield self._of(sale_details, period=self._period)._replace(title=Text("销售", "Sales"))
        if self._has("payments"):
            yield self._of(receipt_register, period=self._period)._replace(title=Text("收款", "Receipts"))
        if self._has("loans"):
            yield self._of(loan_register, period=self._period)._replace(title=Text("借还", "Loans out and back"))
        if self._has("returns"):
            yield self._of(return_register, period=self._period)._replace(title=Text("返修进出", "Returns in and out"))

    def _open(self) -> Iterator[Table]:
        """What is still out, in repair, low or on its way at the end."""
        if self._has("loans"):
            yield self._of(loan_list)._replace(title=Text("借出未还", "Loans out"))
        if self._has("returns"):
            yield self._of(return_list)._replace(title=Text("返修未结", "Open repairs"))
        if self._has(*_GOODS):
            yield self._of(stock_check)._replace(title=Text("库存预警", "Low stock"))
        if self._has("purchases"):
            yield self._of(purchase_list)._replace(title=Text("采购未到", "Open purchases"))

    def _findings(self) -> Table:
        """What is wrong in the ledgers up to the book's day; what comes after a period that is over is no mistake."""
        from salesaid import checks

        title = Text("异常清单", "Findings")
        if not self._has_findings:
            return finding_list((), self._book.lang, (LEFT_OUT,))._replace(title=title)
        found = run(self._book, checks.selected((), () if self._book.tells_later else (_LATER,)))
        return finding_list(gravest_first(found.findings), self._book.lang, (), with_marks=False)._replace(title=title)

    def _details(self) -> Iterator[Table]:
        """The registers of the period; the first of them is what every sum is made of."""
        rows = self._of(sale_details, period=self._period)
        self._require_tie(rows)
        yield rows._replace(title=Text("明细", "Details"))
        if self._has("loans") and self._period.kind != "day":
            yield self._of(loan_register, period=self._period)._replace(title=Text("借出明细", "Loans in detail"))
        if self._has("payments") and self._period.kind != "day":
            yield self._of(receipt_register, period=self._period)._replace(title=Text("收款明细", "Receipts in detail"))
        if self._has("returns") and self._period.kind != "day":
            yield self._of(return_register, period=self._period)._replace(title=Text("返修明细", "Repairs in detail"))

    def _require_tie(self, details: Table) -> None:
        """Hold the rows of the groups, as they are shown, against what the details come to."""
        whole: Any = details.totals["amount"]
        for function in (salespeople, customers, products, categories):
            table = self._made[function.__name__]
            found = total(column(table, "net"))
            if found != whole:
                raise TotalsDoNotTieError(table.title, *(int(each.scaleb(2)) for each in (whole, found)))


def told(table: Table) -> Table:
    """The rows of a table that say anything beside their name."""
    return table._replace(rows=[row for row in table.rows if any(cell is not None for cell in row[1:])])


def column(table: Table, name: str) -> Sequence[Any]:
    """The values of one column."""
    at = [field.name for field in table.fields].index(name)
    return [row[at] for row in table.rows]


def chosen(table: Table, title: Text, names: Sequence[str]) -> Table:
    """Some columns of a table."""
    places = [at for at, field in enumerate(table.fields) if field.name in names]
    fields = tuple(table.fields[at] for at in places)
    rows = [tuple(row[at] for at in places) for row in table.rows]
    totals = {field.name: table.totals[field.name] for field in fields if field.name in table.totals}
    return Table(title, fields, rows, totals, chart=table.chart, name=f"top_{table.name}")


def sold(table: Table) -> Table:
    """The rows of a table that anything was sold in."""
    rows = [row for row, net in zip(table.rows, column(table, "net"), strict=True) if net]
    return table._replace(rows=rows)


def first(table: Table, count: int) -> Table:
    """The first rows of a table, said so in its title; its totals are still over all, and a note says that, too."""
    if len(table.rows) <= count:
        return table
    title = table.title + Text(f"前 {count} 名", f": the first {count}")
    whole = Text(f"合计是全部 {len(table.rows)} 个的", f"the total is over all {len(table.rows)}")
    return table._replace(title=title, rows=table.rows[:count], notes=(*table.notes, Note("first", "info", whole)))
