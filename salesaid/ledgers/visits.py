"""Visits: who was seen or called, or called us, about what, what came of it, and when to be in touch again."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import DUE, QTY, TEXT, Choice
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

# 来电 and 来访 are no kinds: read as such they would say that we called, and nobody would call back.
_KIND = Choice(
    {
        "visit": Text("拜访", "visit"),
        "phone": Text("电话", "phone"),
        "qq": Text("QQ", "QQ"),
        "wechat": Text("微信", "wechat"),
        "fax": Text("传真", "fax"),
        "email": Text("邮件", "email"),
    },
    {
        **dict.fromkeys(("上门", "上门拜访", "实地拜访", "走访", "登门", "面谈", "当面"), "visit"),
        **dict.fromkeys(("电话拜访", "电话联系", "电话沟通", "打电话", "电访", "去电", "手机", "call"), "phone"),
        **dict.fromkeys(("微信联系", "微信沟通", "weixin"), "wechat"),
        **dict.fromkeys(("电子邮件", "邮箱", "e-mail", "mail"), "email"),
    },
)
_DIRECTION = Choice(
    {"out": Text("去", "out"), "in": Text("来", "in")},
    {
        **dict.fromkeys(("去电", "去访", "呼出", "打出", "外出", "主动", "我方", "我方联系"), "out"),
        **dict.fromkeys(("来电", "来访", "呼入", "打入", "客户来电", "客户来访", "客户"), "in"),
    },
)
_BASIS = Choice(
    {"recorded": Text("记录", "recorded"), "estimated": Text("估计", "estimated")},
    {
        **dict.fromkeys(("有记录", "实记", "实录", "登记"), "recorded"),
        **dict.fromkeys(("估算", "概估", "补估", "没有记录", "无记录"), "estimated"),
    },
)

LEDGER = Ledger(
    id="visits",
    title=Text("拜访", "visits"),
    kind="journal",
    number="visit_no",
    prefix="VS",
    needs=(("date",),),
    columns=(
        col.number("visit_no", "拜访单号 拜访编号 记录编号", Text("拜访单号", "number of the visit")),
        col.prefer(col.DATE, "拜访日期 拜访时间 来电日期 通话日期 联系日期 沟通日期 走访日期"),
        col.prefer(col.CUSTOMER, "拜访客户 拜访单位 来电单位 走访单位"),
        col.prefer(col.CONTACT, "来电人 拜访对象 受访人 客户联系人"),
        col.PHONE,
        col.column(
            "kind",
            _KIND,
            "拜访方式 方式 沟通方式 跟进方式 联系途径 拜访类型 类型",
            "方式：拜访、电话、QQ、微信、传真、邮件；空白为拜访，来的为电话",
            "visit, phone, qq, wechat, fax or email; blank is a visit, of what came in a call",
        ),
        col.column(
            "direction",
            _DIRECTION,
            "方向 来去 来往 呼叫方向",
            "去：我们找客户；来：客户找我们；空白为去",
            "out: we went or called; in: they did; blank is out",
        ),
        col.column(
            "count",
            QTY,
            "次数 拜访次数 联系次数 访问次数",
            "次数；空白为 1",
            "how many times; blank is once",
        ),
        col.column(
            "subject",
            TEXT,
            "内容 拜访内容 沟通内容 洽谈内容 事由 主题 拜访目的 拜访事由",
            "说了什么事",
            "what it was about",
        ),
        col.column(
            "result",
            TEXT,
            "结果 拜访结果 沟通结果 处理结果 反馈 客户反馈",
            "结果；客户来电已经答复的也写在这里",
            "what came of it; also what a caller was told",
        ),
        col.column(
            "next_date",
            DUE,
            "下次跟进日期 下次跟进 下次跟进时间 下次拜访日期 下次拜访时间 下次拜访 下次联系日期 下次联系时间 下次联系 "
            "跟进日期 回访日期",
            "下次跟进的日期",
            "day on which to be in touch again",
        ),
        col.prefer(col.SALESPERSON, "拜访人 拜访人员 跟进人 跟进人员 接待人 接听人"),
        col.column(
            "basis",
            _BASIS,
            "依据 记录依据 数据依据",
            "有记录的，还是估计的；空白为有记录",
            "recorded, or only estimated; blank is recorded",
        ),
        col.NOTE,
    ),
)
