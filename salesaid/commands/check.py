"""查账：按规则找出台账里的错误。 | Check: find what is wrong in the ledgers, rule by rule."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salesaid.core.errors import Refused
from salesaid.core.tables import Note
from salesaid.core.text import Text, same
from salesaid.options import both, reading
from salesaid.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesaid.book.checking import Checked, Since
    from salesaid.checks import Check

app = typer.Typer()

Rules = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=both("[规则…]", "[RULE...]"),
        help=both(
            "代码、字母或名称，如 L02、L、overdue-loan；不写就全查。", "Code, letter or name: L02, L, overdue-loan."
        ),
        show_default=False,
    ),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help=both("不查这些规则。", "Rules to leave out."))]
FailOn = Annotated[
    Literal["error", "warning", "note"],
    typer.Option("--fail-on", help=both("从哪一级起算。", "The least grave that counts.")),
]
Explain = Annotated[str | None, typer.Option("--explain", help=both("说明一条规则。", "Explain a rule."))]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", help=both("已知问题的文件：只列新的。", "Accepted findings: only new ones show.")),
]
Accept = Annotated[
    bool, typer.Option("--accept", help=both("把现有问题都记进 --baseline 的文件。", "Write them all to --baseline."))
]
Lines = Annotated[
    bool, typer.Option("--lines", help=both("每行一条：文件:行: 代码 问题。", "One a line: file:row: CODE message."))
]


class BaselineNeeded(Refused):
    """--accept without the file that is to hold what is accepted."""

    def __init__(self) -> None:
        super().__init__(
            Text("--accept 要和 --baseline 文件一起用", "--accept goes with --baseline FILE"),
            Text(
                "例如：salesaid check --baseline 已知问题.json --accept",
                "salesaid check --baseline known.json --accept",
            ),
        )


@app.command()
@reading
def check(
    session: Session, rules: Rules = None, ignore: Ignore = None, fail_on: FailOn = "note", explain: Explain = None,
    baseline: Baseline = None, accept: Accept = False, lines: Lines = False,
) -> int:  # fmt: skip
    """查全部台账；没有问题就不出声，有则退出码为 1。 | Check all ledgers; silent where all is well, exit 1 otherwise.

    salesaid check
    salesaid check L K02 --fail-on warning
    salesaid check --explain L01
    """
    from salesaid import checks
    from salesaid.book import baselines, checking

    if explain is not None:
        for each in checks.selected([explain]):
            _explain(session, each)
        return 0
    if accept and baseline is None:
        raise BaselineNeeded
    checked = checking.run(session.book, checks.selected(rules or (), ignore or ()))
    file = session.here / baseline if baseline else None
    accepted = baselines.read(file) if file else []
    since = checking.since(checked, accepted)
    since = since._replace(new=checking.as_grave_as(since.new, fail_on))
    if file is not None and accept:
        now = [each.accepted for each in checking.as_grave_as(checked.findings, fail_on)]
        kept = [each for each in accepted if each not in since.solved]  # also what this check did not ask for
        baselines.write(file, {each.fingerprint: each for each in [*kept, *now]}.values())
        session.say(Text(f"已记下 {len(now)} 处", f"{len(now)} findings accepted"))
        return 0
    if lines:
        for line in checking.lines(since.new, session.lang):
            session.say(same(line))
    elif since.new or session.reading.format != "table" or session.reading.out:
        _show(session, since, checked)
    return 1 if since.new else 0


def _show(session: Session, since: Since, checked: Checked) -> None:
    from salesaid.reports.finding_list import finding_list, finding_page

    is_page = session.reading.format == "table" and not session.reading.out
    report = finding_page if is_page else finding_list
    session.show(report(since.new, session.lang, list(_notes(since, checked))))


def _notes(since: Since, checked: Checked) -> Iterator[Note]:
    if since.known or since.solved:
        known, solved = len(since.known), len(since.solved)
        text = Text(f"另有 {known} 处是已知的；{solved} 处已解决", f"{known} more are known; {solved} are solved")
        yield Note("baseline", "info", text)
    if checked.excused:
        text = Text(f"{checked.excused} 处在备注里已说明（ok:）", f"{checked.excused} are excused in notes (ok:)")
        yield Note("excused", "info", text)
    if checked.muted:
        text = Text(f"设置里静音了 {checked.muted} 条规则", f"{checked.muted} rules are muted in the settings")
        yield Note("muted", "info", text)


def _explain(session: Session, check: Check) -> None:
    """A rule in full: why, what is wrong, how to mend it."""
    rule = check.rule
    session.say(same(f"{rule.code} {check.name} · ") + rule.title, "bold")
    session.say(Text(f"为什么：{rule.why.zh}", f"Why: {rule.why.en}"))
    session.say(Text("错例：", "Wrong:"))
    for line in cleandoc(rule.wrong).splitlines():
        session.say(same(f"  {line}".rstrip()), "dim")
    session.say(Text(f"怎么改：{rule.mend.zh}", f"Mend: {rule.mend.en}"))
    for line in cleandoc(rule.mended).splitlines():
        session.say(same(f"  {line}".rstrip()), "dim")
