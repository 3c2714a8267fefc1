"""Goods of an order that were on loan when they were sold: they count as shipped by the loan's rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.core.rows import Rows


class FromLoan(NamedTuple):
    """One row by which goods on loan were sold under an order."""

    loan_no: str
    day: date
    product: str
    qty: Decimal


def sold_from_loan(loans: Rows, catalogue: Catalogue) -> SoldFromLoan:
    """What was sold from loan."""
    return SoldFromLoan(loans, catalogue)


class SoldFromLoan:
    """The rows by which goods on loan were sold, read when asked for."""

    def __init__(self, loans: Rows, catalogue: Catalogue) -> None:
        self._loans = loans
        self._catalogue = catalogue

    def of_order(self, number: str) -> list[FromLoan]:
        """Those of one order, in file order."""
        return [
            FromLoan(no or f"{self._loans.file}:{row}", day, self._catalogue.identify(name, model), qty)
            for row, no, day, action, order_no, name, model, qty in self._loans.pick(
                "row", "loan_no", "date", "action", "order_no", "product", "model", "qty"
            )
            if action == "sell" and (order_no or "").strip() == number
        ]
