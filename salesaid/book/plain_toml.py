"""The plain half of TOML: sections and one-line values, read in a tenth of the 3 ms that importing tomllib takes.

Nearly every salesaid.toml is no more than that. Whatever is not certain is left to tomllib.
"""

from __future__ import annotations

from datetime import date
from typing import Any

_BOOLS = {"true": True, "false": False}
_DAY = "2026-11-22"


def plain(text: str) -> dict[str, Any] | None:
    """What tomllib makes of the text; None where only tomllib can tell."""
    lines = text.replace("\r\n", "\n").split("\n")
    if not all(map(str.isprintable, lines)):
        return None
    try:
        return _table(line for raw in lines if (line := raw.strip(" ")) and line[0] != "#")
    except ValueError:
        return None


def _table(lines: Any) -> dict[str, Any]:
    """Raises ValueError for what is not plain."""
    table: dict[str, Any] = {}
    here, sections = table, set()
    for line in lines:
        if line[0] == "[":
            if line[-1] != "]" or line in sections:
                raise ValueError(line)
            sections.add(line)
            here = _section(table, line[1:-1].split("."))
            continue
        name, _, value = line.partition("=")
        key = _key(name.strip(" "))
        if key in here:
            raise ValueError(line)
        here[key] = _value(value.strip(" "))
    return table


def _section(table: dict[str, Any], names: list[str]) -> dict[str, Any]:
    for name in names:
        table = table.setdefault(_bare(name), {})
        if not isinstance(table, dict):
            raise ValueError(name)  # noqa: TRY004 - of the file, not of a caller
    return table


def _bare(name: str) -> str:
    if name.isascii() and name.replace("_", "a").replace("-", "a").isalnum():
        return name
    raise ValueError(name)


def _key(text: str) -> str:
    return _quoted(text) if text[:1] == '"' else _bare(text)


def _quoted(text: str) -> str:
    inner = text[1:-1]
    if len(text) < len('""') or text[-1] != '"' or '"' in inner or "\\" in inner:
        raise ValueError(text)
    return inner


def _value(text: str) -> str | bool | int | date:
    if text[:1] == '"':
        return _quoted(text)
    if text in _BOOLS:
        return _BOOLS[text]
    if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0"):
        return int(text)
    if len(text) == len(_DAY) and text.isascii() and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    raise ValueError(text)
