"""The options by which a thing's cells in its register are said on a command line, by register and column."""

from __future__ import annotations

from collections.abc import Mapping

FLAGS: Mapping[str, Mapping[str, str]] = {
    "products": {
        "model": "--model", "spec": "--spec", "unit": "--unit", "category": "--category", "price": "--price",
        "floor_price": "--floor", "cost": "--cost", "min_stock": "--min", "reorder_qty": "--reorder",
        "pack": "--pack", "supplier": "--supplier -s", "lead_days": "--lead", "location": "--location",
        "components": "--components", "stocked": "--stocked", "warranty_months": "--warranty", "status": "--status",
    },
    "customers": {
        "full_name": "--full-name", "contact": "--contact", "phone": "--phone", "qq": "--qq", "wechat": "--wechat",
        "address": "--address", "terms": "--terms", "credit_limit": "--credit", "transit_days": "--transit",
        "salesperson": "--by", "status": "--status",
    },
    "suppliers": {
        "full_name": "--full-name", "contact": "--contact", "phone": "--phone", "lead_days": "--lead",
        "terms": "--terms",
    },
}  # fmt: skip
