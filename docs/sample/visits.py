"""Whom the sample book's salespeople saw and called, who called them, and what there is to do at the desk."""

from __future__ import annotations

from collections import Counter
from csv import reader
from datetime import date

from salesaid.core.numbers import number
from salesaid.ledgers import load

from .registers import CUSTOMERS, Row

_PEOPLE = {str(row["customer"]): row for row in CUSTOMERS}

# date, customer, kind, direction, subject, result, next date, note
_VISITS = """\
2026-07-07,深圳骏业电子,visit,out,送 BVM7-710 样板,同意小批试用,2026-07-14,
2026-07-14,深圳骏业电子,phone,out,问试用情况,可以下单,,
2026-07-15,海川散热器,visit,out,铜带规格和年用量,每月约 200 公斤,2026-08-05,
2026-07-23,乡村基,visit,out,门店点餐机换型,等总部定型号,2026-08-06,
2026-08-04,海川散热器,phone,out,问八月用量,按上月备货,,
2026-08-07,乡村基,wechat,out,问点餐机型号定了没有,定 BV-T1,,
2026-08-12,博远电子,phone,in,问工控主板价格,已报价,2026-08-26,
2026-08-13,北辰科技,visit,out,展会样机,借整机两台,,
2026-08-26,博远电子,phone,out,问报价意见,还在比价,2026-09-16,
2026-09-02,佐客,visit,out,试用机使用情况,再用一个月,2026-10-09,
2026-09-16,博远电子,qq,out,问比价结果,年底再定,2026-11-18,
2026-09-17,万安达,visit,out,四季度用量,照旧,,
2026-09-22,立信互感器,phone,in,催铜带发货,,,
2026-09-22,立信互感器,phone,out,催铜带发货,当天发出,,reply
2026-10-09,佐客,phone,out,问试用机归还,答应月底还,2026-10-30,
2026-10-13,华联网店,qq,in,问套餐价格,已发价目,,
2026-10-22,深圳骏业电子,visit,out,质量回访,满意,,
2026-10-30,佐客,phone,out,催还试用机,还在用,2026-11-24,
2026-11-04,中科恒业,visit,out,付款条件,请示后答复,2026-11-25,
2026-11-05,灵龙,fax,in,传来盖章的合同,已收到,,
2026-11-10,恒丰电器,visit,out,为什么不再订货,换了供货单位,,
2026-11-10,恒丰电器,visit,out,为什么不再订货,换了供货单位,,
2026-11-10,恒丰电器,visit,out,为什么不再订货,换了供货单位,,void
2026-11-12,海川散热器,visit,out,对账,有一笔待核,,
2026-11-16,东莞骏业五金,email,in,要对账单,,,
2026-11-17,东莞骏业五金,email,out,要对账单,对账单已发,,reply
2026-11-19,乡村基,phone,in,门店主板坏了要应急,,,
2026-11-20,,phone,in,问 H65 铜带价格,已报价,,
"""
_STRANGER = {"contact": "刘先生", "phone": "13800009901"}
_BY = {"": "赵丽"}

# What nobody wrote down when it was: month's end, salesperson, how many.
_ESTIMATED = (("2026-08-31", "徐峰", 8), ("2026-08-31", "王磊", 7), ("2026-09-30", "赵丽", 5))

# number, date, action, text, due, owner, asked by, customer, note
_TODOS = """\
TD20261102-001,2026-11-02,add,十月份合同按单位归档,2026-11-13,小郑,,,
TD20261109-001,2026-11-09,add,万安达要加 20 块 BVM7-710，告诉徐峰,2026-11-10,徐峰,小郑,万安达,
TD20261109-001,2026-11-10,done,万安达要加 20 块 BVM7-710，告诉徐峰,,,,万安达,徐峰已下单
TD20261102-001,2026-11-13,defer,十月份合同按单位归档,2026-11-27,,,,先赶月报
TD20261116-001,2026-11-16,add,给乡村基补开十月发票,2026-11-19,小于,李经理,乡村基,
TD20261116-002,2026-11-16,add,打印展会邀请函,2026-11-20,小郑,陈静,,
TD20261118-001,2026-11-18,add,问江南铜业下周铜价,2026-11-23,小于,赵丽,,
TD20261118-002,2026-11-18,add,给新仓库贴货位标签,,小郑,,,
TD20261116-002,2026-11-19,drop,打印展会邀请函,,,,,展会改到明年
"""


def _visits() -> list[Row]:
    """The visits, numbered day by day."""
    rows: list[Row] = []
    for day, customer, kind, way, subject, result, next_date, note in reader(_VISITS.splitlines()):
        who = _PEOPLE.get(customer, _STRANGER)
        rows.append(
            {
                "date": day, "customer": customer, "contact": who["contact"], "phone": who["phone"], "kind": kind,
                "direction": way, "count": "1", "subject": subject, "result": result, "next_date": next_date,
                "salesperson": who.get("salesperson") or _BY[customer], "basis": "recorded", "note": note,
            }
        )  # fmt: skip
    rows += [
        {
            "date": day,
            "kind": "visit",
            "direction": "out",
            "count": str(count),
            "salesperson": who,
            "basis": "estimated",
        }
        for day, who, count in _ESTIMATED
    ]
    return _numbered(sorted(rows, key=lambda row: str(row["date"])))


def _numbered(rows: list[Row]) -> list[Row]:
    """The rows with their numbers; `reply` and `void` are about the row above."""
    met: Counter[str] = Counter()
    for at, row in enumerate(rows):
        day, note, above = str(row["date"]), row.get("note"), str(rows[at - 1].get("visit_no"))
        if note == "void":
            row |= {"visit_no": above, "note": "作废：同一次拜访记了两遍"}
            continue
        met[day] += 1
        row["visit_no"] = number("VS", date.fromisoformat(day), met[day])
        if note == "reply":
            row["note"] = f"回复 {above}"
    return rows


VISITS = _visits()
TODOS: list[Row] = [
    dict(zip([column.id for column in load("todos").columns], cells, strict=True))
    for cells in reader(_TODOS.splitlines())
]
