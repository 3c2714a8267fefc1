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


def option(flags: str, zh: str, en: str, metavar: str | None = None, kind: str = "") -> Any:
    """An option with its help in both languages; the shell offers names of this kind."""
    complete = values(kind) if kind else None
    return typer.Option(*flags.split(), help=both(zh, en), metavar=metavar, autocompletion=complete)


def argument(metavar: str, zh: str, en: str, kind: str = "") -> Any:
    """The same of a word without a flag."""
    return typer.Argument(metavar=metavar, help=both(zh, en), autocompletion=values(kind) if kind else None)


def _and_items(zh: str, en: str) -> Any:
    return argument(
        both(f"{zh} 货品×数量…", f"{en.upper()} ITEM..."),
        f"先写{zh}，再写货品：产品×数量[单位][@单价]。",
        f"The {en}, then items as PRODUCT×QTY[UNIT][@PRICE].",
        f"{en}_or_product",
    )


_TEXT = both("文字", "TEXT")
_DATE = both("日期", "DATE")
_NAME = both("名称", "NAME")
_AMOUNT = both("金额", "AMOUNT")
_NO = both("单号", "NO")
_FILE = both("文件", "FILE")
_COUNT = both("行数", "COUNT")

# Whom and what it is about.
Customer = Annotated[str | None, option("--customer -c", "客户。", "Customer.", _NAME, "customer")]
Supplier = Annotated[str | None, option("--supplier -s", "供应商。", "Supplier.", _NAME, "supplier")]
Product = Annotated[str | None, option("--product -p", "产品。", "Product.", _NAME, "product")]
Items = Annotated[
    list[str] | None,
    option(
        "--item -i",
        "货品，写作 产品×数量[单位][@单价]；可多次给出。",
        "Item as PRODUCT×QTY[UNIT][@PRICE]; may be given again.",
        both("货品×数量", "ITEM"),
        "product",
    ),
]
Category = Annotated[str | None, option("--category", "产品类别。", "Product category.", both("类别", "NAME"))]
Warehouse = Annotated[
    str | None,
    option("--warehouse -w", "仓库；不写用账本的默认仓。", "Warehouse; by default the book's.", _NAME, "warehouse"),
]
Salesperson = Annotated[str | None, option("--by", "业务员。", "Salesperson.", _NAME, "salesperson")]
Owner = Annotated[str | None, option("--owner", "负责人；me 是我。", "Owner; me for mine.", _NAME, "salesperson")]
Handler = Annotated[str | None, option("--handler", "经手人。", "Who handled it.", _NAME, "salesperson")]
Factory = Annotated[str | None, option("--factory", "返修工厂。", "Factory.", _NAME, "supplier")]
Order = Annotated[str | None, option("--order", "对应的订单号。", "Order it is for.", _NO, "order_no")]
Serials = Annotated[list[str] | None, option("--serial", "序列号；可多次。", "Serial number, or several.", _TEXT)]

# When.
Since = Annotated[str | None, option("--since", "从这一天起（含）。", "From this day on.", _DATE)]
Until = Annotated[str | None, option("--until", "到这一天止（含）。", "Up to and with this day.", _DATE)]
Due = Annotated[str | None, option("--due", "期限：日期、+7 或周五。", "Due: a date, +7 or Fri.", _DATE)]

# How much and why.
Price = Annotated[str | None, option("--price", "单价。", "Unit price.", _AMOUNT)]
Amount = Annotated[str | None, option("--amount", "金额。", "Amount.", _AMOUNT)]
Why = Annotated[str | None, option("--why", "原因。", "Why.", _TEXT)]
Carrier = Annotated[str | None, option("--carrier", "承运商。", "Carrier.", _NAME, "carrier")]
Tracking = Annotated[str | None, option("--tracking", "物流单号。", "Tracking number.", _TEXT)]
Freight = Annotated[str | None, option("--freight", "运费。", "Freight paid.", _AMOUNT)]
Force = Annotated[bool, option("--force", "明知有冲突仍然执行。", "Do it although something speaks against it.")]
New = Annotated[bool, option("--new", "名称不在册时新建。", "Create a name that is not known yet.")]

# Which rows a list shows.
All = Annotated[bool, option("--all", "全部，包括已了结的。", "All, also what is closed.")]
Open = Annotated[bool, option("--open", "只看未完成的。", "Only what is open.")]
Late = Annotated[bool, option("--late --overdue", "只看已逾期的。", "Only what is late.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, metavar=_COUNT, help=both("最多显示多少行。", "Show at most so many rows.")),
]

# How other people's sheets are read.
Maps = Annotated[
    list[str] | None,
    option("--map", "说明表头是哪一列，可多次。", "What a heading is.", both("表头=列", "HEADING=COLUMN")),
]
OrderOfDates = Annotated[
    Literal["ymd", "dmy", "mdy"] | None, option("--date-order", "5/6/26 的年月日次序。", "The order of 5/6/26.")
]

# Positional arguments: names and numbers without a flag.
CustomerAndItems = Annotated[list[str] | None, _and_items("客户", "customer")]
SupplierAndItems = Annotated[list[str] | None, _and_items("供应商", "supplier")]
CustomerName = Annotated[str | None, argument(both("客户", "CUSTOMER"), "客户。", "Customer.", "customer")]
SupplierName = Annotated[str | None, argument(both("供应商", "SUPPLIER"), "供应商。", "Supplier.", "supplier")]
ProductName = Annotated[str | None, argument(both("产品", "PRODUCT"), "产品。", "Product.", "product")]

# The same where nothing stands for all of them, or for what an option says.
MaybeCustomer = Annotated[str | None, argument(both("[客户]", "[CUSTOMER]"), "客户。", "Customer.", "customer")]
MaybeProduct = Annotated[str | None, argument(both("[产品]", "[PRODUCT]"), "产品。", "Product.", "product")]


def number(kind: str, metavar: str = _NO) -> Any:
    """A document number without a flag, for commands that need one of their own kind.

    Written as Annotated[str | None, number("loan_no")]. `kind` is the column of the number, or `any_no`.
    """
    return argument(
        metavar, "单号，或简写：1122-3、3、-3（今天的第三张）。", "Number, or short: 1122-3, 3 or -3.", kind
    )


Number = Annotated[str | None, number("any_no")]
OrderNo = Annotated[str | None, number("order_no")]
LoanNo = Annotated[str | None, number("loan_no")]
MaybeLoanNo = Annotated[str | None, number("loan_no", both("[单号]", "[NO]"))]
ReturnNo = Annotated[str | None, number("return_no")]
PurchaseNo = Annotated[str | None, number("purchase_no")]
TodoNo = Annotated[str | None, number("todo_no")]

# Of every post; a command that only posts when asked to takes these by themselves.
DryRun = Annotated[bool, option("--dry-run", "只演示，不记账。", "Show what would be written, write nothing.")]
RequestId = Annotated[
    str | None,
    option(
        "--request-id",
        "请求编号：同一编号再次执行只回答上次的结果。",
        "A second run with the same ID answers the first one's receipt.",
        "ID",
    ),
]

_LITERAL = Annotated[
    bool,
    option("--literal", "允许把 = 或 @ 开头的文字原样写入。", "Let text that starts with = or @ be written as it is."),
]

_READING: dict[str, tuple[Any, Any]] = {
    "format": (
        Annotated[Literal["table", "json", "csv", "md"], option("--format -f", "输出格式。", "Format of the answer.")],
        "table",
    ),
    "out": (
        Annotated[
            str | None,
            option("--out -o", "写入文件：.xlsx .html .csv .json .md。", "Write .xlsx .html .csv .json .md.", _FILE),
        ],
        None,
    ),
    "as_of": (
        Annotated[str | None, option("--as-of", "截至这一天的情形。", "As things stood on this day.", _DATE)],
        None,
    ),
}

_WRITING: dict[str, tuple[Any, Any]] = {
    "date": (Annotated[str | None, option("--date -d", "日期，默认今天。", "Date, by default today.", _DATE)], None),
    "note": (Annotated[str | None, option("--note -n", "备注。", "Note.", _TEXT)], None),
    "dry_run": (DryRun, False),
    "format": (
        Annotated[Literal["table", "json"], option("--format -f", "输出格式。", "Format of the answer.")],
        "table",
    ),
    "request_id": (RequestId, None),
    "yes": (Annotated[bool, option("--yes -y", "不再询问确认。", "Do not ask for confirmation.")], False),
    "literal": (_LITERAL, False),
}

_SHARED: dict[str, dict[str, tuple[Any, Any]]] = {"reading": _READING, "writing": _WRITING, "plain": {}}


def reading(command: Command) -> Command:
    """Give a command `--format`, `--out` and `--as-of`, and the session with `session.reading` set."""

    def run(context: typer.Context, **given: Any) -> int | None:
        from salesaid.given import ReadingOptions

        asked = context.obj.reading = ReadingOptions(*(given.pop(f"reading_{name}") for name in _READING))
        if asked.out:
            from salesaid.screen import require_place

            require_place(context.obj.here, asked.out)
        return command(context.obj, **given)

    return _in_its_place(run, command, "reading")


def writing(command: Command) -> Command:
    """Give a command the options of a post (date, note, dry run …), and the session with `session.writing` set."""

    def run(context: typer.Context, **given: Any) -> int | None:
        from salesaid.given import WritingOptions

        context.obj.writing = WritingOptions(*(given.pop(f"writing_{name}") for name in _WRITING))
        return command(context.obj, **given)

    return _in_its_place(run, command, "writing")


def plain(command: Command) -> Command:
    """Give a command nothing but the session: for the few that neither list rows nor post any."""

    def run(context: typer.Context, **given: Any) -> int | None:
        return command(context.obj, **given)

    return _in_its_place(run, command, "plain")


def _in_its_place(run: Command, command: Command, prefix: str) -> Command:
    run.__name__, run.__doc__, run.__module__ = command.__name__, command.__doc__, command.__module__
    run.__wrapped__ = command  # type: ignore[attr-defined]
    run.prefix = prefix  # type: ignore[attr-defined]
    return run


def with_parameters(run: Command) -> None:
    """Give a decorated command the parameters that typer is to see: its own but the session, and the shared ones.

    Done for the one verb that is typed: to evaluate the annotations of a whole group takes its time. Shared parameters
    are called `reading_out` and the like, so that they are in no command's way.
    """
    prefix = getattr(run, "prefix", None)
    if prefix is None or "__signature__" in run.__dict__:
        return
    shared = _SHARED[prefix]
    _session, *own = signature(run).parameters.values()
    run.__annotations__ = {p.name: p.annotation for p in own}
    hints = {"context": typer.Context, **get_type_hints(run, include_extras=True)}
    hints |= {f"{prefix}_{name}": annotation for name, (annotation, _) in shared.items()}
    defaults = {p.name: p.default for p in own}
    defaults |= {f"{prefix}_{name}": default for name, (_, default) in shared.items()}
    run.__annotations__ = hints
    run.__signature__ = signature(run).replace(  # type: ignore[attr-defined]
        parameters=[
            Parameter(name, Parameter.KEYWORD_ONLY, default=defaults.get(name, Parameter.empty), annotation=hint)
            for name, hint in hints.items()
        ],
        return_annotation=int | None,
    )
