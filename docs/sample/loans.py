"""What customers have from the sample book's shelf without having bought it, and what became of each."""

from __future__ import annotations

from decimal import Decimal

from .registers import Row
from .rows import by_number, customer_of, day_of, goods_of, price_of


def _lend(
    number: str, customer: str, product: str, qty: int, due: str, purpose: str, *, serial: str = "", note: str = ""
) -> Row:
    goods = goods_of(product, qty)
    goods.pop("spec")
    return {
        "loan_no": number,
        "date": day_of(number),
        "action": "lend",
        "customer": customer,
        **goods,
        "price": price_of(product, customer, day_of(number)),
        "due": due,
        "serial": serial,
        "purpose": purpose,
        "salesperson": customer_of(customer)["salesperson"],
        "note": note,
    }


_LENT = [
    _lend("LN20260805-001", "佐客", "整机 BV-T1", 1, "2026-09-05", "试用", serial="T1-2607-0093"),
    _lend("LN20260818-001", "东莞骏业五金", "C5191 0.2×30", 5, "2026-09-18", "打样"),
    _lend("LN20260828-001", "安卡", "数据线", 5, "2026-09-11", "展会借用"),
    _lend("LN20260902-001", "博远电子", "风扇 8025", 2, "2026-10-02", "样品"),
    _lend("LN20260915-001", "北辰科技", "整机 BV-T2", 1, "2026-10-15", "展会展示", serial="T2-2608-0031"),
    _lend("LN20260915-001", "北辰科技", "整机 BV-T2", 1, "2026-10-15", "展会展示", serial="T2-2608-0032"),
    _lend("LN20260921-001", "华联网店", "整机 BV-T1", 3, "2026-10-21", "试用"),
    _lend("LN20261009-001", "乡村基", "BVM7-710", 2, "2026-10-30", "门店应急"),
    _lend("LN20261012-001", "深圳骏业电子", "bvm7—710", 5, "2026-11-12", "调试"),
    _lend("LN20261012-001", "深圳骏业电子", "电源 12V5A", 5, "2026-11-12", "调试"),
    _lend("LN20261013-001", "佐客", "机箱 M02", 2, "2026-12-31", "铺货"),
    _lend("LN20261013-001", "佐客", "数据线", 40, "2026-12-31", "铺货"),
    _lend("LN20261014-001", "誉丰", "电源 12V10A", 4, "2026-11-14", "测试"),
    _lend("LN20261104-001", "中科恒业", "内存 8G", 2, "", "调试", note="对方没说几时还"),
    _lend("LN20261110-001", "万安达", "BVM7-720", 1, "2026-11-25", "试用", serial="ZB720-2610-0207"),
]

_LINES = by_number(_LENT, "loan_no")


def _then(number: str, action: str, on: str, qty: int, at: int = 0, **cells: object) -> Row:
    """What became of a part of one line."""
    kept = {name: _LINES[number][at][name] for name in ("loan_no", "customer", "product", "model", "unit", "serial")}
    return {**kept, "date": on, "action": action, "qty": Decimal(qty), **cells}


def _goods(product: str) -> Row:
    """The cells of another product than the lent one."""
    kept = goods_of(product, 0)
    return {name: kept[name] for name in ("product", "model", "unit")}


LOANS = [
    *_LENT,
    _then("LN20260805-001", "return", "2026-09-03", 1),
    _then("LN20260818-001", "consume", "2026-09-14", 3, note="冲压打样用掉"),
    _then("LN20260818-001", "return", "2026-09-14", 2),
    _then("LN20260828-001", "return", "2026-09-09", 3),
    _then("LN20260828-001", "lose", "2026-09-09", 2, note="展会上丢了两条"),
    _then("LN20260902-001", "gift", "2026-09-29", 2, note="样品送给对方"),
    _then("LN20260915-001", "extend", "2026-10-14", 0, due="2026-10-31", serial="", note="展会延到月底"),
    _then("LN20260921-001", "return", "2026-10-16", 1),
    _then(
        "LN20260921-001",
        "sell",
        "2026-10-20",
        2,
        order_no="SO20261020-003",
        price=Decimal(980),
        note="试用满意，留下两台",
    ),
    _then("LN20261009-001", "return", "2026-10-28", 1),
    _then("LN20261009-001", "swap", "2026-10-28", 1),
    _then("LN20261009-001", "swap_in", "2026-10-28", 1, **_goods("BVM7-720"), note="对方拿一块 BVM7-720 来抵"),
    _then("LN20261012-001", "return", "2026-11-05", 3, **_goods("BVM7-710")),
    _then("LN20261012-001", "return", "2026-11-05", 5, at=1),
    _then("LN20261014-001", "return", "2026-11-10", 5, note="比借出的多一个，仓库照收"),
]
