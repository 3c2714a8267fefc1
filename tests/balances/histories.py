"""Random histories of a small book, and what lies where by an arithmetic of its own: over cells, with no fold of ours.

Names are resolved by a table, places by the declarations' ways, counts day by day.
"""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from salesaid import ledgers
from salesaid.core.kinds import QTY

FIRST = date(2026, 11, 1)
DAYS = 8
MAIN = "主仓"
DIFFERENCE = "(count difference)"
SETTINGS = '[book]\nlanguage = "en"\n[stock]\nwarehouse = "主仓"\nnot_for_sale = ["bad"]\n'

PRODUCTS = """product,model,unit,min_stock,components,stocked
Board,B-1,pcs,5,,yes
Cable,,m,,,yes
Kit,K-1,set,,Board*2; Cable*1.5,yes
Postage,,,,,no
"""
ALIASES = """kind,name,stands_for,verdict
product,Bord,Board,same
product,Cable B,Cable,different
"""

# (name, model) as rows write it, and which product that is; Loose stands in no register.
FORMS = {
    ("Board", "B-1"): "Board", ("board", ""): "Board", ("Bord", ""): "Board", ("", "b-1"): "Board",
    ("Cable", ""): "Cable", ("ＣＡＢＬＥ", ""): "Cable", ("Kit", ""): "Kit", ("Postage", ""): "Postage",
    ("Loose", ""): "Loose",
}  # fmt: skip
CONTENTS = {"Kit": [("Board", Decimal(2)), ("Cable", Decimal("1.5"))], "Postage": []}
UNITS = {"Board": "pcs", "Cable": "m", "Kit": "set"}

days = st.integers(0, DAYS - 1).map(lambda n: FIRST + timedelta(n))
qtys = st.decimals(-9, 99, places=1)
forms = st.sampled_from(list(FORMS))
warehouses = st.sampled_from(["", MAIN, "back", "bad"])
units = st.sampled_from(["", "", "", "pcs", "m", "set"])


class History(NamedTuple):
    """The rows of each journal, as texts by column."""

    orders: list[dict[str, str]]
    shipments: list[dict[str, str]]
    loans: list[dict[str, str]]
    returns: list[dict[str, str]]
    purchases: list[dict[str, str]]
    stock_moves: list[dict[str, str]]
    stock_counts: list[dict[str, str]]


def _row(day, form, unit, warehouse, **cells):
    texts = {k: QTY.format(v) if isinstance(v, Decimal) else v for k, v in cells.items()}
    return {
        "date": day.isoformat(), "product": form[0], "model": form[1], "unit": unit, "warehouse": warehouse, **texts,
    }  # fmt: skip


shipment = st.builds(
    lambda day, form, unit, place, action, qty, parts: _row(
        day, form, unit, place, action=action, qty=qty, components=parts if FORMS[form] == "Kit" else "", ship_no="S1"
    ),
    days, forms, units, warehouses, st.sampled_from(["ship", "ship", "return", "sign", ""]), qtys,
    st.sampled_from(["", "Board*1; Cable*3"]),
)  # fmt: skip
sale = st.builds(
    lambda day, form, unit, place, action, qty: _row(
        day, form, unit, place, action=action, qty=qty, customer="C1", order_no="SO1"
    ),
    days, forms, units, warehouses, st.sampled_from(["order", "order", "close", ""]), qtys,
)  # fmt: skip
loan = st.builds(
    lambda day, form, unit, place, action, qty, number, customer: _row(
        day, form, unit, place, action=action, qty=qty, customer=customer, loan_no=number
    ),
    days, forms, units, warehouses,
    st.sampled_from(["lend", "", "return", "sell", "gift", "consume", "lose", "swap", "swap_in", "extend"]), qtys,
    st.sampled_from(["L1", "L2", ""]), st.sampled_from(["C1", "C2"]),
)  # fmt: skip
repair = st.builds(
    lambda day, form, unit, place, action, qty, number: _row(
        day, form, unit, place, action=action, qty=qty, customer="C1", return_no=number
    ),
    days, forms, units, warehouses,
    st.sampled_from(["receive", "", "send", "back", "deliver", "replace", "refund", "scrap"]), qtys,
    st.sampled_from(["R1", "R2", ""]),
)  # fmt: skip
purchase = st.builds(
    lambda day, form, unit, place, action, qty, number: _row(
        day, form, unit, place, action=action, qty=qty, supplier="S", purchase_no=number
    ),
    days, forms, units, warehouses, st.sampled_from(["order", "", "promise", "receive", "receive", "reject", "close"]),
    qtys, st.sampled_from(["P1", "P2", ""]),
)  # fmt: skip
stock_move = st.builds(
    lambda day, form, unit, place, action, qty, to: _row(
        day, form, unit, place, action=action, qty=qty, to_warehouse=to if action == "transfer" else "", move_no="M1"
    ),
    days, forms, units, warehouses,
    st.sampled_from(["in", "out", "opening", "transfer", "scrap", ""]), qtys, warehouses,
)  # fmt: skip
stock_count = st.builds(
    lambda day, form, unit, place, counted, moved: _row(
        day, form, unit, place, counted=abs(counted), moved="" if moved is None else moved, count_no="C1"
    ),
    days, forms.filter(lambda form: FORMS[form] not in CONTENTS), units, warehouses, qtys, st.none() | qtys,
)  # fmt: skip
histories = st.builds(
    History,
    st.lists(sale, max_size=4), st.lists(shipment, max_size=6), st.lists(loan, max_size=8),
    st.lists(repair, max_size=6), st.lists(purchase, max_size=6), st.lists(stock_move, max_size=8),
    st.lists(stock_count, max_size=5),
)  # fmt: skip


def lay_out(folder, history, ships="later"):
    """Write a book: its settings, registers and journals; without an index."""
    shutil.rmtree(folder / ".salesaid", ignore_errors=True)
    (folder / ".salesaid").mkdir()
    (folder / "salesaid.toml").write_text(SETTINGS + f'[ledgers.orders]\nships = "{ships}"\n', "utf-8")
    (folder / "products.csv").write_text(PRODUCTS, "utf-8")
    (folder / "aliases.csv").write_text(ALIASES, "utf-8")
    for id_, rows in history._asdict().items():
        write(folder, id_, rows)


def write(folder, id_, rows):
    """Write one journal."""
    with (folder / f"{id_}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, [column.id for column in ledgers.load(id_).columns])
        lines.writeheader()
        lines.writerows(rows)


def flows(history, upto, ships="later"):
    """Every (day, product, from, to, quantity) up to a day, counts aside."""
    for id_, rows in history._asdict().items():
        actions = {action.id: action for action in ledgers.load(id_).actions}
        for row in rows if actions else ():
            qty, action = Decimal(row["qty"]), row["action"] or next(iter(actions))
            if id_ == "stock_moves" and not row["action"] and qty < 0:
                action, qty = "out", -qty
            is_sale = ships == "at_once" and id_ in {"orders", "loans"}
            ways = actions[action].at_once if is_sale else actions[action].ways
            for way in ways if date.fromisoformat(row["date"]) <= upto else ():
                ends = [_end(place, row) for place in way]
                for product, factor in _contents(row):
                    yield date.fromisoformat(row["date"]), product, *ends, qty * factor


def _end(place, row):
    if place == "@warehouse":
        return row["warehouse"] or MAIN
    return (row["to_warehouse"] or MAIN) if place == "@to_warehouse" else place


def _contents(row):
    product = FORMS[row["product"], row["model"]]
    if row.get("components"):
        return [("Board", Decimal(1)), ("Cable", Decimal(3))]
    if row["unit"] and UNITS.get(product, row["unit"]) != row["unit"]:
        return []
    return CONTENTS.get(product, [(product, Decimal(1))])


def everywhere(history, upto, ships="later"):
    """What lies at every place, ours and not, at the end of a day: {product: {place: quantity}}."""
    lies = defaultdict(lambda: defaultdict(Decimal))
    moved = sorted(flows(history, upto, ships), key=lambda flow: flow[0])
    for day in sorted({date.fromisoformat(row["date"]) for rows in history for row in rows}):
        net = defaultdict(Decimal)
        for _, product, from_, to, qty in (flow for flow in moved if flow[0] == day):
            for place, part in ((from_, -qty), (to, qty)):
                lies[product][place] += part
                net[product, place] += part
        for row in history.stock_counts if day <= upto else ():
            if row["date"] == day.isoformat():
                _count(row, lies, net)
    return {product: {place: qty for place, qty in at.items() if qty} for product, at in lies.items()}


def _count(row, lies, net):
    product, place = FORMS[row["product"], row["model"]], row["warehouse"] or MAIN
    if row["unit"] and UNITS.get(product, row["unit"]) != row["unit"]:
        return
    held = Decimal(row["counted"])
    if row["moved"]:
        held += net[product, place] - Decimal(row["moved"])
    lies[product][DIFFERENCE] -= held - lies[product][place]
    lies[product][place] = held


def ours(places):
    """Of these places our warehouses only, without those where nothing lies."""
    return {place: qty for place, qty in places.items() if qty and not place.startswith("(")}


def lent_out(history, upto):
    """What is out on loan by product, counted by the words of the rows: {product: quantity}."""
    signs = {"": 1, "lend": 1} | dict.fromkeys(["return", "sell", "gift", "consume", "lose", "swap"], -1)
    out = defaultdict(Decimal)
    for row in history.loans:
        if row["date"] <= upto.isoformat() and row["action"] in signs:
            for product, factor in _contents(row):
                out[product] += signs[row["action"]] * Decimal(row["qty"]) * factor
    return {product: qty for product, qty in out.items() if qty}
