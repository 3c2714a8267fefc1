"""The return that a person means, and which of its goods a step is to take (DOMAIN.md 3, "Repair")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.repair_lines import RepairLine, RepairLines
from salesaid.balances.repair_stages import ACTION, OPEN, PASSAGES, STAGE, Step
from salesaid.balances.typed import Item, the_document
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY
from salesaid.core.rows import ZERO
from salesaid.core.serial_numbers import serial_key
from salesaid.core.text import Text, joined, same
from salesaid.settings import Settings

RETURN = Text("返修单", "return")


class NotOnReturn(Refused):
    """A product is named that the return does not have."""

    def __init__(self, product: str, number: str, there: Iterable[str]) -> None:
        listed = joined([same(name) for name in there])
        super().__init__(
            Text(f"返修单 {number} 上没有 {product}", f"{product} is not on return {number}"),
            Text(f"单上是：{listed.zh}", f"it has: {listed.en}"),
        )


class NoSuchSerial(Refused):
    """A serial number is named that the return does not have."""

    def __init__(self, serial: str, number: str, there: Sequence[str]) -> None:
        listed = joined([same(name) for name in there])
        hint = Text(f"单上是：{listed.zh}", f"it has: {listed.en}") if there else None
        none = Text("这张单没有记序列号，去掉 --serial 即可", "it has no serial numbers: leave out --serial")
        super().__init__(
            Text(f"返修单 {number} 上没有序列号 {serial}", f"return {number} has no serial number {serial}"),
            hint or none,
        )


class WhichSerial(Refused):
    """A part of goods is meant that have serial numbers, and it is not said which."""

    def __init__(self, product: str, serials: Sequence[str]) -> None:
        listed = joined([same(name) for name in serials])
        super().__init__(
            Text(f"{product} 有几个序列号，没有写是哪一个", f"{product}: which of its serial numbers is not said"),
            Text(f"用 --serial 写明：{listed.zh}", f"name it with --serial: {listed.en}"),
        )


class NotThere(Refused):
    """A step wants goods that are elsewhere: at the factory, not sent yet, with the customer again."""

    def __init__(self, number: str, step: Step, lines: Sequence[RepairLine]) -> None:
        word, where = ACTION.words[step], where_text(lines)
        super().__init__(
            Text(
                f"返修单 {number} 没有可以{word.zh}的货：{where.zh}",
                f"return {number} has nothing to {word.en}: {where.en}",
            )
            if step != "back"
            else Text(
                f"返修单 {number} 没有在工厂的货：{where.zh}", f"return {number} has nothing at a factory: {where.en}"
            ),
            _what_first(number, step, lines),
        )


class MoreThanThere(Refused):
    """A step wants more goods than there are for it."""

    def __init__(self, line: Sequence[RepairLine], asked: Decimal, there: Decimal, step: Step) -> None:
        first, word, where = line[0], ACTION.words[step], where_text(line)
        super().__init__(
            Text(
                f"{first.product} 要{word.zh} {QTY.format(asked)}，可以{word.zh}的只有 {QTY.format(there)}：{where.zh}",
                f"{QTY.format(asked)} of {first.product} to {word.en}, there are {QTY.format(there)}: {where.en}",
            ),
            _what_first(first.return_no, step, line),
        )


class NotAtFactory(Refused):
    """Goods are said to be back from a factory that has none of the return."""

    def __init__(self, factory: str, lines: Sequence[RepairLine]) -> None:
        number, where = lines[0].return_no, where_text(lines)
        super().__init__(
            Text(
                f"返修单 {number} 没有在 {factory} 的货：{where.zh}",
                f"nothing of return {number} is at {factory}: {where.en}",
            ),
            Text("不写 --factory 就是全部在工厂的", "without --factory, all that is at any factory is meant"),
        )


class BeforeItWasThere(Refused):
    """A step is dated before the goods were where it takes them from."""

    def __init__(self, product: str, day: date, since: date) -> None:
        super().__init__(
            Text(
                f"{product} 在 {day} 还没到这一步，是 {since} 才到的",
                f"{product} was not there on {day}: since {since}",
            ),
            Text("请核对 --date", "check --date"),
        )


def the_return(typed: str, lines: RepairLines, settings: Settings, today: date) -> str:
    """The number of the one return that was meant. Raises UnknownNumber, AmbiguousNumber, DatedLater."""
    return the_document(typed, lines, today, settings.prefix("returns", "RT"), RETURN)


def where_text(lines: Iterable[RepairLine]) -> Text:
    """Where goods are, in words: 1 在工厂（深圳维修，2026-09-01 起）、2 已寄回."""
    said = []
    for line in lines:
        for each in line.standings():
            word, qty = STAGE.words[each.stage], QTY.format(each.qty)
            factory = each.factory if each.stage == "at_factory" else ""
            zh, en = (f"{factory}，", f"{factory}, ") if factory else ("", "")
            since = Text(f"（{zh}{each.since} 起）", f" ({en}since {each.since})")
            said.append(Text(f"{line.product} {qty} {word.zh}", f"{qty} of {line.product} {word.en}") + since)
    return joined(said) if said else Text("没有收到过货", "nothing was ever received")


def _what_first(number: str, step: Step, lines: Sequence[RepairLine]) -> Text:
    """What to do before the step, by where the goods are."""
    stages = {lot.stage for line in lines for lot in line.lots if lot.stage in OPEN and lot.qty > 0}
    if not stages:
        return Text("都已了结；看经过：", "all of it is closed; see how: ") + f"salesaid return show {number}"
    if step == "back" and "at_factory" not in stages:
        return Text("先记送修：", "send it first: ") + f"salesaid return send {number} --factory …"
    if step != "back" and "at_factory" in stages:
        return Text("先记修回：", "say first that it is back: ") + f"salesaid return back {number}"
    return Text("少写一些，或看明细：", "take less, or see it all: ") + f"salesaid return show {number}"


class Chosen(NamedTuple):
    """How much of a line a step takes; `serials` are the pieces that were named of a line that has several."""

    line: RepairLine
    qty: Decimal
    serials: tuple[str, ...] = ()
    factory: str = ""  # that had it, of what comes back


def chosen(
    lines: Sequence[RepairLine], items: Sequence[Item], serials: Sequence[str], step: Step, day: date
) -> list[Chosen]:
    """What a step takes of a return: these items, these pieces, or all that waits for it.

    Goods that are back are meant before those that were only received; an item with a quantity may take both.
    Raises NotOnReturn, NoSuchSerial, WhichSerial, NotThere, MoreThanThere, BeforeItWasThere.
    """
    meant = _with_serials(lines, serials)
    if items:
        found = [each for item in items for each in _of_item(meant, item, serials, step)]
    else:
        found = _waiting(meant, serials, step)
    for each in found:
        _require_day(each, step, day)
    return found


def _with_serials(lines: Sequence[RepairLine], serials: Sequence[str]) -> list[RepairLine]:
    if not serials:
        return list(lines)
    known = {serial_key(text): line for line in lines for text in line.serials}
    for text in serials:
        if serial_key(text) not in known:
            there = [serial for line in lines for serial in line.serials]
            raise NoSuchSerial(text, lines[0].return_no, there)
    return list({id(line): line for line in (known[serial_key(text)] for text in serials)}.values())


def _of_item(lines: Sequence[RepairLine], item: Item, serials: Sequence[str], step: Step) -> list[Chosen]:
    own = [line for line in lines if line.product == item.product.id]
    if not own:
        raise NotOnReturn(item.product.id, lines[0].return_no, dict.fromkeys(line.product for line in lines))
    if item.qty is None:
        return _waiting(own, serials, step)
    there = [Chosen(line, _at_hand(line, step), _pieces(line, serials)) for line in own]
    there = [each for each in there if each.qty]
    total = sum((each.qty for each in there), ZERO)
    if not there:
        raise NotThere(own[0].return_no, step, own)
    if item.qty > total:
        raise MoreThanThere(own, item.qty, total, step)
    if item.qty < total and len(there) > 1:
        raise WhichSerial(item.product.id, [each.line.serial for each in there])
    return there if len(there) > 1 else [there[0]._replace(qty=item.qty)]


def _waiting(lines: Sequence[RepairLine], serials: Sequence[str], step: Step) -> list[Chosen]:
    """All that is in the first stage from which the step takes anything."""
    for stage in PASSAGES[step].sources:
        found = [Chosen(line, line.there(stage), _pieces(line, serials)) for line in lines if line.there(stage)]
        if found:
            return [_no_more_than_named(each) for each in found]
    raise NotThere(lines[0].return_no, step, lines)


def _no_more_than_named(each: Chosen) -> Chosen:
    """Of a line with several serial numbers, one piece for each that was named."""
    return each._replace(qty=min(each.qty, Decimal(len(each.serials)))) if each.serials else each


def _pieces(line: RepairLine, serials: Sequence[str]) -> tuple[str, ...]:
    if len(line.serials) < 2:  # noqa: PLR2004 - several
        return ()
    named = set(map(serial_key, serials))
    return tuple(serial for serial in line.serials if serial_key(serial) in named)


def _at_hand(line: RepairLine, step: Step) -> Decimal:
    return sum((line.there(stage) for stage in PASSAGES[step].sources), ZERO)


def _require_day(each: Chosen, step: Step, day: date) -> None:
    """Raises BeforeItWasThere where some of what is taken came to its stage later."""
    rest = each.qty
    for stage in PASSAGES[step].sources:
        for lot in each.line.lots:
            if lot.stage == stage and lot.qty > 0 and rest > 0:
                if lot.since > day:
                    raise BeforeItWasThere(each.line.product, day, lot.since)
                rest -= lot.qty
