"""Customers: whom to reach, on which terms they buy and how long goods travel to them."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import DAYS, MONEY, TEXT, Choice
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="customers",
    title=Text("客户", "customers"),
    kind="register",
    key=("customer",),
    needs=(("customer",),),
    columns=(
        col.prefer(col.CUSTOMER, "客户名称 客户简称 名称 简称"),
        col.prefer(col.FULL_NAME, "客户全称"),
        col.CONTACT,
        col.PHONE,
        col.column("qq", TEXT, "QQ QQ号 QQ号码", "QQ号", "QQ number"),
        col.column("wechat", TEXT, "微信 微信号", "微信号", "WeChat account"),
        col.column(
            "address", TEXT, "地址 收货地址 送货地址 联系地址 公司地址 详细地址", "收货地址", "delivery address"
        ),
        col.TERMS,
        col.column("credit_limit", MONEY, "信用额度 授信额度 信用限额 额度", "最多可欠的金额", "most that may be owed"),
        col.column(
            "transit_days",
            DAYS,
            "在途天数 运输天数 路途天数 到货天数 物流天数",
            "货到客户要几天",
            "days that goods travel to the customer",
        ),
        col.SALESPERSON,
        col.column(
            "status",
            Choice(
                {
                    "prospect": Text("意向", "prospect"),
                    "active": Text("合作", "active"),
                    "lost": Text("流失", "lost"),
                },
                {"潜在": "prospect", "意向客户": "prospect", "合作中": "active", "成交": "active", "停止合作": "lost"},
            ),
            "客户状态 状态 客户阶段 阶段",
            "意向、合作或流失",
            "prospect, active or lost",
        ),
        col.NOTE,
    ),
)
