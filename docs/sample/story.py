"""What happened in the sample book that is worth finding: each row here is told by hand, with its number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .registers import Row
from .rows import about_order, by_number, day_of, order, product_of, ship

_BUNDLE_THEN = "BVM7-710*1; 电源线*1; 机箱 M01*1"
_NOT_REVIEWED = ""
_NONE = ""

ORDERS = [
    order("SO20260706-001", "万安达", "bvm7—710", 20, "2026-07-14"),
    order("SO20260716-001", "北辰科技", "BVM8-810", 4, "2026-07-24"),
    order("SO20260721-001", "佳瑞", "bvm7—710—8505", 10, "2026-07-29", note="客户按旧名称下单"),
    order("SO20260728-001", "中科恒业", "BVM6-610", 12, "2026-08-05"),
    order("SO20260730-001", "海川散热器", "散热片 40×40", 5, "2026-08-07", unit="包", price="240", note="每包 100 个"),
    order("SO20260804-001", "佐客", "BVM7-720", 12, "2026-08-12", amount="1986"),
    order("SO20260805-001", "佐客", "电源线", 100, "2026-08-13"),
    order("SO20260811-001", "正标(北京)", "H65 0.3*50", 200, "2026-08-20"),
    order("SO20260813-001", "华联网店", "套装 710", 6, "2026-08-20"),
    order("SO20260818-001", "誉丰", "转接线 DC5.5", 30, "2026-08-26", price=_NONE, note="价格等业务员确认"),
    order("SO20260820-001", "佳瑞", "电源 12V10A", 10, "2026-08-28"),
    order("SO20260820-001", "佳瑞", "运费", 1, "2026-08-28", price="75"),
    order("SO20260825-001", "广隆", "H65 0.5*80", 100, "2026-09-03"),
    order("SO20260825-001", "广隆", "H65 0.5*80", -100, "2026-09-03", on="2026-08-26", note="作废：客户报错规格"),
    order("SO20260827-001", "佐客", "整机 BV-T1", 2, "2026-09-04", reviewed_by=_NOT_REVIEWED),
    order("SO20260901-001", "乡村基", "机箱 M01", 6, "2026-09-11"),
    order("SO20260907-001", "深圳骏业电子", "维修费", 3, "2026-09-15", note="保修期外三块板"),
    order("SO20260908-001", "乡村基", "风扇 8025", 50, "2026-09-18"),
    order("SO20260910-001", "深圳骏业电子", "BVM7-710", 30, "2026-09-20"),
    order("SO20260910-001", "深圳骏业电子", "BVM7-710", 10, "2026-09-28", on="2026-09-15", note="客户加量 10 块"),
    order("SO20260911-001", "北辰科技", "BVM8-810", 2, "2026-09-18"),
    order("SO20260914-001", "北辰科技", "电源 12V10A", 20, "2026-09-21"),
    order("SO20260917-001", "佳瑞", "电源 12V5A", 100, "2026-09-28"),
    order("SO20260918-001", "乡村基", "转接线 DC5.5", 80, "2026-09-24", note="客户急要"),
    order("SO20260922-001", "安卡电子", "BVM7-730", 4, "2026-09-29"),
    order("SO20260929-001", "安卡", "BVM7-710", 10, "2026-09-30", price="98", note="赵经理口头同意"),
    order("SO20261012-001", "立信互感器", "C5191 0.2×30", 120, "2026-10-20"),
    order("SO20261013-001", "万安达", "固态盘 128G", 20, "2026-10-23"),
    order("SO20261015-001", "万安达", "固态盘 128G", 20, "2026-10-23"),
    order("SO20261020-001", "誉丰", "BVM7-720", 5, "2026-10-28"),
    order("SO20261020-003", "华联网店", "整机 BV-T1", 2, "2026-10-20", note="借用单 LN20260921-001 转来"),
    order("SO20261026-001", "北辰科技", "BVM8-810", 8, "2026-11-27", note="等厂家排产"),
    order("SO20261027-001", "华联网店", "套装 710", 8, "2026-11-03"),
    order("SO20261029-001", "灵龙", "H62 0.8*100", 150, "2026-11-10"),
    order("SO20261103-001", "深圳骏业电子", "BVM7-720", 40, "2026-11-26"),
    order("SO20261110-001", "鹏得", "C5191 0.2×30", Decimal("85.5"), "2026-11-18"),
]

_LINES = by_number(ORDERS, "order_no")


def _line(number: str, at: int = 0) -> Row:
    return _LINES[number][at]


ORDERS += [
    about_order(
        _line("SO20260910-001"), "change", "2026-09-15", {"due": "2026-09-28", "note": "客户要求推迟到 9 月 28 日"}
    ),
    _line("SO20260917-001")
    | {"action": "close", "date": "2026-10-12", "qty": Decimal(-40), "amount": Decimal(-1120)}
    | {"due": "", "reviewed_by": "", "note": "客户项目取消，余下 40 个不要了"},
]

SHIPMENTS: list[Row] = [
    {
        "ship_no": f"SH20260701-00{at}",
        "date": date(2026, 7, 1),
        "action": "opening",
        "customer": customer,
        "qty": Decimal(0),
        "amount": Decimal(amount),
        "handler": "小郑",
        "note": "上半年结转",
    }
    for at, (customer, amount) in enumerate((("深圳骏业电子", 18600), ("正标（北京）", 9240), ("乡村基", 12750)), 1)
]
SHIPMENTS += [
    ship("SH20260709-001", _line("SO20260706-001"), "BVM7 710"),
    ship("SH20260720-001", _line("SO20260716-001")),
    ship("SH20260724-001", _line("SO20260721-001")),
    ship("SH20260730-001", _line("SO20260728-001")),
    ship("SH20260731-001", _line("SO20260730-001")),
    ship("SH20260806-001", _line("SO20260804-001")),
    ship("SH20260807-001", _line("SO20260805-001"), "电源线1.5米"),
    ship("SH20260814-001", _line("SO20260811-001")),
    ship("SH20260814-002", _line("SO20260813-001"), components=_BUNDLE_THEN),
    ship("SH20260820-001", _line("SO20260818-001")),
    ship("SH20260824-001", _line("SO20260820-001")),
    ship("SH20260824-001", _line("SO20260820-001", 1)),
    ship("SH20260828-001", _line("SO20260827-001"), qty=1, serial="T1-2608-0117"),
    ship("SH20260828-001", _line("SO20260827-001"), qty=1, serial="T1-2608-0118"),
    ship("SH20260903-001", _line("SO20260901-001")),
    ship("SH20260908-001", _line("SO20260907-001")),
    ship("SH20260910-001", _line("SO20260908-001"), qty=55, note="仓库多发 5 个"),
    ship("SH20260914-001", _line("SO20260911-001")),
    ship("SH20260916-001", _line("SO20260914-001")),
    ship("SH20260918-001", _line("SO20260918-001"), note="账上不够，先按实物发出"),
    ship("SH20260921-001", _line("SO20260917-001"), qty=60),
    ship("SH20260923-001", _line("SO20260914-001"), qty=2, action="return", note="两个通电无输出"),
    ship("SH20260924-001", _line("SO20260910-001"), qty=40),
    ship("SH20260924-002", _line("SO20260922-001")),
    ship("SH20260928-001", _line("SO20260914-001"), qty=2, note="补发退回的两个"),
    ship("SH20260930-001", _line("SO20260929-001")),
    ship("SH20261009-001", _line("SO20260813-001") | {"order_no": ""}, "数据线", 10, note="客户上门自取，没有下订单")
    | dict.fromkeys(("carrier", "tracking_no", "weight", "freight"), ""),
    ship("SH20261014-001", _line("SO20261012-001")),
    ship("SH20261016-001", _line("SO20261013-001")),
    ship("SH20261022-001", _line("SO20261020-001"), "BVM7-710", 5, note="发错型号：订单是 BVM7-720，强制发出"),
    ship("SH20261028-001", _line("SO20261027-001")),
    ship("SH20261106-001", _line("SO20261103-001"), qty=15, note="余下的等到货"),
    ship("SH20261113-001", _line("SO20261110-001")),
]

_PARCELS = by_number(SHIPMENTS, "ship_no")
SHIPMENTS.append(
    {name: _PARCELS["SH20261014-001"][0][name] for name in ("ship_no", "order_no", "customer")}
    | {
        "date": "2026-10-21",
        "action": "dispute",
        "qty": Decimal(0),
        "handler": "小于",
        "note": "客户称边部有毛刺，要求折让",
    }
)

NEVER_SIGNED = {"SH20260903-001"}


def _move(number: str, action: str, product: str, qty: object, reason: str, place: str = "", to: str = "") -> Row:
    known = product_of(product)
    model = known["model"] if known["product"] == product else ""
    return {
        "move_no": number,
        "date": day_of(number),
        "action": action,
        "product": product,
        "model": model,
        "qty": qty if isinstance(qty, str) else Decimal(str(qty)),
        "unit": known["unit"],
        "warehouse": place or "主仓",
        "to_warehouse": to,
        "reason": reason,
        "handler": "小郑",
    }


MOVES = [
    _move("ST20260720-001", "in", "bvm7—710—8505", 16, "采购到货 联芯科技"),
    _move("ST20260811-001", "transfer", "整机 BV-T1", 2, "办事处铺货", to="办事处"),
    _move("ST20260826-001", "in", "散热片 40×40", "约30", "仓库电话报来，未点数"),
    _move("ST20260921-001", "in", "转接线 DC5.5", 200, "采购到货 恒通线缆"),
    _move("ST20260924-001", "transfer", "电源 12V10A", 2, "客户退回的不良品", to="不良品"),
    _move("ST20261016-001", "scrap", "电源 12V10A", 1, "无法维修", place="不良品"),
    _move("ST20261105-001", "out", "数据线", 2, "办公室领用"),
]

# Number, product, difference from the books, its reason.
COUNTS = [
    ("CT20260930-001", "电源 12V5A", Decimal(-2), "少两个，原因待查"),
    ("CT20260930-001", "数据线", Decimal(0), ""),
    ("CT20260930-001", "机箱 M01", Decimal(0), ""),
    ("CT20261030-001", "H65 0.3*50", Decimal("-1.5"), "裁切损耗"),
    ("CT20261030-001", "风扇 8025", Decimal(0), ""),
]
