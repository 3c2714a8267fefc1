"""What customers of the sample book sent in for repair or to be taken back, and how far each of it has come."""

from __future__ import annotations

from decimal import Decimal

from .registers import Row
from .rows import by_number, day_of, goods_of

_CHIPS, _POWER, _MACHINES, _BOARDS = "联芯维修中心", "恒通售后", "华创整机厂", "精达板卡维修"


def _receive(
    number: str,
    customer: str,
    product: str,
    qty: int,
    fault: str,
    order_no: str,
    *,
    serial: str = "",
    warranty: str = "in",
    note: str = "",
) -> Row:
    goods = goods_of(product, qty)
    goods.pop("spec")
    return {
        "return_no": number,
        "date": day_of(number),
        "action": "receive",
        "customer": customer,
        **goods,
        "serial": serial,
        "fault": fault,
        "warranty": warranty,
        "order_no": order_no,
        "handler": "小于",
        "note": note,
    }


_RECEIVED = [
    _receive("RT20260817-001", "乡村基", "BVM7-720", 2, "进水后不开机", "SO20260709-001", serial="ZB720-2606-0118"),
    _receive("RT20260820-001", "深圳骏业电子", "BVM6-610", 3, "网口不通", "", warranty="out", note="去年买的板"),
    _receive("RT20260908-001", "安卡", "电源 12V10A", 1, "带载后断电", "SO20260730-002"),
    _receive("RT20260914-001", "誉丰", "BVM7-730", 1, "主芯片击穿", "SO20260707-001", serial="ZB730-2606-0044"),
    _receive("RT20260921-001", "佐客", "内存 8G", 1, "开机报警", "SO20260814-001", serial="NC8G-2607-0512"),
    _receive("RT20261012-001", "华联网店", "整机 BV-T2", 1, "运行两小时死机", "SO20260907-002", serial="T2-2608-0019"),
    _receive("RT20261014-001", "佳瑞", "电源 12V10A", 2, "风扇不转", "SO20260820-001"),
    _receive("RT20261019-001", "北辰科技", "BVM7-710", 2, "USB 口接触不良", "SO20260911-002"),
    _receive(
        "RT20261021-001", "华联网店", "机箱 M01", 1, "前面板划伤", "SO20260907-002", warranty="out", note="客户要求退货"
    ),
    _receive("RT20261026-001", "中科恒业", "BVM6-610", 1, "掉电后时间丢失", "SO20260728-001", serial="ZB610-2512-0306"),
    _receive(
        "RT20261028-001",
        "乡村基",
        "机箱 M01",
        1,
        "电源键失灵",
        "SO20261015-002",
        warranty="out",
        note="等客户确认维修费",
    ),
    _receive("RT20261102-001", "安卡", "风扇 8025", 4, "异响", "SO20261019-001"),
    _receive("RT20261109-001", "佐客", "整机 BV-T1", 1, "触摸屏失灵", "SO20260827-001", serial="T1-2608-0117"),
    _receive("RT20261119-001", "万安达", "BVM7 710", 1, "不识别硬盘", "SO20260706-001", serial="ZB710-2605-0142"),
]

_LINES = by_number(_RECEIVED, "return_no")


def _then(number: str, action: str, on: str, qty: int, **cells: object) -> Row:
    """The next step of a part of what came in."""
    (line,) = _LINES[number]
    kept = {name: line[name] for name in ("return_no", "customer", "product", "model", "unit", "serial")}
    return {**kept, "date": on, "action": action, "qty": Decimal(qty), "handler": "小于", **cells}


def _there_and_back(number: str, factory: str, qty: int, sent: str, back: str, fee: int = 0) -> list[Row]:
    return [
        _then(number, "send", sent, qty, factory=factory),
        _then(number, "back", back, qty, factory=factory, fee=Decimal(fee)),
    ]


RETURNS = [
    *_RECEIVED,
    _then("RT20260817-001", "send", "2026-08-19", 2, factory=_CHIPS, note="催过两次，厂里说缺芯片"),
    *_there_and_back("RT20260820-001", _BOARDS, 3, "2026-08-21", "2026-09-04", 90),
    _then("RT20260820-001", "deliver", "2026-09-08", 3, tracking_no="SF402617730915"),
    *_there_and_back("RT20260908-001", _POWER, 1, "2026-09-09", "2026-09-23"),
    _then("RT20260908-001", "deliver", "2026-09-24", 1, tracking_no="SF402617731228"),
    _then("RT20260914-001", "send", "2026-09-15", 1, factory=_BOARDS),
    _then("RT20260914-001", "back", "2026-09-29", 1, factory=_BOARDS, note="修不了"),
    _then("RT20260914-001", "scrap", "2026-09-30", 1, note="客户同意报废"),
    _then("RT20260921-001", "replace", "2026-09-23", 1, tracking_no="DPK260923004417", note="保修期内换新"),
    *_there_and_back("RT20261012-001", _MACHINES, 1, "2026-10-14", "2026-10-30"),
    _then("RT20261012-001", "deliver", "2026-11-02", 1, tracking_no="SF402617740036"),
    *_there_and_back("RT20261014-001", _POWER, 2, "2026-10-16", "2026-11-04", 60),
    *_there_and_back("RT20261019-001", _CHIPS, 2, "2026-10-20", "2026-11-05"),
    _then("RT20261019-001", "deliver", "2026-11-06", 2, tracking_no="SF402617740152"),
    _then(
        "RT20261021-001", "refund", "2026-10-23", 1, amount=Decimal(85), order_no="SO20260907-002", warehouse="不良品"
    ),
    _then("RT20261026-001", "send", "2026-10-27", 1, factory=_BOARDS),
    _then("RT20261102-001", "send", "2026-11-03", 4, factory=_POWER),
    _then("RT20261102-001", "back", "2026-11-16", 3, factory=_POWER),
    _then("RT20261102-001", "deliver", "2026-11-17", 2, tracking_no="SF402617741180"),
    _then("RT20261109-001", "send", "2026-11-11", 1, factory=_MACHINES),
    _receive("RT20261116-001", "北辰科技", "内存 8G", 1, "", "", note="没有收货记录，补记寄回")
    | {"action": "deliver", "warranty": "", "tracking_no": "SF402617741093"},
]
