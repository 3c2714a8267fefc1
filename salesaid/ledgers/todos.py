"""To-dos: what somebody has to do, by when, and that it was done, dropped or put off."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import TEXT
from salesaid.core.schema import Action, Ledger
from salesaid.core.text import Text

_NAMED = (("date",), ("todo_no",))
_ACTIONS = (
    Action("add", Text("新增", "add"), needs=(("date",),)),
    Action("done", Text("完成", "done"), needs=_NAMED),
    Action("drop", Text("取消", "drop"), needs=_NAMED),
    Action("defer", Text("延期", "defer"), needs=_NAMED),
)
_DUE = (
    "期限", "截止日期", "截止时间", "完成期限", "要求完成日期", "要求完成时间", "计划完成日期", "计划完成时间",
)  # fmt: skip

# Marks are no words: some desks cross off what is done and tick what is still to do (USERS.md), others do the reverse.
LEDGER = Ledger(
    id="todos",
    title=Text("待办", "todos"),
    kind="journal",
    number="todo_no",
    prefix="TD",
    needs=(("date",),),
    columns=(
        col.number("todo_no", "待办编号 待办单号 事项编号 任务编号", Text("待办编号", "number of the to-do")),
        col.prefer(col.DATE, "记录日期 安排日期 提出日期"),
        col.prefer(
            col.action(
                _ACTIONS,
                {
                    **dict.fromkeys(("待办", "未完成", "新建", "添加", "open", "to do", "todo"), "add"),
                    **dict.fromkeys(("已完成", "完成了", "已办", "办结", "办完"), "done"),
                    **dict.fromkeys(("已取消", "放弃", "不做", "dropped"), "drop"),
                    **dict.fromkeys(("已延期", "推迟", "顺延", "改期", "deferred"), "defer"),
                },
            ),
            "状态 完成情况 完成状态 办理情况",
        ),
        col.column(
            "text", TEXT, "事项 待办事项 待办 工作事项 内容 工作内容 任务 任务内容", "要办的事", "what is to be done"
        ),
        col.DUE._replace(headings=(*_DUE, *col.DUE.headings), help=Text("期限", "day by which it is to be done")),
        col.column("owner", TEXT, "负责人 责任人 执行人 承办人 办理人 处理人", "谁办", "who does it"),
        col.column("asked_by", TEXT, "交办人 提出人 要求人 发起人 安排人", "谁要办的", "who wants it done"),
        col.prefer(col.CUSTOMER, "相关客户 关联客户 涉及客户"),
        col.NOTE,
    ),
    actions=_ACTIONS,
)
