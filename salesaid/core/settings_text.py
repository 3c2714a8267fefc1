"""The text of salesaid.toml with some keys more: every comment, blank line and order of what was there stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Setting = str | int
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")


def with_settings(text: str, table: str, settings: Mapping[str, Setting]) -> str:
    """The text with these keys in a table, at its end; the table comes at the end of the text where it is new.

    The keys must not stand in the table yet.
    """
    if not settings:
        return text
    end = _line_end(text)
    new = [f"{key(name)} = {value(each)}" for name, each in settings.items()]
    lines = text.splitlines()
    at = _last_line_of(lines, table)
    if at is None:
        gap = [""] if lines and lines[-1].strip() else []
        lines += [*gap, f"[{table}]", *new]
    else:
        lines[at + 1 : at + 1] = new
    return end.join(lines) + end


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _last_line_of(lines: Sequence[str], table: str) -> int | None:
    """The line after which a key still belongs to the table; None where there is no such table."""
    start = next((at for at, line in enumerate(lines) if (found := _TABLE.fullmatch(line)) and found[1] == table), None)
    if start is None:
        return None
    after = next((at for at in range(start + 1, len(lines)) if lines[at].lstrip().startswith("[")), len(lines))
    filled = (at for at in range(after - 1, start, -1) if lines[at].strip() and not lines[at].lstrip().startswith("#"))
    return next(filled, start)


def key(name: str) -> str:
    """A key as TOML writes it."""
    return name if _BARE.fullmatch(name) else value(name)


def value(setting: Setting) -> str:
    """A value as TOML writes it."""
    if isinstance(setting, int):
        return str(setting)
    quoted = setting.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", quoted) + '"'
