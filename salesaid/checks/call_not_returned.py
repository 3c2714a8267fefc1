"""Calls that came in, and that nobody returned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.visit_log import VisitLog
from salesaid.core.blanks import CUSTOMER
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

RULE = Rule(
    "V02",
    "warning",
    Text("来电没有回复", "call not returned"),
    why=Text("客户找了我们，没有人回话。", "A customer asked, and nobody answered."),
    mend=Text(
        "回复客户并登记（--reply）；当时已经答复的，在那一行补上结果。",
        "Answer and write it down with --reply; where it was answered at once, fill in the row's result.",
    ),
    wrong="""
        拜访.csv
        单号,日期,客户,联系人,电话,拜访方式,方向,内容,结果
        VS20261119-001,2026-11-19,骏业,何先生,13800002101,电话,来,问主板交期,
        """,
    mended="""
        拜访.csv
        单号,日期,客户,联系人,电话,拜访方式,方向,内容,结果,备注
        VS20261119-001,2026-11-19,骏业,何先生,13800002101,电话,来,问主板交期,,
        VS20261120-001,2026-11-20,骏业,何先生,13800002101,电话,去,问主板交期,周五发货,回复 VS20261119-001
        """,
)


def call_not_returned(visit_log: VisitLog, settings: Settings, today: date) -> Iterator[Wrong]:
    """A finding for each call without a day of its own that was not returned within so many days."""
    most = settings.limit("call_return_days")
    for asked in visit_log.open:
        visit = asked.visit
        days = (today - visit.day).days
        if visit.asks != "call" or visit.next_date is not None or days <= most:
            continue
        who = " ".join(text for text in (visit.customer, visit.contact, visit.phone) if text)
        about = visit.subject_aside
        yield Wrong(
            "visits",
            Text(
                f"{who or CUSTOMER.blank.zh} 找过我们{about.zh}，{days} 天没有回复",
                f"{who or CUSTOMER.blank.en} was not answered for {in_days(days)}{about.en}",
            ),
            visit.own_number, row=visit.row, column="result", value="",
            suggestion=same(command("visit", "add", "--reply", visit.visit_no)),
            about=f"{visit.customer} {visit.day} {visit.subject.strip()}",
        )  # fmt: skip
