"""Order lines of one customer and product that there are several of: what was ordered, and for how much, before."""

from __future__ import annotations

from operator import attrgetter

from salesaid.balances.order_lines import OrderLine, OrderLines


def bought_again(order_lines: OrderLines) -> list[list[OrderLine]]:
    """The lines of each customer and product that has several, in the order of their days; blank names are no name."""
    found: dict[tuple[str, str], list[OrderLine]] = {}
    for line in order_lines.all:
        if line.customer and line.product:
            key = (line.customer, line.product)
            known = found.get(key)
            if known is None:
                found[key] = [line]
            else:
                known.append(line)
    several = [lines for lines in found.values() if len(lines) > 1]
    for lines in several:
        lines.sort(key=attrgetter("day", "order_no"))
    return several
