"""What is asked at a terminal before goods go out: whom and what it is about, which name was meant, at which price.

An answer that cannot be read is said to be so and asked for again: what was typed before it is not lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from salesaid.core.errors import Refused
from salesaid.core.kinds import PRICE, Unreadable
from salesaid.core.money import parse_decimal
from salesaid.core.names import AmbiguousName, UnknownName
from salesaid.core.text import Text
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

if TYPE_CHECKING:
    from salesaid.balances.catalogue import Catalogue
    from salesaid.balances.last_prices import Offer
    from salesaid.balances.parties import Parties
    from salesaid.core.entries import Decision

CUSTOMER, ITEM = Text("客户", "the customer"), Text("货品（产品×数量）", "an item (PRODUCT×QTY)")
_PRICE, _NOT_NEGATIVE = Text("单价", "the price"), Text("不小于零的单价，如 120", "a price not below zero, such as 120")
_SHOWN = 9  # candidates that one digit chooses among
_WHO_OR_WHAT = {
    "customer": Text("哪个客户", "which customer"),
    "supplier": Text("哪个供应商", "which supplier"),
    "product": Text("哪个产品", "which product"),
}


def can_ask(session: Session) -> bool:
    """Whether a person sits there who may be asked."""
    return session.on_terminal and not session.is_json


def whom_and_what(
    session: Session, words: Sequence[str] | None, customer: str | None, items: Sequence[str] | None, *, new: bool
) -> tuple[str, list[str]]:
    """The customer and the items, from the short form, the long one, or both together."""
    words = list(words or [])
    who = customer or (words.pop(0) if words else "")
    what = [*words, *(items or [])]
    is_asked = not who.strip()
    who = who.strip() or session.ask(CUSTOMER, "customer", Text("写成 -c 名称", "write -c NAME"))
    if session.on_terminal and not new:
        who = customer_meant(session, who, is_asked=is_asked)
    return who, what or [item_asked(session, new=new)]


def item_asked(session: Session, *, new: bool = False) -> str:
    """An item that a person types: a product that is known, with its quantity. Raises Missing."""
    return readable(session, ITEM, lambda text: session.call(_read_item, text=text, new=new), "product")


def readable(
    session: Session, what: Text, read: Callable[[str], object], kind: str = "", hint: Text | None = None
) -> str:
    """What a person types for a missing argument, asked for again while `read` refuses it. Raises Missing."""
    while True:
        text = session.ask(what, kind, hint)
        try:
            read(text)
        except Refused as trouble:
            _tell(session, trouble)
        else:
            return text


def _read_item(catalogue: Catalogue, *, text: str, new: bool) -> None:
    from salesaid.balances.typed import NoQuantity, understood

    try:
        items = understood([text], catalogue, new=new).items
    except AmbiguousName:
        return  # the command says or asks which
    for item in items:
        if item.qty is None:
            raise NoQuantity(item.product.id)


def _tell(session: Session, trouble: Refused) -> None:
    """Say why an answer is not taken; an option cannot be added to it."""
    from salesaid.render.lines import error_lines

    if trouble.offers_new:
        trouble.hint = trouble.hint_without_new
    for line in error_lines(trouble, session.lang):
        session.screen.warn(line)


def is_low_price_meant(session: Session, decide: Callable[..., Decision], given: dict[str, Any]) -> bool:
    """Whether a price below the lowest is meant: said with --yes and --note, or asked on a terminal."""
    from salesaid.balances.last_prices import BelowFloor

    options = session.writing
    if options.yes and (options.note or session.on_terminal):
        return True
    if not can_ask(session):
        return False
    try:
        session.call(decide, **given)
    except BelowFloor as low:
        session.confirm(low.message + Text("，就按这个价记吗？", ". Go on at this price?"))
        return True
    except Refused:
        return False  # the post itself says it
    return False


def customer_meant(session: Session, typed: str, *, is_asked: bool = False) -> str:
    """The customer as typed; one that may be several is asked about. Raises UnknownName, AmbiguousName.

    One that was typed as an answer and is unknown is asked for again.
    """
    question: AmbiguousName | None = None
    while True:
        try:
            session.call(_match_customer, typed=typed)
        except AmbiguousName as open_:
            if not can_ask(session):
                raise
            question = open_
            typed = _chosen(session, question)
        except UnknownName as unknown:
            if not is_asked and question is None:
                raise
            _tell(session, unknown)
            typed = session.ask(CUSTOMER, "customer") if question is None else _chosen(session, question)
        else:
            return typed


def _match_customer(customer_names: Parties, *, typed: str) -> None:
    customer_names.match(typed)


def items_meant(session: Session, customer: str, items: Sequence[str], day: date, *, new: bool) -> list[str]:
    """The items, each with the product and the price that was meant: the last price and the list price are offered."""
    from salesaid.entries import order as entries

    items = list(items)
    while True:
        try:
            found = session.call(entries.offers, customer=customer, items=items, day=day, new=new)
        except AmbiguousName as open_:
            name = _product_chosen(session, open_)
            items = [_renamed(text, open_.typed, name) for text in items]
        else:
            return [
                f"{text}@{_asked_price(session, name, offers)}" if offers else text
                for text, (name, offers) in zip(items, found, strict=True)
            ]


def _product_chosen(session: Session, open_: AmbiguousName) -> str:
    while True:
        name = _chosen(session, open_)
        try:
            session.call(_match_product, typed=name)
        except AmbiguousName:
            return name  # asked about in its turn
        except UnknownName as unknown:
            _tell(session, unknown)
        else:
            return name


def _match_product(catalogue: Catalogue, *, typed: str) -> None:
    catalogue.match(typed)


def _renamed(item: str, typed: str, name: str) -> str:
    rest = item.strip().removeprefix(typed)
    return name + rest if item.strip() == typed + rest and rest.lstrip()[:1] in {"", *"×*＊@＠"} else item


def _chosen(session: Session, open_: AmbiguousName) -> str:
    """The name that a person picks by its digit or types; Enter takes the only one there is."""
    names, what = open_.candidates[:_SHOWN], _WHO_OR_WHAT[open_.kind]
    if len(names) == 1:
        return session.ask_or(Text(f"“{open_.typed}”是{what.zh}", f"{what.en} is “{open_.typed}”"), names[0])
    listed = [f"{digit} {name}" for digit, name in enumerate(names, 1)]
    zh, en = "、".join(listed), ", ".join(listed)
    answer = session.ask(Text(f"“{open_.typed}”是{what.zh}：{zh}", f"{what.en} is “{open_.typed}”: {en}"))
    return names[int(answer) - 1] if answer in {str(digit) for digit in range(1, len(names) + 1)} else answer


def _asked_price(session: Session, product: str, offers: Sequence[Offer]) -> str:
    from salesaid.balances.usual_price import SOURCES

    listed = [
        Text(f"{PRICE.format(offer.price)}（{source.zh}）", f"{PRICE.format(offer.price)} ({source.en})")
        for offer in offers
        for source in [SOURCES[offer.source]]
    ]
    first = PRICE.format(offers[0].price)
    zh, en = "、".join(t.zh for t in listed), ", ".join(t.en for t in listed)
    while True:
        text = session.ask_or(Text(f"{product} 单价：{zh}", f"price of {product}: {en}"), first)
        if _is_price(text):
            return text
        _tell(session, UnreadableValue(_PRICE, Unreadable(text, _NOT_NEGATIVE)))


def _is_price(text: str) -> bool:
    try:
        price = parse_decimal(text)
    except Unreadable:
        return False
    return price is not None and price >= 0
