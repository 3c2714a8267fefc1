"""A statement of account: every shipment and receipt of a period, what was owed before and what is owed after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import NamedTuple

from salesaid.balances.ageing import age_of
from salesaid.balances.odd_refunds import refund_notes
from salesaid.balances.parties import Parties
from salesaid.balances.receipts import Receipt
from salesaid.balances.receivables import Debt, Receivables
from salesaid.balances.red_letters import is_red
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.capitals import in_capitals
from salesaid.core.errors import SalesaidError
from salesaid.core.kinds import DATE, FLAG, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import NO_LINE, Field, Line, Note, Paper, Table
from salesaid.core.text import Lang, Text, same
from salesaid.settings import Settings

KIND = Choice(
    {
        "brought_forward": Text("上期结余", "brought forward"),
        "sale": Text("发货", "goods"),
        "return": Text("退货", "goods returned"),
        "opening": Text("期初欠款", "opening balance"),
        "loan": Text("借货转销售", "sold from loan"),
        "refund": Text("退款", "refund"),
        "paid_back": Text("退还货款", "paid back"),
        "receipt": Text("收款", "receipt"),
        "closing": Text("期末余额", "balance"),
    }
)
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("kind", Text("类型", "Kind"), KIND),
    Field("no", Text("单号", "No"), NUMBER_NO, key=True),
    Field("product", Text("产品", "Product"), TEXT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("price", Text("单价", "Price"), PRICE),
    Field("amount", Text("应收", "Amount"), MONEY),
    Field("received", Text("收款", "Received"), MONEY),
    Field("balance", Text("余额", "Balance"), MONEY),
    Field("disputed", Text("争议", "Disputed"), FLAG),
)
_AT = {field.name: at for at, field in enumerate(FIELDS)}
_LEFT_OUT = frozenset({"kind", "model", "unit", "price", "disputed"})  # of paper, where nothing is said there
_SIGNED = Text("经办人：", "Signed by: "), Text("日期：　　　　年　　月　　日", "Date: ")


class StatementDoesNotTieError(SalesaidError):
    """The lines do not come to what the customer owes: a bug, and no statement."""

    exit_code = 70

    def __init__(self, customer: str, closing: Decimal, balance: Decimal) -> None:
        super().__init__(
            Text(
                f"{customer} 对账单的期末 {MONEY.format(closing)} 与余额 {MONEY.format(balance)} 不符，不出表",
                f"the statement of {customer} closes at {MONEY.format(closing)}, the balance is "
                f"{MONEY.format(balance)}: no statement",
            ),
            Text("请把这条信息和台账报告给我们", "please report this with the ledgers"),
        )


class _Entry(NamedTuple):
    """A line of the statement; goods and what is owed for them, or what came in."""

    day: date
    kind: str
    no: str
    product: str = ""
    model: str = ""
    qty: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    amount: Decimal | None = None
    received: Decimal | None = None
    disputed: bool = False

    @property
    def net(self) -> Decimal:
        """What it adds to the balance."""
        return (self.amount or ZERO) - (self.received or ZERO)


class _Period(NamedTuple):
    """The lines of the period, between what was owed before and after; `until` is the day of the last."""

    customer: str
    since: date | None
    until: date
    opening: Decimal
    entries: Sequence[_Entry]

    @property
    def closing(self) -> Decimal:
        """What is owed at the end."""
        return self.opening + sum((entry.net for entry in self.entries), ZERO)


def statement(
    receivables: Receivables, returns: Rows, customer_names: Parties, settings: Settings, today: date, lang: Lang, *,
    customer: str, since: date | None = None, on_paper: bool = False,
) -> Table:  # fmt: skip
    """The statement of one customer up to the day that is ruled by; for an earlier end rows are read up to that day.

    `on_paper` leaves out columns in which nothing is said. Raises StatementDoesNotTieError.
    """
    period = _period(receivables, customer, since, today)
    balance = money.of_cents(age_of(receivables, customer, today).balance)
    if period.closing != balance:
        raise StatementDoesNotTieError(customer, period.closing, balance)
    card = customer_names.party(customer).card
    who = Text(CUSTOMER.show(customer, "zh"), CUSTOMER.show(customer, "en"))
    full_name = str(card.get("full_name") or "").strip()
    name = same(full_name) if full_name else who
    disputed = money.total(debt.open for debt in receivables.open_debts(customer) if debt.disputed)
    rows = [_row(cells, on_paper=on_paper, lang=lang) for cells in _lines(period)]
    shown = _said(rows) if on_paper else [True] * len(FIELDS)
    days = Text(f"{since} 至 {today}", f"{since} to {today}") if since else Text(f"截至 {today}", f"up to {today}")
    odd = [] if on_paper else refund_notes(returns, customer_names.identify, {customer})
    ours = settings.name
    return Table(
        Text(f"{ours} 对账单".strip(), f"{ours} Statement of account".strip())
        if on_paper
        else Text(f"对账单 · {who.zh} · {days.zh}", f"Statement · {who.en} · {days.en}"),
        tuple(compress(_headed(on_paper=on_paper), shown)),
        [tuple(compress(row, shown)) for row in rows],
        notes=(*_notes(period, disputed), *odd, *_later(receivables.later_rows(customer), today)),
        strong=frozenset({0, len(rows) - 1}),
        paper=Paper(
            (
                (Text(f"客户：{name.zh}", f"To: {name.en}"), Text(f"期间：{days.zh}", f"Period: {days.en}")),
                (_reached(card), Text("金额单位：元", "Amounts in yuan")),
            ),
            _below(period, disputed, ours, name),
        ),
    )


def _period(receivables: Receivables, customer: str, since: date | None, today: date) -> _Period:
    entries = sorted(
        [
            *(_of_debt(debt) for debt in receivables.debts(customer) if debt.kind != "paid_back"),
            *(_of_receipt(receipt) for receipt in receivables.all_receipts if (receipt.customer or "") == customer),
        ],
        key=lambda entry: (entry.day, entry.received is not None),
    )
    before = [entry for entry in entries if since is not None and entry.day < since]
    opening = sum((entry.net for entry in before), ZERO)
    return _Period(customer, since, today, opening, entries[len(before) :])


def _of_debt(debt: Debt) -> _Entry:
    has_goods = debt.kind in {"sale", "return", "loan", "refund"}
    return _Entry(
        debt.day, debt.kind, debt.no, debt.product, debt.model if debt.model != debt.product else "",
        debt.qty if has_goods else None, debt.unit, debt.price, debt.amount, None, debt.disputed,
    )  # fmt: skip


def _of_receipt(receipt: Receipt) -> _Entry:
    """Every row on its own day, red letters too: what one statement said, the next one begins with."""
    is_back = receipt.cents < 0 and not is_red(receipt.note)
    kind = "paid_back" if is_back else "receipt"
    return _Entry(receipt.day, kind, receipt.payment_no, received=money.of_cents(receipt.cents))


def _lines(period: _Period) -> Iterator[tuple[object, ...]]:
    yield period.since, "brought_forward", *[None] * 8, period.opening, None
    balance = period.opening
    for entry in period.entries:
        balance += entry.net
        yield (
            entry.day, entry.kind, entry.no, entry.product or None, entry.model or None, entry.qty, entry.unit or None,
            entry.price, entry.amount, entry.received, balance, entry.disputed or None,
        )  # fmt: skip
    amount, received = (
        money.total(getattr(entry, name) or ZERO for entry in period.entries) for name in ("amount", "received")
    )
    yield period.until, "closing", *[None] * 6, amount, received, period.closing, None


def _row(cells: tuple[object, ...], *, on_paper: bool, lang: Lang) -> tuple[object, ...]:
    """On paper what is no goods says in the column of the goods what it is."""
    if not on_paper:
        return cells
    at, kind = _AT["product"], str(cells[_AT["kind"]])
    word = KIND.show(kind, lang)
    named = cells[at] if kind in {"sale", "loan"} else f"{word} {cells[at] or ''}".strip()
    return (*cells[:at], named, *cells[at + 1 :])


def _said(rows: Sequence[tuple[object, ...]]) -> list[bool]:
    """Which columns say something that others do not; the kind stands with the goods."""
    return [
        field.name not in _LEFT_OUT or (field.name != "kind" and any(row[at] is not None for row in rows))
        for at, field in enumerate(FIELDS)
    ]


def _headed(*, on_paper: bool) -> Iterable[Field]:
    goods = Text("品名、摘要", "Goods")
    return (f._replace(header=goods, folds=True) if on_paper and f.name == "product" else f for f in FIELDS)


def _owed(period: _Period) -> Text:
    """The sentence that says what is owed, in figures and in capitals."""
    closing, day = period.closing, period.until
    figure, capitals = MONEY.show(abs(closing), "en"), in_capitals(abs(closing))
    if closing < 0:
        return Text(
            f"截至 {day}，我方多收贵方货款 ¥{figure}，大写：人民币{capitals}。",
            f"As of {day} we hold ¥{figure} more than was owed, in capitals: 人民币{capitals}.",
        )
    return Text(
        f"截至 {day}，贵方尚欠我方货款 ¥{figure}，大写：人民币{capitals}。",
        f"As of {day} you owe us ¥{figure}, in capitals: 人民币{capitals}.",
    )


def _of_these(disputed: Decimal) -> Text:
    figure = MONEY.show(disputed, "en")
    return Text(f"其中有争议的 ¥{figure}，待双方核对。", f"¥{figure} of it is disputed and still to be settled.")


_CONFIRM = Text(
    "请核对无误后盖章回传；如有不符，请在回传时注明。", "Please check, stamp and return; state what does not agree."
)


def _notes(period: _Period, disputed: Decimal) -> tuple[Note, ...]:
    notes = [Note("capitals", "info", _owed(period))]
    if disputed:
        notes.append(Note("disputed", "warning", _of_these(disputed)))
    return tuple(notes)


def _later(rows: int, today: date) -> list[Note]:
    """What of this customer is dated later: other customers' rows are none of this statement's business."""
    if not rows:
        return []
    count = "1 row is" if rows == 1 else f"{rows} rows are"
    text = Text(f"{rows} 行的日期晚于 {today}，未计入", f"{count} dated after {today}: left out")
    return [Note("later_rows", "info", text)]


def _reached(card: Mapping[str, object]) -> Text:
    """Whom the statement goes to, as the register knows."""
    parts = [str(card.get(name) or "").strip() for name in ("contact", "phone")]
    text = " ".join(part for part in parts if part)
    return Text(f"联系人：{text}", f"Contact: {text}") if text else Text("", "")


def _below(period: _Period, disputed: Decimal, ours: str, theirs: Text) -> tuple[Line, ...]:
    """The sentences, and room for both stamps."""
    none = Text("", "")
    sentences = [_owed(period), *([_of_these(disputed)] if disputed else []), _CONFIRM]
    stamps = (
        Text(f"供方（盖章）：{ours}", f"Supplier (stamp): {ours}"),
        Text(f"需方（盖章）：{theirs.zh}", f"Customer (stamp): {theirs.en}"),
    )
    room = [NO_LINE] * 5
    return (
        NO_LINE, *((each, none) for each in sentences), NO_LINE, stamps, *room, *((each, each) for each in _SIGNED),
    )  # fmt: skip
