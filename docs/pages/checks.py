"""The page on the check: every rule there is, with its examples, and the limits that rules use, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from itertools import groupby

from grid import grid

from salesaid import checks
from salesaid.checks import Check
from salesaid.core.findings import Severity
from salesaid.core.limits import LIMITS
from salesaid.core.rules import Rule
from salesaid.core.text import Text

_ABOUT = """# The check 查账

`salesaid check` goes through all ledgers, rule by rule, and says what is wrong, where, and what to do. It is silent
where all is well; its exit code is 1 where it found something. Rules are chosen, or left out with `--ignore`, by code,
by letter or by name: `salesaid check L K02 no-price`. A rule is explained by `salesaid check --explain L01`.

`salesaid check` 逐条规则查全部台账：哪里错了、怎么办。没有问题就不出声；有问题退出码为 1。
可以按代码、字母或名称选规则，`--ignore` 是不查的；`--explain L01` 说明一条规则。

- A code is never given to another rule. An *error* makes figures wrong or loses goods or money, a *warning* wants
  somebody to act, a *note* is worth knowing. 程度：错误会让数字不对或丢货丢钱，警告要有人处理，提示供参考。
- `ok:L01` in a row's note excuses the row from a rule; `mute = ["L01"]` under `[check]` in `salesaid.toml` silences the
  rule for the book. 备注里写 `ok:L01` 放过这一行；设置 `[check]` 的 `mute` 整条不查。
- `--baseline FILE --accept` keeps what is known; with `--baseline FILE` only what is new is shown.
  `--baseline 文件 --accept` 记下已知的，以后只列新的。

The first example of each rule is what it finds, the second is mended; both are run as its test. A line that is a file's
name begins a ledger, and a line with `$` is a command. Today is {today} there.
每条规则的第一个例子是错的，第二个是改好的，都作为测试运行；例子里的今天是 {today}。
"""
_DOCUMENTS = """
## Documents 单据

Set under `[documents]` in `salesaid.toml`. 在 `salesaid.toml` 的 `[documents]` 下设置。

```toml
[documents]
needed = ["合同", "送货单"]
since = 2026-01-01
```

- `needed`: the papers of a shipped order (D01). Left out, it is these two, or `["contract", "delivery note"]`, and
  nothing is asked for until a first paper is filed; `[]` asks for none.
  订单发货后要有的单据（D01）。不写就是这两种，归档第一份之前不要求；`[]` 为不要求。
- `since`: orders taken before that day need none. Left out, it is the day of the first paper, or, where `needed` is
  set, all orders need theirs. 这一天以前的订单不要求；不写就从第一份单据的日期起，写了 `needed` 的则是全部订单。
"""
_TODAY = Rule._field_defaults["today"]
_FAMILIES = {
    "A": Text("任何台账", "any ledger"),
    "C": Text("日记账", "cash"),
    "D": Text("单据", "documents"),
    "F": Text("运费", "freight"),
    "K": Text("库存", "stock"),
    "L": Text("借用", "loans"),
    "M": Text("应收", "money owed"),
    "N": Text("名称", "names"),
    "O": Text("订单", "orders"),
    "P": Text("采购", "purchases"),
    "R": Text("返修", "repairs"),
    "T": Text("待办", "to-dos"),
    "V": Text("拜访", "visits"),
    "X": Text("编号", "numbers"),
}
_SEVERITIES: dict[Severity, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "note": Text("提示", "note"),
}


def page() -> str:
    """The whole page: a list of all rules, each rule, the limits."""
    lines = [_ABOUT.format(today=_TODAY), *_overview(), ""]
    for letter, rules in groupby(checks.every(), key=lambda check: check.rule.code[0]):
        lines += [f"## {letter} · {_both(_FAMILIES[letter])}\n", *(line for each in rules for line in _section(each))]
    return "\n".join([*lines, *_limits(), _DOCUMENTS.rstrip()]) + "\n"


def _overview() -> Iterator[str]:
    """A line for each rule."""
    heads = ("code", "name", "severity", "what it finds", "查什么")
    yield from grid(
        heads,
        (
            (f"[{each.rule.code}](#{_anchor(each)})", f"`{each.name}`", each.rule.severity, title.en, title.zh)
            for each in checks.every()
            for title in (each.rule.title,)
        ),
    )


def _section(check: Check) -> Iterator[str]:
    """One rule in full."""
    rule = check.rule
    yield f"### {rule.code} {check.name}\n"
    yield f"{_both(rule.title)} · *{_both(_SEVERITIES[rule.severity])}*\n"
    yield f"Why: {rule.why.en}<br>为什么：{rule.why.zh}\n"
    yield from _example(rule.wrong, rule.today)
    yield f"Mend: {rule.mend.en}<br>怎么改：{rule.mend.zh}\n"
    yield from _example(rule.mended, rule.today)


def _example(book: str, today: str) -> Iterator[str]:
    """A small book, and the day on which it is looked at where that is another than the others'."""
    if today != _TODAY:
        yield f"Today is {today}. 今天是 {today}。\n"
    yield f"```text\n{cleandoc(book)}\n```\n"


def _limits() -> Iterator[str]:
    yield "## Limits 界限\n"
    yield "Set under `[limits]` in `salesaid.toml`. 在 `salesaid.toml` 的 `[limits]` 下设置。\n"
    yield from grid(
        ("name", "default", "what it is", "说明"),
        ((f"`{name}`", str(limit.default), limit.text.en, limit.text.zh) for name, limit in sorted(LIMITS.items())),
    )


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"


def _anchor(check: Check) -> str:
    """What Markdown's headings are reached by."""
    return f"{check.rule.code.lower()}-{check.name}"
