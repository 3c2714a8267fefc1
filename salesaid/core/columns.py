"""Columns that several ledgers share: their headings, kinds and help stand here once.

Headings are in order of preference: where a file has several of them, the first in this order is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesaid.core import kinds
from salesaid.core.kinds import Kind
from salesaid.core.schema import Action, Column
from salesaid.core.text import Text


def column(id_: str, kind: Kind, headings: str, zh: str, en: str) -> Column:
    """A column from its headings, parted by blanks, and its help in both languages."""
    return Column(id_, kind, tuple(headings.split()), Text(zh, en))


def prefer(shared: Column, headings: str, help_: Text | None = None) -> Column:
    """A shared column with a ledger's own headings next to the first, and help of its own if given."""
    first, *rest = shared.headings
    own = [heading for heading in headings.split() if heading != first]
    order = (first, *own, *(heading for heading in rest if heading not in own))
    return shared._replace(headings=order, help=help_ or shared.help)


def number(id_: str, headings: str, help_: Text) -> Column:
    """The column with the ledger's own document number."""
    return Column(id_, kinds.NUMBER_NO, ("单号", "单据编号", "编号", *headings.split()), help_)


def action(actions: Sequence[Action], also: Mapping[str, str] | None = None) -> Column:
    """The column that says what a row does, with the words of these actions and other words that files use."""
    words = {each.id: each.word for each in actions}
    help_ = Text("这一行做什么；空白为" + actions[0].word.zh, f"what the row does; blank is {actions[0].word.en}")
    headings = ("类型", "动作", "业务类型", "单据类型", "操作类型")
    return Column("action", kinds.Choice(words, also), headings, help_)


DATE = column(
    "date",
    kinds.DATE,
    "日期 单据日期 销售日期 下单日期 出库日期 发货日期 交易日期 业务日期 时间 处理时间 开单日期 登记日期 制单日期",
    "发生日期，默认今天",
    "date of the event, today if left out",
)
ORDER_NO = column(
    "order_no",
    kinds.NUMBER_NO,
    "订单号 关联订单 关联单号 合同号 原单号 源单号 关联单据 订单编号 销售订单号 对应订单 对应单号",
    "对应的订单号",
    "number of the order it belongs to",
)
CUSTOMER = column(
    "customer",
    kinds.TEXT,
    "客户 客户名称 客户简称 购货单位 往来单位 单位名称 收货单位 借用单位 客户单位 店仓 客户名 购买单位 需方",
    "客户名称",
    "the customer's name",
)
SUPPLIER = column(
    "supplier",
    kinds.TEXT,
    "供应商 供货单位 厂家 供应商名称 供货商 生产厂家 厂商 供方",
    "供应商名称",
    "the supplier's name",
)
PRODUCT = column(
    "product",
    kinds.TEXT,
    "产品 产品名称 名称 品名 商品名称 货品名称 物料名称 货物名称 商品 品名规格 存货名称 产品名 货品",
    "产品名称",
    "the product's name",
)
MODEL = column(
    "model",
    kinds.TEXT,
    "型号 规格型号 产品型号 机型 型号规格 物料编码 料号 货号 款号 商品编码 条码 产品编码 产品编号 存货编码",
    "型号或编码",
    "model or code",
)
SPEC = column(
    "spec",
    kinds.TEXT,
    "规格 材质 牌号 状态 颜色 尺寸 规格参数",
    "规格：材质、牌号、状态、颜色等",
    "specification: material, grade, temper, colour",
)
UNIT = column(
    "unit",
    kinds.TEXT,
    "单位 计量单位 数量单位 基本单位",
    "计量单位，如 个、台、kg",
    "unit of quantity: pcs, set, kg",
)
QTY = column(
    "qty",
    kinds.QTY,
    "数量 件数 出库数量 销售数量 发货数量 借出数量 订货数量 实发数量 Quantity",
    "数量",
    "quantity",
)
PRICE = column("price", kinds.PRICE, "单价 含税单价 销售单价 售价 价格 销售价", "单价", "price of one unit")
FLOOR_PRICE = column(
    "floor_price",
    kinds.PRICE,
    "最低价 底价 最低售价 最低销售价 限价",
    "最低可卖单价",
    "lowest price it may be sold at",
)
AMOUNT = column(
    "amount",
    kinds.MONEY,
    "金额 总金额 价税合计 销售金额 货款 收款金额 回款金额 本次收款 实收",
    "金额；空白为数量乘单价",
    "amount; blank is quantity times price",
)
DUE = column(
    "due",
    kinds.DUE,
    "交期 到期日 应收日期 预计归还日期 应还日期 还货日期 预计回货日期 承诺交期 约定交期 要求交期 承诺交货日期",
    "应完成的日期",
    "date by which it is due",
)
SALESPERSON = column(
    "salesperson",
    kinds.TEXT,
    "业务员 销售人员 销售员 客户经理 销售代表 销售 业务人员",
    "负责的业务员",
    "salesperson in charge",
)
HANDLER = column(
    "handler",
    kinds.TEXT,
    "经手人 操作员 制单人 经办人 登记人 跟单 操作人 录入人",
    "经手人",
    "who handled it",
)
WAREHOUSE = column(
    "warehouse",
    kinds.TEXT,
    "仓库 仓库名称 库位 办事处 所在仓库",
    "仓库；空白为账本的默认仓库",
    "warehouse; blank is the book's default",
)
REASON = column("reason", kinds.TEXT, "原因 事由 理由", "原因", "the reason")
FULL_NAME = column(
    "full_name",
    kinds.TEXT,
    "全称 公司全称 单位全称 公司名称 企业名称 开票名称",
    "营业执照上的全称",
    "registered name in full",
)
CONTACT = column("contact", kinds.TEXT, "联系人 联系人姓名 对接人 收货人", "联系人", "contact person")
PHONE = column("phone", kinds.TEXT, "电话 联系电话 手机 手机号 手机号码 电话号码 联系方式", "电话", "phone number")
TERMS = column(
    "terms",
    kinds.TEXT,
    "付款条件 账期 收款条件 付款方式 结算方式",
    "付款条件：现结、30天、月结30、预付50% 等",
    "terms: 现结, 30天, 月结30, 预付50%",
)
LEAD_DAYS = column(
    "lead_days",
    kinds.DAYS,
    "采购周期 供货周期 交货周期 采购天数 到货天数 交货天数 提前期",
    "从下单到到货的天数",
    "days from ordering to arrival",
)
SERIAL = column("serial", kinds.TEXT, "序列号 SN S/N 板号 序列号/SN 机身号 机号", "序列号", "serial number")
COMPONENTS = column(
    "components",
    kinds.TEXT,
    "组成 组件 配件明细 套装明细 组合明细 配套明细",
    "套装的组成，如 BVM7-710*1; 电源线*2",
    "parts of a bundle: BVM7-710*1; 电源线*2",
)
CARRIER = column("carrier", kinds.TEXT, "物流公司 快递公司 承运商 承运人 货运公司", "物流公司", "carrier")
TRACKING_NO = column(
    "tracking_no",
    kinds.TEXT,
    "运单号 快递单号 物流单号 运单号码 货运单号 快递号",
    "运单号",
    "tracking number",
)
NOTE = column("note", kinds.TEXT, "备注 说明 附注 备注说明 Notes Remarks", "备注", "a note")
