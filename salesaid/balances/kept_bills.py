"""All bills of carriers that were kept, held against what was sent and what was agreed."""

from __future__ import annotations

from datetime import date

from salesaid.balances.agreed_freight import AgreedFreight
from salesaid.balances.bill_lines import billed_lines
from salesaid.balances.freight_audit import Audit, audited_again
from salesaid.balances.parcels import Parcels
from salesaid.core.rows import Rows


def kept_bills(freight_bills: Rows, parcels: Parcels, agreed_freight: AgreedFreight) -> Audit:
    """What is wrong in the bills that were kept."""
    # Whichever way the file is sorted, it is the later bill that bills again.
    lines = sorted(billed_lines(freight_bills, kept=True), key=lambda line: (line.bill_no, line.day or date.min))
    return audited_again(lines, parcels, agreed_freight)
