"""A made-up month of a small office: key figures, a trend with a target, people, ages, sentences, and long details."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, QTY, RATE, TEXT
from salesaid.core.tables import Card, Chart, Field, Note, Report, Table
from salesaid.core.text import Text, same
from salesaid.render import Occasion

DAY = date(2026, 11, 22)
CHINESE, ENGLISH = Occasion("zh", "report month", DAY), Occasion("en", "report month", DAY)
HOSTILE = (
    "=cmd|' /C calc'!A0", "@SUM(A1)", "-1+1", "＝1", "\t=1", "http://e.com", "internal:A!1", "</v><f>1</f>", "<b>&amp;",
    "]]>", "'; DROP", "{=1}", "骏业", "北京华夏立鸿商贸有限责任公司", "a\u202eb", "\x1b[31m",
)  # fmt: skip


def money(number: int) -> Decimal:
    """An amount that looks like chance and is none."""
    return Decimal(number * 7919 % 1_000_003) / 100


def key_figures() -> Table:
    fields = (
        Field("name", Text("指标", "Figure"), TEXT),
        Field("value", Text("本期", "Period"), MONEY),
        Field("change_rate", Text("环比", "Change"), RATE),
    )
    rows = [(name, money(at + 5), Decimal(at - 1) / 10) for at, name in enumerate(("销售净额", "回款", "毛利"))]
    return Table(Text("关键指标", "Key figures"), fields, rows)


def months(title: str = "走势") -> Table:
    fields = (
        Field("month", Text("月份", "Month"), TEXT),
        Field("net", Text("净额", "Net"), MONEY),
        Field("target", Text("目标", "Target"), MONEY),
        Field("attainment", Text("完成率", "Attainment"), RATE),
    )
    nets = [money(month * 31) if month < 12 else None for month in range(1, 13)]
    rows = [
        (f"2026-{month:02d}", net, Decimal(6000), net and (net / 6000).quantize(Decimal("0.0001")))
        for month, net in enumerate(nets, 1)
    ]
    totals = {"net": sum(net or 0 for net in nets), "target": Decimal(72_000)}
    chart = Chart("columns", "month", ("net", "target"), ("target",))
    return Table(same(title), fields, rows, totals, chart=chart)


def people(names: tuple[str, ...] = HOSTILE, title: str = "业务员") -> Table:
    fields = (
        Field("salesperson", Text("业务员", "Salesperson"), TEXT),
        Field("net", Text("净额", "Net"), MONEY),
        Field("days_late", Text("逾期天数", "Days late"), DAYS),
        Field("share", Text("占比", "Share"), RATE),
    )
    rows = [(name, money(at + 2) - 900, Decimal(at % 3), Decimal(at) / len(names)) for at, name in enumerate(names)]
    totals = {"net": sum(row[1] for row in rows)}
    return Table(same(title), fields, rows, totals, chart=Chart("bars", "salesperson", ("net",), (), 10))


def quality() -> Table:
    fields = (
        Field("what", Text("情况", "What"), TEXT),
        Field("count", Text("处数", "Count"), QTY),
        Field("why", Text("怎么办", "What to do"), TEXT, folds=True),
    )
    rows = [("名称未定", Decimal(3), "两个名称是不是同一个客户还没有决定，" * 6), ("没有单号", Decimal(1), "=1+1")]
    return Table(Text("数据质量", "Data quality"), fields, rows, notes=(Note("q", "warning", same("2 行未采用")),))


def details(count: int = 40) -> Table:
    fields = (
        Field("date", Text("日期", "Date"), DATE),
        Field("order_no", Text("单号", "Order"), NUMBER_NO),
        Field("customer", Text("客户", "Customer"), TEXT),
        Field("qty", Text("数量", "Qty"), QTY),
        Field("amount", Text("金额", "Amount"), MONEY),
    )
    rows = [detail(number) for number in range(count)]
    totals = {"qty": sum(row[3] for row in rows), "amount": sum(row[4] for row in rows)}
    return Table(Text("明细", "Details"), fields, rows, totals)


def detail(number: int) -> tuple[object, ...]:
    day = date(2026, 11, 1) + timedelta(number % 28)
    amount = money(number) - (2000 if number % 9 == 0 else 0)
    return day, f"SO{number:06d}", HOSTILE[number % len(HOSTILE)], Decimal(number % 50 - 3), amount


def report(count: int = 40, title: str = "销售月报 2026-11") -> Report:
    summary = Card(
        Text("汇总", "Summary"),
        (key_figures(), months(), people(title="[业务员]*?:/\\"), quality()),
        (Note("card", "info", same("截至今日")),),
    )
    notes = (Note("later", "warning", same("3 行日期在今天以后")),)
    return Report(same(title), (summary, people(title="x" * 40), people(title="X" * 40)), (details(count),), notes)
