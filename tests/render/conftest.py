"""A made-up table of orders with what goes wrong in tables: wide names, dashes, blanks, red rows, totals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from salesaid.core.kinds import DATE, FLAG, MONEY, NUMBER_NO, QTY, TEXT, Choice
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

PAYING = Choice({"unpaid": Text("未收", "unpaid"), "paid": Text("已收", "paid")})
FIELDS = (
    Field("order_no", Text("订单号", "Order No"), NUMBER_NO),
    Field("due", Text("交期", "Due"), DATE),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("product", Text("产品", "Product"), TEXT),
    Field("ordered", Text("数量", "Ordered"), QTY),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("paying", Text("收款", "Paying"), PAYING),
    Field("rush", Text("加急", "Rush"), FLAG),
)
CUSTOMERS = ("骏业", "北京华夏立鸿商贸有限责任公司", "Greenwich — Partners")


def row(i: int) -> tuple[object, ...]:
    quantity = Decimal(-i if i % 4 == 0 else i)
    number = f"SO20261122-{i:03d}"
    due = None if i % 3 == 0 else date(2026, 12, i % 28 + 1)
    return number, due, CUSTOMERS[i % 3], "BVM7—710", quantity, quantity * Decimal("120.50"), "paid", i % 2 == 0


@pytest.fixture(scope="session")
def orders() -> Callable[[int], Table]:
    """A table of that many orders."""

    def table(count: int) -> Table:
        rows = [row(i) for i in range(1, count + 1)]
        totals = {"ordered": sum(r[4] for r in rows), "amount": sum(r[5] for r in rows)}
        notes = (Note("prices", "warning", Text("2 行没有单价", "2 rows have no price")),)
        return Table(Text("订单", "Orders"), FIELDS, rows, totals, notes, newest=50)

    return table


@pytest.fixture(scope="session")
def texts() -> Callable[..., Table]:
    """A table of one text column with these cells."""

    def table(*cells: str) -> Table:
        field = Field("name", Text("名称", "Name"), TEXT)
        return Table(Text("名称", "Names"), (field,), [(cell,) for cell in cells])

    return table


INJECTIONS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\xa0=1", "＝1+1", "＋1", "－1",
    "＠x", "{=1+1}", "internal:Sheet1!A1", "external:c:/x.xlsx", "file://srv/share", "http://example.com",
    "mailto:a@b.c", '=HYPERLINK("http://e.com")', "=cmd|' /C calc'!A0", "\ufeff=1", "\u200b=1", "'=1",
    "#REF!", "#DIV/0!", "TRUE", "00123", "1E5", "110101199003071200", "2-Sep", "_x000D_", "_x001B_", "&lt;", "]]>",
)  # fmt: skip

HOSTILE = (
    "[/]", "[/b]", "[a]", "[bold]x[/bold]", "[@click=x]y[/]", "[link=file:///etc/passwd]x[/link]", ":smile:", "x\\",
    "\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://e.com\x1b\\link", "\x9b2J", "\x1bPq\x1b\\", "\x90dcs\x9c",
    "a\rb", "a\nb", "\x00", "\x7f", "\x0e", "\u202etxt.exe", "\u2066x\u2069", "a\u200bb", "\ufeffx", "\u2028",
    "\U000e0041", "\ud800", "\ue000",
)  # fmt: skip


@pytest.fixture(scope="session")
def injections() -> tuple[str, ...]:
    """Texts that a spreadsheet would take for something else."""
    return INJECTIONS


@pytest.fixture(scope="session")
def hostile() -> tuple[str, ...]:
    """Texts that a terminal or rich would act on."""
    return HOSTILE
