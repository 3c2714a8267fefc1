"""Targets: what is to be sold in a month, by salesperson and by category."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import MONEY, TEXT
from salesaid.core.months import MONTH
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="targets",
    title=Text("目标", "targets"),
    kind="register",
    key=("month", "salesperson", "category"),
    needs=(("month",), ("amount",)),
    columns=(
        col.column("month", MONTH, "月份 目标月份 年月 月度 月 期间", "月份，如 2026-11", "the month: 2026-11"),
        col.prefer(
            col.SALESPERSON,
            "姓名 责任人 负责人",
            Text("业务员；空白或 全部 为全公司", "the salesperson; blank or all is the whole house"),
        ),
        col.column(
            "category", TEXT, "类别 产品类别 品类 分类 大类 产品线", "产品类别；空白为全部", "category; blank is all"
        ),
        col.column(
            "amount",
            MONEY,
            "目标金额 目标 销售目标 任务 销售任务 任务额 指标 金额 计划金额",
            "要完成的销售净额",
            "net sales to be reached",
        ),
        col.NOTE,
    ),
)
