"""Options that many commands share, and the two decorators that give them to a command.

A command's first parameter is the session, which its command line does not have:

    @app.command("list")
    @reading
    def list_(session: Session, customer: Customer = None, since: Since = None) -> int | None:
        '''订单一览。 | A list of orders.

        salesaid order list --open
        '''

Values stay text: kinds read them later. What a command needs is optional here, too: a missing argument is asked
for on a terminal and is an error elsewhere, and only the session knows which.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, signature
from typing import Annotated, Any, Literal, get_type_hints

import typer

from salesaid.core.text import Lang

SEPARATOR = "\x1f"  # between the languages; no keyboard types it

Command = Callable[..., int | None]


def both(zh: str, en: str) -> str:
    """A help text in both languages: where typer takes one string, cli.py picks the half that is shown."""
    return f"{zh}{SEPARATOR}{en}"


def chosen(text: str, lang: Lang) -> str:
    """The half of a help text in one language: of `both`, or of a docstring's `中文。 | English.`, in either order."""
    zh, between, en = text.partition(SEPARATOR)
    if between:
        return zh if lang == "zh" else en
    first, between, second = text.partition(" | ")
    if not between:
        return text
    zh, en = (first, second) if _chinese(first) >= _chinese(second) else (second, first)
    return (zh if lang == "zh" else en).strip()


def _chinese(text: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text)


def values(kind: str) -> Callable[[typer.Context, str], list[str]]:
    """What the shell offers for a value: the session knows the book's products, customers and numbers."""

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        return list(context.obj.complete(kind, incomplete))

    return complete


def _option(*flags: str, zh: str, en: str, kind: str = "", metavar: str | None = None) -> Any:
    return typer.Option(*flags, help=both(zh, en), metavar=metavar, autocompletion=values(kind) if kind else None)


def _argument(metavar: str, *, zh: str, en: str, kind: str = "") -> Any:
    return typer.Argument(metavar=metavar, help=both(zh, en), autocompletion=values(kind) if kind else None)


_TEXT = both("文字", "TEXT")
_DATE = both("日期", "DATE")
_NAME = both("名称", "NAME")
_AMOUNT = both("金额", "AMOUNT")
_ITEM = both("货品×数量", "ITEM")
_NO = both("单号", "NO")
_FILE = both("文件", "FILE")
_COUNT = both("行数", "COUNT")

# Whom and what it is about.
Customer = Annotated[
    str | None, _option("--customer", "-c", zh="客户。", en="Customer.", kind="customer", metavar=_NAME)
]
Supplier = Annotated[
    str | None, _option("--supplier", "-s", zh="供应商。", en="Supplier.", kind="supplier", metavar=_NAME)
]
Product = Annotated[str | None, _option("--product", "-p", zh="产品。", en="Product.", kind="product", metavar=_NAME)]
Items = Annotated[
    list[str] | None,
    _option(
        "--item",
        "-i",
        zh="货品，写作 产品×数量[单位][@单价]；可多次给出。",
        en="Item as PRODUCT×QTY[UNIT][@PRICE]; may be given again.",
        kind="product",
        metavar=_ITEM,
    ),
]
Warehouse = Annotated[
    str | None,
    _option(
        "--warehouse",
        "-w",
        zh="仓库；不写用账本的默认仓。",
        en="Warehouse; by default the book's.",
        kind="warehouse",
        metavar=_NAME,
    ),
]
Salesperson = Annotated[
    str | None, _option("--by", zh="业务员。", en="Salesperson.", kind="salesperson", metavar=_NAME)
]
Owner = Annotated[
    str | None, _option("--owner", zh="负责人；me 是我。", en="Owner; me is me.", kind="salesperson", metavar=_NAME)
]
Handler = Annotated[
    str | None, _option("--handler", zh="经手人。", en="Who handled it.", kind="salesperson", metavar=_NAME)
]
Factory = Annotated[str | None, _option("--factory", zh="返修工厂。", en="Factory.", kind="supplier", metavar=_NAME)]
Order = Annotated[
    str | None, _option("--order", zh="对应的订单号。", en="Order it is for.", kind="order_no", metavar=_NO)
]
Serial = Annotated[str | None, _option("--serial", zh="序列号。", en="Serial number.", metavar=_TEXT)]

# When.
Since = Annotated[str | None, _option("--since", zh="从这一天起（含）。", en="From this day on.", metavar=_DATE)]
Until = Annotated[str | None, _option("--until", zh="到这一天止（含）。", en="Up to and with this day.", metavar=_DATE)]
Due = Annotated[str | None, _option("--due", zh="期限：日期、+7 或周五。", en="Due: a date, +7 or Fri.", metavar=_DATE)]

# How much and why.
Price = Annotated[str | None, _option("--price", zh="单价。", en="Unit price.", metavar=_AMOUNT)]
Amount = Annotated[str | None, _option("--amount", zh="金额。", en="Amount.", metavar=_AMOUNT)]
Why = Annotated[str | None, _option("--why", zh="原因。", en="Why.", metavar=_TEXT)]
Carrier = Annotated[str | None, _option("--carrier", zh="承运商。", en="Carrier.", kind="carrier", metavar=_NAME)]
Tracking = Annotated[str | None, _option("--tracking", zh="物流单号。", en="Tracking number.", metavar=_TEXT)]
Freight = Annotated[str | None, _option("--freight", zh="运费。", en="Freight paid.", metavar=_AMOUNT)]
Force = Annotated[bool, _option("--force", zh="明知有冲突仍然执行。", en="Do it although something speaks against it.")]
New = Annotated[bool, _option("--new", zh="名称不在册时新建。", en="Create a name that is not known yet.")]

# Which rows a list shows.
All = Annotated[bool, _option("--all", zh="全部，包括已了结的。", en="All, also what is closed.")]
Open = Annotated[bool, _option("--open", zh="只看未完成的。", en="Only what is open.")]
Late = Annotated[bool, _option("--late", "--overdue", zh="只看已逾期的。", en="Only what is late.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, metavar=_COUNT, help=both("最多显示多少行。", "Show at most so many rows.")),
]

# Positional arguments: names and numbers without a flag.
CustomerAndItems = Annotated[
    list[str] | None,
    _argument(
        both("客户 货品×数量…", "CUSTOMER ITEM..."),
        zh="先写客户，再写货品：产品×数量[单位][@单价]。",
        en="The customer, then items as PRODUCT×QTY[UNIT][@PRICE].",
        kind="customer_or_product",
    ),
]
SupplierAndItems = Annotated[
    list[str] | None,
    _argument(
        both("供应商 货品×数量…", "SUPPLIER ITEM..."),
        zh="先写供应商，再写货品：产品×数量[单位][@单价]。",
        en="The supplier, then items as PRODUCT×QTY[UNIT][@PRICE].",
        kind="supplier_or_product",
    ),
]
CustomerName = Annotated[str | None, _argument(both("客户", "CUSTOMER"), zh="客户。", en="Customer.", kind="customer")]
SupplierName = Annotated[
    str | None, _argument(both("供应商", "SUPPLIER"), zh="供应商。", en="Supplier.", kind="supplier")
]
ProductName = Annotated[str | None, _argument(both("产品", "PRODUCT"), zh="产品。", en="Product.", kind="product")]


def number(kind: str) -> Any:
    """A document number without a flag, for commands that need one of their own kind.

    Written as Annotated[str | None, number("loan_no")]. `kind` is the column of the number, or `any_no`.
    """
    return _argument(
        _NO, zh="单号，或简写：1122-3、3、-3（今天的第三张）。", en="Number, or short: 1122-3, 3 or -3.", kind=kind
    )


Number = Annotated[str | None, number("any_no")]
OrderNo = Annotated[str | None, number("order_no")]
ShipNo = Annotated[str | None, number("ship_no")]
LoanNo = Annotated[str | None, number("loan_no")]
ReturnNo = Annotated[str | None, number("return_no")]
PurchaseNo = Annotated[str | None, number("purchase_no")]
QuoteNo = Annotated[str | None, number("quote_no")]
TodoNo = Annotated[str | None, number("todo_no")]

_READING: dict[str, tuple[Any, Any]] = {
    "format": (
        Annotated[
            Literal["table", "json", "csv", "md"],
            _option("--format", "-f", zh="输出格式。", en="Format of the answer."),
        ],
        "table",
    ),
    "out": (
        Annotated[
            str | None,
            _option(
                "--out",
                "-o",
                zh="写入文件：.xlsx .csv .json .md。",
                en="Write to a file: .xlsx .csv .json .md.",
                metavar=_FILE,
            ),
        ],
        None,
    ),
    "as_of": (
        Annotated[
            str | None, _option("--as-of", zh="截至这一天的情形。", en="As things stood on this day.", metavar=_DATE)
        ],
        None,
    ),
}

_WRITING: dict[str, tuple[Any, Any]] = {
    "date": (
        Annotated[
            str | None, _option("--date", "-d", zh="日期，默认今天。", en="Date, by default today.", metavar=_DATE)
        ],
        None,
    ),
    "note": (Annotated[str | None, _option("--note", "-n", zh="备注。", en="Note.", metavar=_TEXT)], None),
    "dry_run": (
        Annotated[bool, _option("--dry-run", zh="只演示，不记账。", en="Show what would be written, write nothing.")],
        False,
    ),
    "format": (
        Annotated[Literal["table", "json"], _option("--format", "-f", zh="输出格式。", en="Format of the answer.")],
        "table",
    ),
    "request_id": (
        Annotated[
            str | None,
            _option(
                "--request-id",
                zh="请求编号：同一编号再次执行只回答上次的结果。",
                en="A second run with the same ID answers the first one's receipt.",
                metavar="ID",
            ),
        ],
        None,
    ),
    "yes": (Annotated[bool, _option("--yes", "-y", zh="不再询问确认。", en="Do not ask for confirmation.")], False),
    "literal": (
        Annotated[bool, _option("--literal", zh="名称照写照用，不猜。", en="Take names exactly as they are written.")],
        False,
    ),
}


def reading(command: Command) -> Command:
    """Give a command `--format`, `--out` and `--as-of`, and the session with `session.reading` set."""

    def run(context: typer.Context, **given: Any) -> int | None:
        from salesaid.session import ReadingOptions

        context.obj.reading = ReadingOptions(*(given.pop(f"reading_{name}") for name in _READING))
        return command(context.obj, **given)

    return _as_typer_sees_it(run, command, "reading", _READING)


def writing(command: Command) -> Command:
    """Give a command the options of a post (date, note, dry run …), and the session with `session.writing` set."""

    def run(context: typer.Context, **given: Any) -> int | None:
        from salesaid.session import WritingOptions

        context.obj.writing = WritingOptions(*(given.pop(f"writing_{name}") for name in _WRITING))
        return command(context.obj, **given)

    return _as_typer_sees_it(run, command, "writing", _WRITING)


def plain(command: Command) -> Command:
    """Give a command nothing but the session: for the few that neither list rows nor post any."""

    def run(context: typer.Context, **given: Any) -> int | None:
        return command(context.obj, **given)

    return _as_typer_sees_it(run, command, "plain", {})


def _as_typer_sees_it(run: Command, command: Command, prefix: str, shared: dict[str, tuple[Any, Any]]) -> Command:
    """`run` under the command's name, with its parameters but the session, and the shared ones.

    Shared parameters are called `reading_out` and the like, so that they are in no command's way.
    """
    _session, *own = signature(command).parameters.values()
    run.__name__, run.__doc__, run.__module__ = command.__name__, command.__doc__, command.__module__
    run.__wrapped__ = command  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in own}
    hints = {"context": typer.Context, **get_type_hints(run, include_extras=True)}
    hints |= {f"{prefix}_{name}": annotation for name, (annotation, _) in shared.items()}
    defaults = {p.name: p.default for p in own}
    defaults |= {f"{prefix}_{name}": default for name, (_, default) in shared.items()}
    run.__annotations__ = hints
    run.__signature__ = signature(command).replace(  # type: ignore[attr-defined]
        parameters=[
            Parameter(name, Parameter.KEYWORD_ONLY, default=defaults.get(name, Parameter.empty), annotation=hint)
            for name, hint in hints.items()
        ],
        return_annotation=int | None,
    )
    return run
