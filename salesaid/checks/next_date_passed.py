"""Customers with whom somebody was to be in touch again, and nobody was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.visit_log import VisitLog
from salesaid.core.blanks import CUSTOMER
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, in_days, same

_BOOK = """
    拜访.csv
    单号,日期,客户,联系人,拜访方式,内容,结果,下次跟进日期
    VS20261105-001,2026-11-05,骏业,何先生,拜访,看样板,要比价,2026-11-16
    """
RULE = Rule(
    "V01",
    "warning",
    Text("到期没有跟进", "not followed up"),
    why=Text(
        "说好再联系的客户没人联系，生意就给了别人。", "Whom nobody calls as was promised buys from somebody else."
    ),
    mend=Text(
        "联系客户并登记；还早的，登记这次联系和新的日期。",
        "Be in touch and write it down, with another day where it is too early.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "VS20261116-001,2026-11-16,骏业,何先生,电话,问比价结果,月底定,2026-11-30",
        after="VS20261105-001,2026-11-05,骏业,何先生,拜访,看样板,要比价,2026-11-16",
    ),
)


def next_date_passed(visit_log: VisitLog, today: date) -> Iterator[Wrong]:
    """A finding for each visit whose next day has passed without another contact with the customer."""
    for asked in visit_log.open:
        visit, late = asked.visit, asked.days_late(today)
        if visit.next_date is None or late is None:
            continue
        who = CUSTOMER.show(visit.customer, "zh"), CUSTOMER.show(visit.customer, "en")
        about = visit.subject_aside
        yield Wrong(
            "visits",
            Text(
                f"{who[0]} 该在 {visit.next_date} 跟进，过了 {late} 天{about.zh}",
                f"{who[1]} was to be followed up on {visit.next_date}, {in_days(late)} ago{about.en}",
            ),
            visit.own_number, row=visit.row, column="next_date", value=visit.next_date.isoformat(),
            suggestion=same(command("visit", "add", "--reply", visit.visit_no)),
            about=visit.customer,
        )  # fmt: skip
