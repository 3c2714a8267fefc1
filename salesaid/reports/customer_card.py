"""One customer: whom to reach, on which terms, what is open, owed, lent and in repair, and which prices were paid."""

from __future__ import annotations

from datetime import date

from salesaid.balances.customer_standing import credit_note, lent_table, owed_table, repair_table
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.loan_lines import LoanLines
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.parties import Parties
from salesaid.balances.party_data import data_table, unregistered
from salesaid.balances.paying import still_to_ship
from salesaid.balances.receivables import Receivables
from salesaid.balances.repair_lines import RepairLines
from salesaid.balances.spellings import spelling_table
from salesaid.balances.typed import echo
from salesaid.core import money
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, PRICE, QTY
from salesaid.core.rows import Rows
from salesaid.core.tables import Card, Field, Table
from salesaid.core.text import Text

LAST = 10  # order lines

_OPEN = (
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("ordered", Text("订购", "Ordered"), QTY),
    Field("shipped", Text("已发", "Shipped"), QTY),
    Field("open", Text("未发", "Open"), QTY),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
)
_ORDERS = (
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("ordered", Text("订购", "Ordered"), QTY),
    Field("price", Text("单价", "Price"), PRICE),
    Field("amount", Text("金额", "Amount"), MONEY),
)
_PRICES = (
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("last_price", Text("上次单价", "Last price"), PRICE),
    Field("last_date", Text("上次日期", "On"), DATE),
    Field("price_now", Text("现价", "Price now"), PRICE),
)


def customer_card(
    customer_names: Parties, customers: Rows, order_lines: OrderLines, receivables: Receivables, loan_lines: LoanLines,
    repair_lines: RepairLines, last_prices: LastPrices, today: date, *, typed: str,
) -> Card:  # fmt: skip
    """Everything of the one customer that was meant. Raises UnknownName, AmbiguousName."""
    match = customer_names.match(typed)
    party = customer_names.party(match.name)
    lines = order_lines.of_customer(party.id)
    tables = (
        data_table(party, customers.ledger),
        _open(lines, today),
        owed_table(party.id, receivables, today),
        lent_table(party.id, loan_lines, today),
        repair_table(party.id, repair_lines),
        _orders(lines),
        _prices(party.id, lines, last_prices, today),
        spelling_table(party.id, customer_names),
    )
    filled = tuple(table for table in tables if table.rows)
    notes = (
        *echo(typed, match),
        *unregistered(party, customers.ledger),
        *credit_note(party, receivables, still_to_ship(lines)),
    )
    return Card(Text(f"客户 {party.id}", f"Customer {party.id}"), filled, notes)


def _open(lines: list[OrderLine], today: date) -> Table:
    rows = [
        (
            line.order_no, line.day, line.product or None, line.ordered, line.shipped, line.open, line.due,
            line.days_late(today),
        )
        for line in sorted(lines, key=lambda line: (line.due or date.max, line.day))
        if line.open > 0
    ]  # fmt: skip
    return Table(Text("未发", "Open"), _OPEN, rows)


def _orders(lines: list[OrderLine]) -> Table:
    newest = [line for line in reversed(lines) if line.ordered > 0]
    newest.sort(key=lambda line: line.day, reverse=True)
    del newest[LAST:]
    rows = [(line.order_no, line.day, line.product or None, line.ordered, line.price, line.amount) for line in newest]
    totals = {"amount": money.total(line.amount for line in newest)} if len(newest) > 1 else {}
    return Table(Text("最近订单", "Last orders"), _ORDERS, rows, totals)


def _prices(customer: str, lines: list[OrderLine], prices: LastPrices, today: date) -> Table:
    """The last price of each product, the one bought last first, beside what it costs the customer now."""
    products = dict.fromkeys(line.product for line in sorted(lines, key=lambda line: line.day, reverse=True))
    rows = []
    for product in products:
        last, now = prices.last(product, customer), prices.on(product, today, customer)
        if last is not None:
            rows.append((product, last.price, last.since, now.price if now else None))
    return Table(Text("成交价", "Prices paid"), _PRICES, rows)
