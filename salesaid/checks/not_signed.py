"""Shipments that should have arrived long ago and were never signed for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.arrivals import Arrival
from salesaid.balances.shipments_made import Shipment
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

_BOOK = """
    客户.csv
    客户,付款条件,在途天数
    骏业,月结90,3

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,评审人
    SO20261019-001,2026-10-19,下单,骏业,主板,2,120,2026-10-30,赵
    SO20261020-001,2026-10-20,下单,骏业,电源线,10,6,2026-10-30,赵

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20261028-001,2026-10-28,发货,SO20261019-001,骏业,主板,2,120
    SH20261028-001,2026-10-31,签收,SO20261019-001,骏业,,0,
    SH20261029-001,2026-10-29,发货,SO20261020-001,骏业,电源线,10,6
    """
RULE = Rule(
    "O10",
    "warning",
    Text("发出很久没有签收", "not signed for"),
    why=Text(
        "没有签收，货可能丢了、压在物流那里，对账时客户也不认。",
        "It may be lost or lie at the carrier's, and without a signature the customer need not pay.",
    ),
    mend=Text("查运单、问客户，收到了就记签收。", "Ask the carrier and the customer; sign it once it has arrived."),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "SH20261029-001,2026-11-01,签收,SO20261020-001,骏业,,0,",
        after="SH20261029-001,2026-10-29,发货,SO20261020-001,骏业,电源线,10,6",
    ),
)


def not_signed(arrivals: list[Arrival], settings: Settings, today: date) -> Iterator[Wrong]:
    """A finding for each shipment under way too long, in a book that signs any; goods that came back are not."""
    most = settings.limit("unsigned_days")
    for shipment, arrival in arrivals:
        if (today - arrival).days > most:
            yield _wrong(shipment, arrival, today)


def _wrong(made: Shipment, arrival: date, today: date) -> Wrong:
    by = " ".join(text for text in (made.carrier, made.tracking_no) if text)
    way = Text(f"，{by}", f", {by}") if by else Text("", "")
    days = (today - arrival).days
    return Wrong(
        "shipments",
        Text(
            f"{made.ship_no} 发给 {made.customer}（{made.day}{way.zh}），该到 {days} 天了还没有签收",
            f"{made.ship_no} to {made.customer} ({made.day}{way.en}) should have arrived {in_days(days)} ago: "
            "not signed",
        ),
        made.ship_no, column="date", value=made.day.isoformat(),
        suggestion=same(command("order", "sign", made.ship_no)),
    )  # fmt: skip
