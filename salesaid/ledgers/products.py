"""Products: what is sold, with its price, its minimum stock and where it comes from."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import DAYS, FLAG, PRICE, QTY, TEXT, Choice
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="products",
    title=Text("产品", "products"),
    kind="register",
    key=("product",),
    needs=(("product", "model"),),
    columns=(
        col.PRODUCT,
        col.MODEL,
        col.SPEC,
        col.UNIT,
        col.column("category", TEXT, "类别 分类 产品类别 产品分类 商品分类 品类 大类", "产品类别", "product category"),
        col.prefer(col.PRICE, "标准售价 标价 零售价", Text("标准售价", "list price")),
        col.FLOOR_PRICE,
        col.column("cost", PRICE, "成本 成本价 成本单价 进价 进货价 采购价 采购单价", "单位成本", "cost of one unit"),
        col.column(
            "min_stock",
            QTY,
            "最低库存 最低安全库存 库存下限 安全库存 最小库存 最低库存量 安全库存量",
            "最低库存；不填为未设",
            "minimum stock; blank is unset",
        ),
        col.column(
            "reorder_qty",
            QTY,
            "补货量 补货数量 订货批量 采购批量 订货量 最小起订量",
            "每次补货的数量",
            "quantity to reorder",
        ),
        col.column("pack", QTY, "装箱数 包装数量 每箱数量 箱规 装箱数量 包装数", "每箱数量", "quantity in one pack"),
        col.SUPPLIER,
        col.LEAD_DAYS,
        col.column("location", TEXT, "货位 存放位置 库位 储位 货架 货架号", "在仓库里的位置", "place in the warehouse"),
        col.COMPONENTS,
        col.column(
            "stocked",
            FLAG,
            "管库存 是否管库存 计库存 是否计库存 库存管理",
            "是否管库存；运费、维修费等填否",
            "kept in stock; no for postage, repair fees and the like",
        ),
        col.column(
            "warranty_months",
            DAYS,
            "保修月数 保修期 质保期 质保月数 保修 质保",
            "保修几个月",
            "months of warranty",
        ),
        col.column(
            "status",
            Choice(
                {"active": Text("在售", "active"), "discontinued": Text("停售", "discontinued")},
                {
                    "正常": "active",
                    "在用": "active",
                    "停产": "discontinued",
                    "下架": "discontinued",
                    "淘汰": "discontinued",
                },
            ),
            "产品状态 在售状态 销售状态 商品状态",
            "在售或停售",
            "active or discontinued",
        ),
        col.NOTE,
    ),
)
