"""The price that a line takes where none was typed, and what it is called (DOMAIN.md 5)."""

from __future__ import annotations

from datetime import date

from salesaid.balances.last_prices import LastPrices, Offer
from salesaid.core.text import Text

SOURCES = {
    "last": Text("上次成交价", "last price"),
    "agreed": Text("客户协议价", "price agreed with the customer"),
    "list": Text("价格表", "price list"),
    "register": Text("产品资料单价", "product's price"),
    "loan": Text("借出单价", "price on the loan"),
}


def usual_prices(product: str, customer: str, day: date, prices: LastPrices) -> list[Offer]:
    """The customer's last price, then the list price; a price agreed with the customer since beats the last one."""
    last = prices.last(product, customer, day)
    listed = prices.on(product, day, customer)
    if (
        listed is not None
        and listed.source == "agreed"
        and (last is None or (listed.since or day) >= (last.since or day))
    ):
        last, listed = listed, last
    found = [offer for offer in (last, listed) if offer is not None]
    return found if len({offer.price for offer in found}) > 1 else found[:1]
