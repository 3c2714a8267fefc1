"""All that is to be done today, part by part, the most urgent part first."""

from __future__ import annotations

from salesaid.core.duties import Duty


def duties(
    to_ship: list[Duty], cases_to_close: list[Duty], to_prepay: list[Duty], to_confirm: list[Duty],
    loans_due: list[Duty], repairs_stuck: list[Duty], purchases_awaited: list[Duty], to_buy: list[Duty],
    to_collect: list[Duty], to_verify: list[Duty], receipts_to_settle: list[Duty], papers_to_file: list[Duty],
    to_contact: list[Duty], todos_due: list[Duty],
) -> list[Duty]:  # fmt: skip
    """Every duty of the book; what rests on a ledger that does not exist is not there."""
    return [
        *to_ship, *cases_to_close, *to_prepay, *to_confirm, *loans_due, *repairs_stuck, *purchases_awaited, *to_buy,
        *to_collect, *to_verify, *receipts_to_settle, *to_contact, *papers_to_file, *todos_due,
    ]  # fmt: skip
