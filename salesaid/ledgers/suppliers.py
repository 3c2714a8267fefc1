"""Suppliers: from whom goods are bought and how long they take."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="suppliers",
    title=Text("供应商", "suppliers"),
    kind="register",
    key=("supplier",),
    needs=(("supplier",),),
    columns=(
        col.prefer(col.SUPPLIER, "供应商名称 供应商简称 名称 简称 往来单位 单位名称"),
        col.prefer(col.FULL_NAME, "供应商全称"),
        col.CONTACT,
        col.PHONE,
        col.LEAD_DAYS,
        col.TERMS,
        col.NOTE,
    ),
)
