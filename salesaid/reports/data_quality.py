"""数据质量：没写全、看不准、还没定的，各有多少，涉及多少钱。 | Data quality: what is lacking or undecided, in money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.visit_log import VisitLog
from salesaid.core.keys import NameKind
from salesaid.core.kinds import MONEY, QTY, TEXT, Choice
from salesaid.core.money import of_cents
from salesaid.core.periods import Period
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.frames.sums import within

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_TITLE = Text("数据质量", "Data quality")
_WHAT = Choice({
    "no_number": Text("没有单号的销售行", "sales without a number"),
    "no_customer": Text("没有客户的销售行", "sales without a customer"),
    "no_product": Text("没有品名的销售行", "sales without a product"),
    "no_salesperson": Text("没有业务员的销售行", "sales without a salesperson"),
    "no_price": Text("没有单价的销售行", "sales without a price"),
    "other_unit": Text("单位与产品不同的销售行，数量未计", "sales in another unit, not in quantities"),
    "no_cost": Text("不知道成本的销售行，未计毛利", "sales of unknown cost, not in margins"),
    "unknown_payer": Text("不知道是谁付的收款", "receipts of unknown payers"),
    "product_names": Text("没有定下来的产品名称", "undecided product names"),
    "customer_names": Text("没有定下来的客户名称", "undecided customer names"),
    "estimated_visits": Text("估计的拜访次数", "estimated visits"),
})  # fmt: skip
_FIELDS = (
    Field("what", Text("情况", "What"), _WHAT, key=True),
    Field("count", Text("处数", "Count"), QTY),
    Field("amount", Text("涉及金额", "Amount"), MONEY),
    Field("command", Text("怎么办", "What to do"), TEXT),
)
_NAMES: tuple[NameKind, ...] = ("product", "customer")


def data_quality(
    sales: DataFrame, money_in: DataFrame, orders: Rows, shipments: Rows, loans: Rows, returns: Rows,
    name_questions: NameQuestions, visit_log: VisitLog, *, period: Period, with_names: bool = True,
) -> Table:  # fmt: skip
    """How many rows of the period, and how much money, every figure of the reports is unsure by; zeros are shown.

    Names that nobody decided on are those of the whole book; to look for them takes its time, so scripts do without.
    """
    own, paid = sales[within(sales, period)], money_in[within(money_in, period)]
    files = tuple(f"{rows.file}:" for rows in (orders, shipments, loans, returns) if rows.file)
    rows = [*_sales_rows(own, files), _row("unknown_payer", paid["cents"], ~paid["is_known"], "salesaid payment list")]
    for kind in _NAMES if with_names else ():
        about = name_questions.about(kind)
        rows.append((f"{kind}_names", len(about.pairs) + len(about.unknown), None, "salesaid name check"))
    estimated = (visit.times for visit in visit_log.all if visit.is_estimated and period.holds(visit.day))
    rows.append(("estimated_visits", sum(estimated, ZERO), None, "salesaid visit report"))
    rows = [(what, count, amount, command if count else None) for what, count, amount, command in rows]
    return Table(_TITLE + Text("：", ": ") + period.title, _FIELDS, rows)


def _sales_rows(own: DataFrame, files: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    cents = own["cents"]
    numberless = own["no"].isin([no for no in own["no"].unique() if files and no.startswith(files)])
    yield _row("no_number", cents, numberless, "salesaid check A")
    yield _row("no_customer", cents, own["customer"] == "", "salesaid check A")
    yield _row("no_product", cents, own["product"] == "", "salesaid check A")
    yield _row("no_salesperson", cents, own["salesperson"] == "", "salesaid customer set")
    yield _row("no_price", cents, ~own["has_price"] & (cents == 0), "salesaid check O")
    yield _row("other_unit", cents, own["apart"], "salesaid check A")
    yield _row("no_cost", cents, ~own["has_cost"] & (cents != 0), "salesaid product set")


def _row(what: str, cents: Series, which: Series, command: str) -> tuple[object, ...]:
    chosen = cents[which].tolist()
    return what, len(chosen), of_cents(sum(map(int, chosen))), command
