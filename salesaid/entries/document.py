"""Documents: the paper of an order is filed under its number, with where its file lies and what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from salesaid.balances.named_order import the_order
from salesaid.balances.new_rows import later_date
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.papers import Paper, Papers, holding
from salesaid.balances.parties import Parties
from salesaid.balances.row_numbers import number_of
from salesaid.balances.typed import UnknownNumber
from salesaid.balances.wanted_papers import Wanted
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.names import AmbiguousName, UnknownName
from salesaid.core.paper_files import Filed
from salesaid.core.paper_kinds import as_written, distinct, lacking, paper_key, words
from salesaid.core.rows import Rows
from salesaid.core.suggest import suggestions
from salesaid.core.tables import Note
from salesaid.core.text import Lang, Text
from salesaid.core.width import folded
from salesaid.core.words import near_or_known, understood_note
from salesaid.settings import Settings

_NEWEST = 5  # orders of a customer that are suggested
_SHOWN = 8


class UnknownOrder(Refused):
    """No order has the number that was typed, but some are near it."""

    def __init__(self, typed: str, near: Sequence[str]) -> None:
        super().__init__(
            Text(f"没有编号为 {typed} 的订单", f"there is no order with the number {typed}"),
            Text(f"是不是：{'、'.join(near)}？", f"did you mean: {', '.join(near)}?"),
        )


class UnknownKind(Refused):
    """Nobody has used this kind of document before."""

    def __init__(self, typed: str, near: Sequence[str], known: Sequence[str]) -> None:
        new = Text("确是新的一种，请加 --new", "if it is a new one, add --new")
        super().__init__(
            Text(f"没有“{typed}”这种单据", f"there is no kind of document “{typed}”"),
            near_or_known(near, known, Text("常用的：", "there are: "), new),
        )


class AmbiguousKind(Refused):
    """Several kinds of document hold what was typed."""

    def __init__(self, typed: str, kinds: Sequence[str]) -> None:
        super().__init__(
            Text(f"“{typed}”不能确定是哪种单据", f"it is not certain which kind of document “{typed}” means"),
            Text(f"请写全：{'、'.join(kinds)}", f"write it in full: {', '.join(kinds)}"),
        )


class FiledAlready(Refused):
    """The very file is filed for the order already, as the same kind of document and with the same content."""

    def __init__(self, paper: Paper) -> None:
        what = Text(f"{paper.order_no} 的{paper.kind} {paper.path}", f"{paper.kind} {paper.path} of {paper.order_no}")
        super().__init__(
            Text(f"{what.zh} 已经归档：{paper.document_no}", f"{what.en} is filed already: {paper.document_no}"),
            Text(
                f"归错了，先冲销：salesaid void {paper.document_no} --why 原因",
                f"if that was a mistake, void it first: salesaid void {paper.document_no} --why REASON",
            ),
        )


def add(
    orders: Rows, order_lines: OrderLines, papers: Papers, wanted_papers: Wanted, customer_names: Parties,
    settings: Settings, lang: Lang, today: date, *, typed: str, kind: str, day: date, file: Filed | None = None,
    note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """A paper of an order; `file` is None where there is only the paper itself.

    Raises UnknownOrder, UnknownNumber, AmbiguousNumber, DatedLater, UnknownKind, AmbiguousKind, FiledAlready.
    """
    number = _order(typed, order_lines, customer_names, settings, today)
    ahead = papers.ahead
    word = _kind(kind, [*wanted_papers.kinds, *ahead.kinds], settings.language or lang, new=new)
    there = [paper for paper in ahead.of_order(number) if paper_key(paper.kind) == paper_key(word)]
    if file is not None:
        _require_new(file, holding(there))
    customer = _customer_of(number, orders, customer_names)
    row: dict[str, Value] = {
        "document_no": NewNumber("documents", day), "date": day, "order_no": number,
        "customer": customer_names.party(customer).written if customer else "", "kind": word,
        "path": file.path if file else "", "sha256": file.sha256 if file else "", "note": note,
    }  # fmt: skip
    given = {"order_no", "kind"} | ({"path"} if file else set()) | ({"note"} if note else set())
    notes = [
        *understood_note(kind, word), *_beside(there, file), *later_date(day, today),
        *_left(number, word, papers, wanted_papers),
    ]  # fmt: skip
    where = Text(f"：{file.path}", f": {file.path}") if file else Text("（纸质）", " (on paper)")
    return Decision(
        Text(f"已归档 {number} 的{word}", f"{word} of {number} filed") + where,
        (Entry("documents", row, frozenset(given)),),
        no=NewNumber("documents", day),
        notes=tuple(notes),
    )


def _order(typed: str, lines: OrderLines, customers: Parties, settings: Settings, today: date) -> str:
    try:
        return the_order(typed, lines, settings, today)
    except UnknownNumber:
        near = _orders_of(typed, lines, customers) or suggestions(typed, lines.numbers)
        if near:
            raise UnknownOrder(typed, near) from None
        raise


def _customer_of(number: str, orders: Rows, customers: Parties) -> str:
    """Whose order it is, as its first row says; one column is looked at, not every line of the customer."""
    for row, no, customer in orders.pick("row", "order_no", "customer"):
        if number_of(orders, row, no) == number:
            return customers.identify(customer)
    return ""


def _orders_of(typed: str, lines: OrderLines, customers: Parties) -> list[str]:
    """The newest orders of a customer, or of those who may be meant, where a name was typed in the number's place."""
    try:
        meant = [customers.match(typed).name]
    except AmbiguousName as open_:
        meant = list(open_.candidates)
    except UnknownName:
        return []
    own = [line for customer in meant for line in lines.of_customer(customer) if not line.is_void]
    newest = sorted(own, key=lambda line: line.day, reverse=True)
    return list(dict.fromkeys(line.order_no for line in newest))[:_NEWEST]


def _kind(typed: str, used: Sequence[str], lang: Lang, *, new: bool) -> str:
    """The kind that was meant, as it is to be written: a known one, or a part that only one of them has."""
    known = distinct([*used, *words(lang)])
    written = as_written(typed, used, lang)
    if new or paper_key(typed) in set(map(paper_key, known)):
        return written
    held = [each for each in known if folded(typed) in folded(each)]
    if len(held) == 1:
        return held[0]
    if held:
        raise AmbiguousKind(typed.strip(), held)
    raise UnknownKind(typed.strip(), suggestions(typed, known), known)


def _require_new(file: Filed, current: Iterable[Paper]) -> None:
    for paper in current:
        if (paper.path, paper.sha256) == file:
            raise FiledAlready(paper)


def _beside(there: Sequence[Paper], file: Filed | None) -> list[Note]:
    """What the order has of this kind already: the same file as it was before, or other papers."""
    if not there:
        return []
    numbers = [paper.document_no for paper in there]
    before = [paper for paper in there if file is not None and paper.path == file.path]
    if before:
        text = Text(
            f"这个文件 {before[-1].document_no} 登记过，内容改了，以这次的为准",
            f"{before[-1].document_no} has this file with another content: from now on this one holds",
        )
        return [Note("filed_again", "info", text)]
    text = Text(
        f"这张订单的{there[0].kind}已有 {len(there)} 份：{'、'.join(numbers[:_SHOWN])}",
        f"the order has {len(there)} of {there[0].kind} already: {', '.join(numbers[:_SHOWN])}",
    )
    return [Note("one_more", "info", text)]


def _left(number: str, word: str, papers: Papers, wanted: Wanted) -> list[Note]:
    """What the order still lacks."""
    left = lacking(wanted.kinds, [word, *(paper.kind for paper in papers.of_order(number))])
    if not left:
        return []
    text = Text(f"{number} 还缺：{'、'.join(left)}", f"{number} still lacks: {', '.join(left)}")
    return [Note("still_missing", "info", text)]
