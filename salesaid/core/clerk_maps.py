"""What --map says: HEADING=COLUMN, as it is typed."""

from __future__ import annotations

from collections.abc import Iterable

from salesaid.core.errors import Refused
from salesaid.core.text import Text


class NoMapping(Refused):
    """--map was given something that is not HEADING=COLUMN."""

    def __init__(self, text: str) -> None:
        super().__init__(
            Text(f"--map 要写成 表头=列，不是“{text}”", f"--map takes HEADING=COLUMN, not {text!r}"),
            Text(
                "例如 --map '店仓#2=customer' 或 --map '备用=-'",
                "such as --map 'CustomerID=customer'",
            ),
        )


class NoSuchColumn(Refused):
    """--map names a column that no ledger has."""

    def __init__(self, heading: str, target: str) -> None:
        super().__init__(
            Text(
                f"--map 把“{heading}”对应到“{target}”，没有哪本台账有这一列",
                f"--map takes {heading!r} for {target!r}, which is a column of no ledger",
            ),
            Text("用 --as 说明是哪本台账，就会列出它的列", "say the ledger with --as to be told its columns"),
        )


def maps_of(typed: Iterable[str]) -> dict[str, str]:
    """Columns by heading. Raises NoMapping."""
    said: dict[str, str] = {}
    for text in typed:
        heading, equals, column = text.rpartition("=")
        if not equals or not heading.strip() or not column.strip():
            raise NoMapping(text)
        said[heading.strip()] = column.strip()
    return said
