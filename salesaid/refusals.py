"""What a session refuses before anything is decided: a missing value, an unreadable one, a missing yes."""

from __future__ import annotations

from datetime import date

from salesaid.core.errors import Refused
from salesaid.core.kinds import Unreadable
from salesaid.core.text import Text

_WRITE_DUE = Text("写成 --due 日期，如 --due +7", "write --due DATE, such as --due +7")
_WRITTEN = {
    Text("货品（产品×数量）", "an item (PRODUCT×QTY)"): Text("写成 -i 产品×数量", "write -i PRODUCT×QTY"),
    Text("原因", "the reason"): Text("写成 --why 原因", "write --why TEXT"),
    Text("单号", "the number"): Text("写在命令后面，如 1122-3", "write it behind the command, such as 1122-3"),
    Text("应还日期", "the due date"): _WRITE_DUE,
    Text("期限", "the due date"): _WRITE_DUE,
    Text("单据种类", "the kind of document"): Text("写成 --kind 种类，如 --kind 合同", "write --kind KIND"),
    Text("转成什么（sell gift consume lose swap）", "what it becomes (sell gift consume lose swap)"): Text(
        "写成 --to sell", "write --to sell"
    ),
    Text("退款金额", "the amount given back"): Text("写成 --amount 金额", "write --amount AMOUNT"),
    Text("调入仓库", "the warehouse to move to"): Text("写成 --to 仓库", "write --to WAREHOUSE"),
}  # how what is asked for most is typed
_BEHIND = Text("写在命令后面；例子见 --help", "write it behind the command; --help has examples")


class Missing(Refused):
    """An argument that the command needs was not given, and there is no terminal to ask on."""

    def __init__(self, what: Text, hint: Text | None = None) -> None:
        super().__init__(Text(f"缺少{what.zh}", f"{what.en} is missing"), hint or _WRITTEN.get(what, _BEHIND))


class UnreadableValue(Refused):
    """A value that was typed is not of its kind."""

    def __init__(self, what: Text, trouble: Unreadable) -> None:
        super().__init__(
            Text(f"{what.zh}“{trouble.text}”看不懂", f"{what.en} “{trouble.text}” cannot be read"),
            Text(f"可以写：{trouble.accepted.zh}", f"accepted: {trouble.accepted.en}"),
        )


class NotConfirmed(Refused):
    """A person said no, or could not be asked."""

    def __init__(self, question: Text) -> None:
        super().__init__(
            Text(f"没有得到确认：{question.zh}", f"not confirmed: {question.en}"),
            Text("确认无误请加 --yes", "to confirm, add --yes"),
        )


class TurnedPeriod(Refused):
    """The last day that was asked for lies before the first."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            Text(
                f"--since {first} 比 --until {last} 晚，中间没有日子",
                f"--since {first} is after --until {last}: there are no days between",
            ),
            Text("请对调，或改其中一个", "exchange them, or write another day for one of them"),
        )


def require_order(first: date | None, last: date | None) -> None:
    """Hold two days of a period against each other. Raises TurnedPeriod."""
    if first is not None and last is not None and last < first:
        raise TurnedPeriod(first, last)
