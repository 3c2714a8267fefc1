"""What runs low: projected at or below the minimum, too little for orders, below zero by the book (DOMAIN.md 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.incoming import Incoming
from salesaid.balances.promised import Promised
from salesaid.balances.shortage import short_lines
from salesaid.balances.stock import Stock
from salesaid.balances.stock_levels import Level, StockLevels
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import DAYS, PRICE, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Lang, Text, joined
from salesaid.settings import Settings

FIELDS = (
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("promised", Text("已订未发", "Promised"), QTY),
    Field("available", Text("可用", "Available"), QTY),
    Field("incoming", Text("在途", "Incoming"), QTY),
    Field("projected", Text("预计", "Projected"), QTY),
    Field("min_stock", Text("最低库存", "Minimum"), QTY),
    Field("suggested", Text("建议补货", "Suggested"), QTY),
    Field("days_to_zero", Text("可用天数", "Days to zero"), DAYS),
    Field("why", Text("原因", "Why"), TEXT, folds=True),
)
_MOST_ORDERS = 3  # named in a reason


def stock_check(
    stock_levels: StockLevels, stock: Stock, promised: Promised, incoming: Incoming, folded_names: FoldedNames,
    settings: Settings, today: date, lang: Lang, *, limit: int | None = None,
) -> Table:  # fmt: skip
    """What is low, below zero or promised beyond it, what runs out first on top. Reasons are in one language."""
    days = settings.limit("use_days")
    levels = [level for level in stock_levels.all if level.is_low or level.is_short or (level.on_hand or ZERO) < 0]
    used = stock.daily_use(today) if levels else {}
    lasting = [(level.shelf.days_to_zero(used.get(level.shelf.product.id, ZERO)), level) for level in levels]
    lasting.sort(key=lambda pair: (pair[0] is None, pair[0] or ZERO))
    rows, taken = [], incoming.days_taken()
    for left, level in lasting[:limit]:
        use = used.get(level.shelf.product.id, ZERO)
        parts = [*_why(level, left, use, promised, days), *_to_come(level.shelf, incoming, taken, today)]
        rows.append(_row(level, left, joined(parts, "，", "; ").in_(lang)))
    folded = folded_names.of_stock([level.product.id for _, level in lasting[:limit]], stock)
    return Table(
        Text("库存预警", "Low stock"), FIELDS, rows, notes=(*more(len(lasting), limit), *folded, rule(settings))
    )


def rule(settings: Settings) -> Note:
    """The rule of the check, printed with it."""
    days = settings.limit("use_days")
    text = Text(
        "规则：预计 ≤ 最低库存即预警（没设最低库存的和停售的不算），连在途也发不全订单的、账面为负的也列出；"
        "在库含不可售的仓库；可用＝可售仓库的在库－已订未发；预计＝可用＋在途（已采购未到）；"
        f"日均按近 {days} 天发给客户的数量",
        "rule: low when projected ≤ minimum (not where none is set, nor what is discontinued), and whatever orders "
        "want more of than is there and comes, or is below zero by the book; on hand counts all warehouses; "
        "available = on hand for sale − promised; projected = available + incoming (purchases not in yet); "
        f"daily use over {days} days",
    )
    return Note("rule", "info", text)


def _row(level: Level, left: Decimal | None, why: str) -> tuple[object, ...]:
    return (
        level.product.id or None, level.on_hand, level.promised, level.available, level.incoming, level.projected,
        level.product.min_stock, level.suggested, left, why,
    )  # fmt: skip


def _why(level: Level, left: Decimal | None, use: Decimal, promised: Promised, days: int) -> list[Text]:
    """The reason: what there is against what is wanted, how fast it goes, and which orders will fail."""
    parts = [_there(level)]
    if level.on_hand is not None and level.on_hand < 0:
        parts.append(Text("账面为负", "below zero by the book"))
    if level.product.min_stock is not None:
        least = QTY.format(level.product.min_stock)
        parts.append(Text(f"最低 {least}", f"minimum {least}"))
    parts.append(_use(left, use, days))
    failing = _failing(level.shelf, promised)
    if failing:
        more = len(failing) - _MOST_ORDERS
        listed = joined([Text(no, no) for no in failing[:_MOST_ORDERS]])
        rest = Text(f" 等 {len(failing)} 单", f" and {more} more") if more > 0 else Text("", "")
        parts.append(Text("发不全：", "orders that will fail: ") + listed + rest)
    return parts


def _to_come(level: Level, incoming: Incoming, taken: Mapping[str, dict[int, int]], today: date) -> list[Text]:
    """When the next lot comes, and how long its supplier, else the product's own, usually takes."""
    lots = incoming.lots(level.product.id) if level.incoming else []
    if not lots and not taken:
        return []
    from salesaid.balances.next_lot import next_lot, usual_days

    parts = [next_lot(lots, today)] if lots else []
    supplier = lots[0].supplier if lots else level.product.supplier
    usual = usual_days(taken, supplier)
    if usual is not None:
        times = "1 purchase" if usual.times == 1 else f"{usual.times} purchases"
        parts.append(
            Text(
                f"{supplier} 通常 {usual.days} 天到齐（{usual.times} 次）",
                f"{supplier} usually takes {usual.days} days ({times})",
            )
        )
    return parts


def _there(level: Level) -> Text:
    """What there is of it, or of the part that a bundle runs out of first."""
    hand, open_ = QTY.format(level.shelf.on_hand), QTY.format(level.shelf.promised)
    there = Text(f"在库 {hand}－已订 {open_}", f"{hand} on hand − {open_} promised")
    if level.shelf.incoming:
        coming = QTY.format(level.shelf.incoming)
        there += Text(f"＋在途 {coming}", f" + {coming} incoming")
    if level.scarcest is None:
        return there
    part, each = level.scarcest.level.product.id, QTY.format(level.scarcest.qty)
    return Text(f"套装，最缺 {part}（每套 {each}）：", f"a bundle, scarcest part {part} ({each} each): ") + there


def _use(left: Decimal | None, use: Decimal, days: int) -> Text:
    if use <= 0:
        return Text(f"近 {days} 天没有发货", f"none shipped in {days} days")
    a_day = PRICE.show(use.quantize(Decimal("0.01")), "zh")
    if not left:
        return Text(f"日均 {a_day}（近 {days} 天），撑不过今天", f"{a_day} a day over {days} days, gone today")
    until = QTY.format(left)
    return Text(
        f"日均 {a_day}（近 {days} 天），约 {until} 天用完", f"{a_day} a day over {days} days, gone in {until} days"
    )


def _failing(level: Level, promised: Promised) -> list[str]:
    """The orders that what lies on the shelf does not reach, the oldest being served first."""
    if level.promised <= level.sellable:
        return []
    short = short_lines(level.sellable, promised.open_lines(level.product.id))
    return list(dict.fromkeys(each.order_no for each in short))
