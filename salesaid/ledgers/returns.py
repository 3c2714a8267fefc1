"""Returns: customers' goods that came in for repair or to be taken back, and where each of them is."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import MONEY, TEXT, Choice
from salesaid.core.places import CUSTOMER, FACTORY, REPAIR, SCRAP, WAREHOUSE, Way
from salesaid.core.schema import Action, Ledger
from salesaid.core.text import Text

_GOODS = (("date",), ("qty", "amount"))

_ACTIONS = (
    Action("receive", Text("收到", "receive"), needs=_GOODS, ways=(Way(CUSTOMER, REPAIR),)),
    Action("send", Text("送修", "send"), needs=_GOODS, ways=(Way(REPAIR, FACTORY),)),
    Action("back", Text("修回", "back"), needs=_GOODS, ways=(Way(FACTORY, REPAIR),)),
    Action("deliver", Text("寄回", "deliver"), needs=_GOODS, ways=(Way(REPAIR, CUSTOMER),)),
    # One of ours goes to the customer, the old one is scrapped.
    Action("replace", Text("换新", "replace"), needs=_GOODS, ways=(Way(WAREHOUSE, CUSTOMER), Way(REPAIR, SCRAP))),
    Action("refund", Text("退货", "refund"), needs=_GOODS, ways=(Way(REPAIR, WAREHOUSE),)),
    Action("scrap", Text("报废", "scrap"), needs=_GOODS, ways=(Way(REPAIR, SCRAP),)),
)

_WARRANTY = Choice(
    {"in": Text("保内", "in"), "out": Text("保外", "out")},
    {"是": "in", "否": "out", "在保": "in", "过保": "out", "保修": "in", "保修期内": "in", "保修期外": "out"},
)

LEDGER = Ledger(
    id="returns",
    title=Text("返修", "returns"),
    kind="journal",
    number="return_no",
    prefix="RT",
    needs=_GOODS,
    columns=(
        col.number("return_no", "返修单号 维修单号 退货单号 返修编号", Text("返修单号", "return number")),
        col.prefer(col.DATE, "单据日期 收货日期 收到日期 返修日期"),
        col.action(
            _ACTIONS,
            {
                "收货": "receive",
                "返修": "receive",
                "送厂": "send",
                "返厂": "send",
                "返回": "back",
                "寄出": "deliver",
                "寄客户": "deliver",
                "更换": "replace",
                "退款": "refund",
            },
        ),
        col.CUSTOMER,
        col.PRODUCT,
        col.MODEL,
        col.prefer(col.QTY, "返修数量 退货数量"),
        col.UNIT,
        col.SERIAL,
        col.column("fault", TEXT, "故障现象 不良原因 故障 故障描述 返修原因", "故障现象", "what is wrong with it"),
        col.column("warranty", _WARRANTY, "保内保外 是否保修 保修 质保", "保内还是保外", "in or out of warranty"),
        col.column(
            "factory", TEXT, "加工厂 维修厂 送修厂家 返修厂家 维修单位", "送修的工厂", "factory that repairs it"
        ),
        col.column("fee", MONEY, "维修费用 维修费 修理费 费用", "维修费", "fee of the repair"),
        col.prefer(col.AMOUNT, "退款金额 退货金额", Text("退款金额", "amount refunded")),
        col.WAREHOUSE,
        col.TRACKING_NO,
        col.ORDER_NO,
        col.HANDLER,
        col.COMPONENTS,
        col.NOTE,
    ),
    actions=_ACTIONS,
)
