"""What clerks keep: true rows of every ledger, and the headings that clerks put over them.

Made from what users report and from the rules of the domain, not from how the reader works.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, NamedTuple

CUSTOMERS = [
    "深圳骏业电子",
    "万安达",
    "正标五金",
    "安卡",
    "鹏得五金",
    "广隆",
    "灵龙",
    "乡村基",
    "佳瑞",
    "佐客",
    "誉丰",
    "东莞骏业（分厂）",
    "上海ABB工程",
]
SUPPLIERS = ("华强元件", "洛阳铜业", "联科电子", "顺德包装")
PEOPLE = ("小于", "小郑", "王芳", "李强", "欧阳娜娜")
GOODS = (
    ("主板", "BVM7—710", "个"),
    ("主板", "BVM7-720", "个"),
    ("工控主板", "bvm7—710—8505", "块"),
    ("电源线", "DY-1.8m", "条"),
    ("铜带", "H65 0.3*50", "kg"),
    ("磷铜带", "C5191 0.2×20", "kg"),
    ("风扇", "00123", "台"),
    ("+5V电源", "PS/5", "个"),
    ("整机（含支架）", "ZJ.3000", "台"),
    ("散热器1/2寸", "SR-1/2", "套"),
    ("LED支架", "2835", "只"),
    ("套餐A", "TC－Ａ", "份"),
)
NOTES = ("", "", "", "急", "含税，运费到付", "换\n货", "客户说“月底”付", "第2批", "0755-83001234", "√")
CARRIERS = ("顺丰", "德邦物流", "中通快递")


Row = Callable[[Random, int, date], dict[str, Any]]


class Column(NamedTuple):
    """A column of a sheet: whose cells it holds, what clerks head it, and whether it must stand there."""

    id: str
    kind: str  # text, code, date, qty, money, price, derived
    headings: tuple[str, ...]
    always: bool


class Kept(NamedTuple):
    """A sheet that clerks keep: its ledger, its columns, what its titles say, and its true rows."""

    ledger: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    row: Row
    dated: bool
    events: tuple[tuple[str, str], ...] = ()  # columns of a wide sheet that date events of their own, and their words


def _kept(ledger: str, titles: str, row: Row, columns: str, *, dated: bool = True, events: str = "") -> Kept:
    """From lines of a column each: its id (with ! where it always stands there), its kind, its headings.

    `events`: column and word, one pair after the other.
    """
    parted = [line.split() for line in columns.strip().splitlines()]
    found = [Column(id_.rstrip("!"), kind, tuple(heads), id_.endswith("!")) for id_, kind, *heads in parted]
    words = events.split()
    pairs = tuple(zip(words[::2], words[1::2], strict=True))
    return Kept(ledger, tuple(titles.split()), tuple(found), row, dated, pairs)


def _money(rng: Random) -> Decimal:
    return Decimal(rng.choice((rng.randint(1, 900), rng.randint(100, 99_999)))) / rng.choice((1, 1, 10, 100))


def _goods(rng: Random) -> dict[str, Any]:
    product, model, unit = rng.choice(GOODS)
    return {"product": product, "model": model, "unit": unit, "spec": rng.choice(("软", "半硬", "黑色", ""))}


def _line(rng: Random, _serial: int, day: date) -> dict[str, Any]:
    qty, price = Decimal(rng.randint(1, 300)), _money(rng)
    if rng.random() < 0.1:
        qty = -qty
    if rng.random() < 0.1:
        qty += Decimal("0.5")
    amount = (qty * price).quantize(Decimal("0.01"), ROUND_HALF_UP)
    party = {"customer": rng.choice(CUSTOMERS), "salesperson": rng.choice(PEOPLE), "note": rng.choice(NOTES)}
    due = day + timedelta(rng.randint(3, 40))
    return {**_goods(rng), **party, "qty": qty, "price": price, "amount": amount, "due": due, "date": day}


def _order(rng: Random, serial: int, day: date) -> dict[str, Any]:
    return {**_line(rng, serial, day), "order_no": f"XS{day:%Y%m%d}{serial:04d}", "warehouse": "主仓"}


def _shipment(rng: Random, serial: int, day: date) -> dict[str, Any]:
    sent = {"carrier": rng.choice(CARRIERS), "tracking_no": f"SF{rng.randrange(10**12, 10**13)}", "handler": "小于"}
    numbers = {"ship_no": f"CK-{serial:05d}", "order_no": f"XS{serial:06d}", "freight": _money(rng)}
    return {**_line(rng, serial, day), **sent, **numbers, "warehouse": rng.choice(("主仓", "北京办事处"))}


def _payment(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = {"payment_no": f"SK{serial:04d}", "date": day, "customer": rng.choice(CUSTOMERS), "amount": _money(rng)}
    return {
        **row,
        "method": rng.choice(("电汇", "承兑", "微信")),
        "order_no": f"XS{serial:06d}",
        "note": rng.choice(NOTES),
    }


def _loan(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = _line(rng, serial, day)
    number = {"loan_no": f"JY{serial:04d}", "serial": f"{rng.randrange(10**15, 10**16)}", "purpose": "试用"}
    return {**row, **number, "qty": abs(row["qty"].to_integral_value())}


def _repair(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = {
        "return_no": f"FX{serial:04d}",
        "serial": f"0{rng.randrange(10**9)}",
        "fault": rng.choice(("不开机", "花屏；有异响")),
    }
    rest = {"customer": rng.choice(CUSTOMERS), "qty": Decimal(rng.randint(1, 5)), "fee": _money(rng), "date": day}
    return {
        **_goods(rng),
        **row,
        **rest,
        "factory": "联科电子",
        "handler": rng.choice(PEOPLE),
        "note": rng.choice(NOTES),
    }


def _loan_and_back(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = _loan(rng, serial, day)
    return {**row, "action": "借出", "back": day + timedelta(rng.randint(1, 60)) if rng.random() < 0.6 else ""}


def _repair_through(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = _repair(rng, serial, day) | {"action": "收到"}
    reached = rng.randint(0, 3)
    days = [day + timedelta(3 * step) if step <= reached else "" for step in (1, 2, 3)]
    return {**row, "sent": days[0], "mended": days[1], "given": days[2]}


def _purchase(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = _line(rng, serial, day)
    row["qty"] = abs(row["qty"])
    return {**row, "purchase_no": f"CG{day:%y%m}{serial:03d}", "supplier": rng.choice(SUPPLIERS)}


def _move(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = {**_goods(rng), "move_no": f"RK{serial:04d}", "date": day, "qty": Decimal(rng.randint(1, 500))}
    return {**row, "action": rng.choice(("入库", "出库", "报废")), "warehouse": "主仓", "handler": rng.choice(PEOPLE)}


def _count(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = {"date": day, "counted": Decimal(rng.randint(0, 500)), "warehouse": "主仓", "note": rng.choice(NOTES)}
    return {**_goods(rng), **row, "count_no": f"PD{serial:03d}"}


def _price(rng: Random, _serial: int, day: date) -> dict[str, Any]:
    return {"date": day, "product": rng.choice(GOODS)[0], "customer": rng.choice(CUSTOMERS), "price": _money(rng)}


def _cash(rng: Random, serial: int, day: date) -> dict[str, Any]:
    amount = _money(rng)
    sides = {"income": amount, "expense": None} if rng.random() < 0.5 else {"income": None, "expense": amount}
    row = {
        "date": day,
        "voucher_no": f"记-{serial}",
        "summary": rng.choice(("快递费", "收万安达货款", "打车", "办公用品、水")),
    }
    return {**row, **sides, "category": rng.choice(("运费", "货款", "办公")), "handler": rng.choice(PEOPLE)}


def _bill(rng: Random, serial: int, day: date) -> dict[str, Any]:
    row = {"date": day, "tracking_no": f"SF{serial:012d}", "weight": Decimal(rng.randint(1, 400)) / 10}
    return {**row, "amount": _money(rng), "to_place": rng.choice(("深圳", "北京市", "成都")), "carrier": "顺丰"}


def _product(rng: Random, serial: int, _day: date) -> dict[str, Any]:
    row = {
        "product": f"产品{serial}号",
        "model": f"M-{serial:04d}",
        "unit": "个",
        "price": _money(rng),
        "supplier": SUPPLIERS[0],
    }
    return {
        **row,
        "min_stock": Decimal(rng.randint(0, 50)),
        "category": rng.choice(("板卡", "线材")),
        "note": rng.choice(NOTES),
    }


def _customer(rng: Random, serial: int, _day: date) -> dict[str, Any]:
    row = {"customer": f"客户{serial}（华南）", "contact": rng.choice(PEOPLE), "phone": f"13{rng.randrange(10**9):09d}"}
    return {
        **row,
        "address": f"深圳市福田区{serial}号",
        "terms": rng.choice(("月结30", "现结", "30天")),
        "note": rng.choice(NOTES),
    }


def _supplier(rng: Random, serial: int, _day: date) -> dict[str, Any]:
    row = {"supplier": f"厂{serial}", "contact": rng.choice(PEOPLE), "phone": f"0755-8{rng.randrange(10**7):07d}"}
    return {**row, "terms": "月结60", "note": rng.choice(NOTES)}


KEPT: dict[str, Kept] = {
    "销售台账": _kept("orders", "销售台账 销售明细表 2026年销售订单登记表", _order, """
        order_no code 单号 订单号 订单编号 合同号 单据编号
        date! date 日期 单据日期 销售日期 下单日期
        customer! text 客户 客户名称 客户简称 购货单位 往来单位 单位名称 收货单位 客户单位
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        spec text 规格 材质 颜色 状态
        qty! qty 数量 件数
        unit text 单位 计量单位
        price price 单价 含税单价 销售单价
        amount money 金额 总金额 价税合计 销售金额 货款
        due date 交期 交货日期
        salesperson text 业务员 销售人员 销售员 客户经理
        note text 备注 说明
    """),
    "出库单": _kept("shipments", "出库登记表 发货明细 送货单汇总", _shipment, """
        ship_no! code 出库单号 送货单号 发货单号
        date! date 发货日期 出库日期 日期
        order_no code 关联订单 关联单号 订单号 原单号 源单号
        customer! text 客户 客户名称 客户简称 购货单位 往来单位 单位名称 收货单位 客户单位
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        qty! qty 发货数量 出库数量 实发数量
        unit text 单位 计量单位
        price price 单价 含税单价 销售单价
        amount money 金额 总金额 价税合计 销售金额 货款
        warehouse text 仓库 仓库名称
        carrier text 物流公司
        tracking_no code 运单号 快递单号 物流单号
        freight money 运费
        handler text 经手人 操作员 制单人 经办人 登记人
        note text 备注 说明
    """),
    "收款": _kept("payments", "收款登记表 回款明细", _payment, """
        payment_no code 收款单号 单号
        date! date 日期 收款日期 回款日期
        customer! text 客户 客户名称 客户简称 购货单位 往来单位 单位名称 收货单位 客户单位
        amount! money 收款金额 回款金额 本次收款 实收
        method text 收款方式
        order_no code 关联订单 关联单号 订单号 原单号 源单号
        note text 备注 说明
    """),
    "借用": _kept("loans", "借用登记表 样机借出明细", _loan, """
        loan_no code 借用单号
        date! date 借出日期 借用日期
        customer! text 借用单位 客户 客户名称
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        qty! qty 借出数量 数量
        unit text 单位 计量单位
        due! date 预计归还日期 应还日期 还货日期
        serial code 序列号 SN 板号
        salesperson text 业务员 销售人员 销售员 客户经理
        note text 备注 说明
    """),
    "返修": _kept("returns", "返修登记表 坏板返修入库登记", _repair, """
        return_no code 返修单号
        date! date 收货日期 日期
        customer! text 客户 客户名称 客户简称 购货单位 往来单位 单位名称 收货单位 客户单位
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        qty! qty 数量 件数
        serial code 序列号 SN 板号
        fault! text 故障现象 不良原因
        factory text 加工厂
        fee money 维修费用
        handler text 经手人 操作员 制单人 经办人 登记人
        note text 备注 说明
    """),
    "采购": _kept("purchases", "采购订单明细 采购跟踪表", _purchase, """
        purchase_no! code 采购单号
        date! date 日期 下单日期
        supplier! text 供应商 供货单位
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        qty! qty 数量 件数
        unit text 单位 计量单位
        price price 单价 含税单价 销售单价
        due date 交期 到期日
        note text 备注 说明
    """),
    "出入库": _kept("stock_moves", "出入库流水 仓库出入库登记", _move, """
        move_no code 单号
        date! date 日期 业务日期
        action! action 类型 业务类型
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        qty! qty 数量 件数
        unit text 单位 计量单位
        warehouse! text 仓库 仓库名称
        handler text 经手人 操作员 制单人 经办人 登记人
        note text 备注 说明
    """),
    "盘点": _kept("stock_counts", "盘点表 库存盘点明细", _count, """
        date! date 日期
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        unit text 单位 计量单位
        warehouse text 仓库 仓库名称
        -book derived 账面数量 账存数量
        counted! qty 实盘数量 实际数量 盘点数量
        -over derived 盘盈盘亏 盈亏数量
        note text 备注 说明
    """),
    "价格": _kept("prices", "客户价格表 协议价", _price, """
        date! date 日期 生效日期
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        customer! text 客户 客户名称
        price! price 单价 含税单价 销售单价
        note text 备注 说明
    """),
    "日记账": _kept("cash", "现金日记账 办事处日记账", _cash, """
        date! date 日期
        voucher_no code 凭证号
        summary! text 摘要
        category text 类别 收支项目
        income! money 收入 借方
        expense! money 支出 贷方
        -balance derived 结余 余额
        handler text 经手人 操作员 制单人 经办人 登记人
        note text 备注 说明
    """),
    "运费账单": _kept("freight_bills", "顺丰速运对账单 物流账单明细", _bill, """
        date! date 寄件日期
        tracking_no! code 运单号 运单号码
        carrier text 物流公司
        weight! weight 计费重量 实际重量
        amount! money 应付金额 运费
        to_place text 目的地
        note text 备注 说明
    """),
    "产品": _kept("products", "产品资料 产品价目表", _product, """
        product! text 产品 产品名称 品名 商品名称 货品名称 物料名称 货物名称 商品
        model! text 型号 规格型号 产品型号 型号规格 物料编码 料号 货号 商品编码
        unit text 单位 计量单位
        category text 类别
        price price 单价 含税单价 销售单价
        min_stock! qty 最低库存 最低安全库存 库存下限 安全库存
        supplier text 供应商
        note text 备注 说明
    """, dated=False),
    "客户": _kept("customers", "客户资料 客户通讯录", _customer, """
        customer! text 客户 客户名称 客户简称 购货单位 往来单位 单位名称 收货单位 客户单位
        contact! text 联系人
        phone! code 电话
        address text 地址
        terms text 付款条件
        note text 备注 说明
    """, dated=False),
    "供应商": _kept("suppliers", "供应商名录", _supplier, """
        supplier! text 供应商 供应商名称
        contact! text 联系人
        phone! code 电话
        terms text 付款条件
        note text 备注 说明
    """, dated=False),
    "借还": _kept("loans", "借用归还登记表 样机借还台账", _loan_and_back, """
        loan_no! code 借用单号
        date! date 借出日期 借用日期
        customer! text 借用单位 客户 客户名称
        product! text 产品 产品名称 品名
        model text 型号 规格型号
        qty! qty 借出数量 数量
        due! date 预计归还日期 应还日期
        back! date 归还日期 实际归还日期
        note text 备注
    """, events="back 归还"),
    "返修跟踪": _kept("returns", "返修跟踪表 维修登记台账", _repair_through, """
        return_no! code 返修单号
        date! date 收货日期
        customer! text 客户 客户名称
        product! text 产品 产品名称
        qty! qty 数量
        fault! text 故障现象 不良原因
        sent! date 送修日期
        factory text 加工厂
        mended! date 修回日期
        fee money 维修费用
        given! date 寄回日期
    """, events="sent 送修 mended 修回 given 寄回"),
}  # fmt: skip
