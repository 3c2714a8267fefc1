"""Names that may be one thing, each pair with its evidence and the command that answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.name_evidence import Both, Facts, evidence, together
from salesaid.balances.name_questions import ORDER, Folded, NameQuestions, Question
from salesaid.balances.parties import Parties
from salesaid.balances.register import values_of
from salesaid.balances.similar import is_alike, may_be_mistyped
from salesaid.balances.stock import Stock
from salesaid.core.keys import NameKind
from salesaid.core.kinds import DATE, FLAG, PRICE, QTY, TEXT, Choice
from salesaid.core.pasted import about_names
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text, in_rows

QUESTIONS = Choice(
    {
        "variant": Text("写法不同", "spelling"),
        "segment": Text("多一段", "part"),
        "typo": Text("疑似笔误", "typo"),
        "unknown": Text("不在册", "unknown"),
        "codes": Text("编码不同", "codes"),
    }
)
ANSWERS = Choice({"same": Text("同一", "same"), "different": Text("不同", "different"), "later": Text("待定", "later")})
_KINDS: tuple[NameKind, ...] = ("product", "customer", "supplier")
_SUGGESTED = 300  # unknown names for which the nearest known one is looked up
_AT_ONCE = 30  # from so many on an index of all names pays
_SHOWN = 3  # customers named in a cell


class Asked(NamedTuple):
    """A question with what is known of it."""

    question: Question
    rows_name: int
    rows_other: int | None
    both: Both
    stock: str | None
    command: str  # the command that answers

    @property
    def sentence(self) -> Text:
        """The question about two names and what is known of them, in one line."""
        each, both = self.question, self.both
        why, one, other = QUESTIONS.words[each.question], self.rows_name, self.rows_other or 0
        zh = [f"{why.zh}：“{each.name}”（{one} 行）是不是“{each.other}”（{other} 行）？"]
        en = [f"{why.en}: is “{each.name}” ({in_rows(one)}) “{each.other}” ({in_rows(other)})?"]
        facts = [
            (both.first, f"{both.first} 至 {both.last}", f"{both.first} to {both.last}"),
            (both.customers, f"客户 {_listed(both.customers)}", f"customers {_listed(both.customers)}"),
            (both.low is not None, f"单价 {_prices(both)}", f"price {_prices(both)}"),
            (self.stock, f"库存 {self.stock}", f"stock {self.stock}"),
            (both.same_order, "同一张单里都有", "both stand in one order"),
        ]
        zh += [chinese for known, chinese, _ in facts if known]
        en += [english for known, _, english in facts if known]
        return Text(" ".join(zh), " ".join(en))


def name_check(
    aliases: Rows, journals: Mapping[str, Rows], name_questions: NameQuestions, stock: Stock, *,
    kind: str | None = None, show_all: bool = False, to_fill: bool = False, limit: int | None = None,
) -> Table:  # fmt: skip
    """The open questions, what is surest first; with `show_all` also what was folded unasked.

    `to_fill`: with two columns more, to be filled in and read back.
    """
    wanted = values_of(aliases.ledger, {"kind": kind})["kind"] if kind else None
    asked = questions(aliases, journals, name_questions, stock, kind=kind)
    folded = [each for id_ in _KINDS if wanted in {None, id_} for each in name_questions.about(id_).folded]
    rows = [_row(each, to_fill=to_fill) for each in asked[:limit]]
    if show_all:
        rows += [_folded_row(each, name_questions, to_fill=to_fill) for each in folded][: _left(limit, len(rows))]
    notes = (
        *more(len(asked) + (len(folded) if show_all else 0), limit),
        *_notes(asked, name_questions, len(folded), show_all=show_all, to_fill=to_fill),
    )
    return Table(Text("名称疑问", "Questions about names"), fields(aliases, to_fill=to_fill), rows, notes=notes)


def questions(
    aliases: Rows, journals: Mapping[str, Rows], name_questions: NameQuestions, stock: Stock, *, kind: str | None = None
) -> list[Asked]:
    """The open questions of one kind, or of all, with their evidence."""
    wanted = values_of(aliases.ledger, {"kind": kind})["kind"] if kind else None
    return list(_questions(journals, name_questions, stock, wanted))


def _questions(
    journals: Mapping[str, Rows], name_questions: NameQuestions, stock: Stock, kind: object = None
) -> Iterator[Asked]:
    for id_ in _KINDS:
        if kind in {None, id_}:
            yield from _of_kind(id_, journals, name_questions, stock)


def fields(aliases: Rows, *, to_fill: bool = False) -> tuple[Field, ...]:
    """The columns."""
    kind = aliases.ledger.column("kind")
    answer = (
        Field("answer", Text("答案", "Answer"), ANSWERS, choices=("same", "different", "later")),
        Field("stays", Text("留下的名称", "Name that stays"), TEXT),
    )
    return (
        Field("kind", kind.heading, kind.kind),
        Field("question", Text("疑问", "Question"), QUESTIONS),
        Field("name", Text("名称", "Name"), TEXT),
        Field("other", Text("可能就是", "May be"), TEXT),
        *(answer if to_fill else ()),
        Field("rows_name", Text("行数", "Rows"), QTY),
        Field("rows_other", Text("对方行数", "Other's rows"), QTY),
        Field("first_date", Text("最早", "First"), DATE),
        Field("last_date", Text("最近", "Last"), DATE),
        Field("customers", Text("客户", "Customers"), TEXT),
        Field("price_low", Text("最低单价", "Lowest price"), PRICE),
        Field("price_high", Text("最高单价", "Highest price"), PRICE),
        Field("same_order", Text("同单出现", "In one order"), FLAG),
        Field("stock", Text("库存", "Stock"), TEXT),
        Field("command", Text("回答", "Answer with"), TEXT, folds=True),
    )


def _of_kind(
    kind: NameKind, journals: Mapping[str, Rows], name_questions: NameQuestions, stock: Stock
) -> Iterator[Asked]:
    about, known = name_questions.about(kind), name_questions.known(kind)
    found = sorted([*about.pairs, *_unknown(kind, name_questions)], key=lambda each: ORDER.index(each.question))
    names = dict.fromkeys(name for each in found for name in (each.name, each.other) if name)
    customers: Parties = name_questions.known("customer")  # type: ignore[assignment]
    facts = evidence(journals, kind, known, customers, names)
    on_hand = _on_hand(stock, names) if isinstance(known, Catalogue) else {}
    for each in found:
        both = together(facts[each.name], facts.get(each.other) or Facts())
        lying = [on_hand[name] for name in (each.name, each.other) if name in on_hand]
        yield Asked(
            each,
            about.rows.get(each.name, 0),
            about.rows.get(each.other, 0) if each.other else None,
            both,
            " · ".join(QTY.show(qty, "zh") for qty in lying) or None,
            _command(each, both, name_questions),
        )


def _command(each: Question, both: Both, name_questions: NameQuestions) -> str:
    """What most likely answers: two names in one order are hardly one product, nor are those with other numbers."""
    if not each.other or (each.question == "unknown" and not is_alike(each.name, each.other)):
        return about_names(f"{each.kind} add", [each.name])
    return name_questions.answer(each, "different" if both.same_order else "same")


def _on_hand(stock: Stock, names: Collection[str]) -> dict[str, Decimal]:
    """What lies on our shelves of each; of many names it is quicker to look at all there is."""
    if len(names) <= _AT_ONCE:
        return {name: stock.on_hand(name) for name in names}
    there = stock.everything()
    return {name: sum(there.get(name, {}).values(), ZERO) for name in names}


def _unknown(kind: NameKind, name_questions: NameQuestions) -> Iterator[Question]:
    """Names that no register has, each with the nearest one that a register has."""
    about, known = name_questions.about(kind), name_questions.known(kind)
    near = _nearest(about.unknown, known.registered)
    for name in about.unknown:
        other = near.get(name, "")
        is_asked = other and may_be_mistyped(name, other) and not about.are_different(name, other)
        yield Question(kind, "unknown", name, other if is_asked else "")


def _nearest(names: Sequence[str], registered: Iterable[str]) -> dict[str, str]:
    from salesaid.core.suggest import Suggester, suggestions

    there = list(registered)
    asked = names[:_SUGGESTED]
    if len(asked) < _AT_ONCE:
        found = {name: suggestions(name, there, 1) for name in asked}
    else:
        index = Suggester(there)
        found = {name: index.best(name, 1) for name in asked}
    return {name: best[0] for name, best in found.items() if best}


def _row(asked: Asked, *, to_fill: bool) -> tuple[object, ...]:
    each, both = asked.question, asked.both
    is_product = each.kind == "product"
    answer = (None, each.other or None) if to_fill else ()
    return (
        each.kind, each.question, each.name, each.other or None, *answer, asked.rows_name, asked.rows_other,
        both.first, both.last, _listed(both.customers), both.low, both.high,
        both.same_order if is_product and each.other else None, asked.stock, asked.command,
    )  # fmt: skip


def _prices(both: Both) -> str:
    low, high = PRICE.show(both.low, "zh"), PRICE.show(both.high, "zh")
    return low if low == high else f"{low}–{high}"


def _listed(customers: Sequence[str]) -> str | None:
    more_ = len(customers) - _SHOWN
    shown = " · ".join(customers[:_SHOWN])
    return (f"{shown} +{more_}" if more_ > 0 else shown) or None


def _folded_row(folded: Folded, name_questions: NameQuestions, *, to_fill: bool) -> tuple[object, ...]:
    rows = name_questions.about(folded.kind).rows.get(folded.name, 0)
    answer = (None, None) if to_fill else ()
    evidence_ = (None,) * len(("first", "last", "customers", "low", "high", "same_order", "stock", "command"))
    return (
        folded.kind, folded.question, folded.written, folded.name, *answer, folded.rows, rows - folded.rows, *evidence_,
    )  # fmt: skip


def _left(limit: int | None, taken: int) -> int | None:
    return None if limit is None else limit - taken


def _notes(
    asked: Sequence[Asked], name_questions: NameQuestions, folded: int, *, show_all: bool, to_fill: bool
) -> Iterator[Note]:
    if asked and not to_fill:
        yield Note("how", "info", _HOW)
    if to_fill:
        yield Note("how", "info", _HOW_TO_FILL)
    if folded and not show_all:
        text = Text(
            f"另有 {folded} 种写法不问就算作同一个：salesaid name check --all",
            f"ways of writing folded unasked: {folded}; salesaid name check --all",
        )
        yield Note("folded", "info", text)
    hidden = sum(len(name_questions.about(id_).put_off) for id_ in _KINDS)
    if hidden:
        text = Text(f"{hidden} 个疑问已定为待定，30 天内不再问", f"questions put off for 30 days: {hidden}")
        yield Note("put_off", "info", text)
    unknown = sum(len(name_questions.about(id_).unknown) > _SUGGESTED for id_ in _KINDS)
    if unknown:
        text = Text(
            f"不在册的名称太多，只给前 {_SUGGESTED} 个找了相近的",
            f"too many unknown names: similar ones were looked up for the first {_SUGGESTED}",
        )
        yield Note("many_unknown", "info", text)


_HOW = Text(
    "不是同一个：把 same 换成 different；以后再定：换成 later。一次答很多：salesaid name answer，或 --out 填表",
    "where they are two things, write different for same; to be asked later, later. "
    "To answer many: salesaid name answer, or fill in a workbook (--out)",
)
_HOW_TO_FILL = Text(
    "在“答案”一列选 同一、不同 或 待定，留下哪个名称写在旁边；填好后：salesaid name answer 文件.xlsx",
    "choose same, different or later under Answer, beside it the name that stays; then: salesaid name answer FILE.xlsx",
)
