"""The papers of orders since 10 November: contracts as files, delivery notes in a folder, some of them wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from .registers import Row
from .rows import by_number

FIRST = "2026-11-10"  # the day from which on papers are kept
_GONE, _CHANGED, _NO_NOTE = "SO20261110-002", "SO20261111-001", "SO20261113-001"
_REPORT: Row = {
    "date": "2026-11-16", "order_no": "SO20261109-011", "customer": "海川散热器", "kind": "材质报告",
    "note": "江南铜业随货寄来",
}  # fmt: skip


class Papers(NamedTuple):
    """The rows of the ledger, and the files by their path from the book's folder on."""

    rows: list[Row]
    files: dict[str, bytes]


def papers(orders: Iterable[Row], parcels: Iterable[Row]) -> Papers:
    """What is filed of the orders that were shipped."""
    ordered = by_number([row for row in orders if row.get("action") == "order"], "order_no")
    sent = by_number([row for row in parcels if row.get("action") == "ship"], "order_no")
    shipped = sorted(no for no in ordered if no in sent and str(ordered[no][0]["date"]) >= FIRST)
    contracts = [_contract(ordered[no]) for no in shipped]
    notes = [_note(sent[no][0]) for no in shipped if no != _NO_NOTE]
    files = {str(row["path"]): _content(ordered[str(row["order_no"])]) for row in contracts}
    files = {path: _altered(path, content) for path, content in files.items() if _GONE not in path}
    return Papers([*_numbered([*contracts, *notes, _REPORT])], files)


def _contract(order: list[Row]) -> Row:
    first = order[0]
    return {
        "date": first["date"], "order_no": first["order_no"], "customer": first["customer"], "kind": "合同",
        "path": f"资料/{first['order_no']} 合同.txt", "sha256": sha256(_content(order)).hexdigest(),
    }  # fmt: skip


def _note(parcel: Row) -> Row:
    return {
        "date": parcel["date"], "order_no": parcel["order_no"], "customer": parcel["customer"], "kind": "送货单",
        "note": "原件在 3 号夹",
    }  # fmt: skip


def _content(order: list[Row]) -> bytes:
    goods = [f"{row['product']} {row['qty']}，单价 {row['price']}" for row in order]
    lines = [f"购销合同 {order[0]['order_no']}", f"需方：{order[0]['customer']}", "供方：楚天电子 · 北京办事处", *goods]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _altered(path: str, content: bytes) -> bytes:
    """One contract was written over after it had been filed."""
    return content + "付款：货到 90 天\r\n".encode() if _CHANGED in path else content


def _numbered(rows: list[Row]) -> Iterator[Row]:
    serials: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: str(row["date"])):
        day = str(row["date"]).replace("-", "")
        serials[day] = serials.get(day, 0) + 1
        yield {"document_no": f"DC{day}-{serials[day]:03}", **row}
