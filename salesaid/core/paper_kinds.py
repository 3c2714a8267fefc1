"""Which papers belong to an order: the kinds that offices have, whatever each calls them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from salesaid.core.text import Lang, Text
from salesaid.core.width import folded


class PaperKind(NamedTuple):
    """One kind of paper: what files call it in both languages, and what else it goes by."""

    id: str
    word: Text
    also: tuple[str, ...] = ()


def _kind(id_: str, zh: str, en: str, also: str = "") -> PaperKind:
    return PaperKind(id_, Text(zh, en), tuple(also.split("|")) if also else ())


KINDS = (
    _kind("contract", "合同", "contract", "购销合同|销售合同|买卖合同|供货合同|订货合同|sales contract"),
    _kind("delivery_note", "送货单", "delivery note", "发货单|出货单|随货单|delivery slip"),
    _kind("signed_note", "签收单", "signed note", "签收回单|回单|送货回单|收货单|signed delivery note"),
    _kind("payment_notice", "付款通知", "payment notice", "付款通知书|付款通知单"),
    _kind("review", "评审单", "review sheet", "合同评审单|订单评审单|合同评审表|review"),
    _kind(
        "material_report", "材质报告", "material report", "材质单|材质证明|材质书|质保书|质量证明书|mill certificate"
    ),
    _kind("sgs_report", "SGS报告", "SGS report", "SGS|SGS检测报告|环保报告"),
    _kind("invoice", "发票", "invoice", "增值税发票|专用发票|普通发票"),
    _kind("quote", "报价单", "quotation", "quote"),
    _kind("customer_order", "客户订单", "customer order", "客户采购单|采购订单|客户PO|PO"),
    _kind("statement", "对账单", "statement"),
)
NEEDED = ("contract", "delivery_note")
"""What an order that was shipped needs where the settings say nothing."""


def paper_key(text: str) -> str:
    """By what two names are one kind of paper: the id of a known kind, else the text without width, blanks and case."""
    plain = _plain(text)
    return _BY_NAME.get(plain, plain)


def needed_by_default(lang: Lang) -> tuple[str, ...]:
    """What a shipped order needs where the settings say nothing, in the words of a language."""
    return tuple(kind.word.in_(lang) for kind in KINDS if kind.id in NEEDED)


def words(lang: Lang) -> list[str]:
    """The kinds that every office has, as a language calls them."""
    return [kind.word.in_(lang) for kind in KINDS]


def as_written(text: str, used: Iterable[str], lang: Lang) -> str:
    """How to write a kind: spelt as the book does already; the other language's plain word as the book says it."""
    book = list(used)
    kind = _KNOWN.get(paper_key(text))
    spelt = [each for each in book if _plain(each) == _plain(text)]
    if spelt or kind is None or _plain(text) not in _foreign(kind, lang):
        return (spelt or [text])[-1].strip()
    return next((each for each in reversed(book) if paper_key(each) == kind.id), kind.word.in_(lang))


def _foreign(kind: PaperKind, lang: Lang) -> set[str]:
    own = _plain(kind.word.in_(lang))
    return {_plain(name) for name in (kind.id, *kind.word)} - {own}


def distinct(kinds: Iterable[str]) -> list[str]:
    """Each kind once, as it is written first."""
    found: dict[str, str] = {}
    for kind in kinds:
        if kind.strip():
            found.setdefault(paper_key(kind), kind.strip())
    return list(found.values())


def lacking(needed: Sequence[str], there: Iterable[str]) -> list[str]:
    """The kinds that are needed and not there."""
    keys = set(map(paper_key, there))
    return [kind for kind in distinct(needed) if paper_key(kind) not in keys]


def _plain(text: str) -> str:
    return "".join(folded(text).split())


_BY_NAME = {_plain(name): kind.id for kind in KINDS for name in (kind.id, *kind.word, *kind.also)}
_KNOWN = {kind.id: kind for kind in KINDS}
