"""Aliases: what was decided about two names, by whom and when; ledger text is never rewritten for it."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import DATE, TEXT, Choice
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="aliases",
    title=Text("名称对照", "aliases"),
    kind="register",
    key=("kind", "name", "stands_for"),
    needs=(("kind",), ("name",), ("stands_for",)),
    columns=(
        col.column(
            "kind",
            Choice(
                {
                    "product": Text("产品", "product"),
                    "customer": Text("客户", "customer"),
                    "supplier": Text("供应商", "supplier"),
                }
            ),
            "种类 类型 类别 名称种类",
            "产品、客户或供应商",
            "product, customer or supplier",
        ),
        col.column("name", TEXT, "写法 名称 原名称 别名 原写法 曾用名", "台账里的写法", "the name as written"),
        col.column(
            "stands_for",
            TEXT,
            "对应名称 标准名称 正式名称 统一名称 规范名称 标准写法",
            "与之对照的名称",
            "the name that it is held against",
        ),
        col.column(
            "verdict",
            Choice(
                {
                    "same": Text("同一", "same"),
                    "different": Text("不同", "different"),
                    "later": Text("待定", "later"),
                }
            ),
            "判定 结论 判断 是否同一",
            "同一、不同或待定；空白为同一",
            "same, different or later; blank is same",
        ),
        col.column("decided_on", DATE, "判定日期 决定日期 确认日期", "判定的日期", "date of the decision"),
        col.column("decided_by", TEXT, "判定人 决定人 确认人", "谁判定的", "who decided"),
        col.NOTE,
    ),
)
