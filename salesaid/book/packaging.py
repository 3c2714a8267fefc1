"""What lies beside exported ledgers: a Data Package that says which file is which ledger, and what its columns are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from salesaid import ledgers
from salesaid.core.errors import Refused
from salesaid.core.table_schema import Layout, Register, table_schema
from salesaid.core.text import Text

DESCRIPTOR = "datapackage.json"
_MADE_BY = ("created_by", "salesaid export")
_CSV: dict[str, Any] = {
    "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False,
}  # fmt: skip
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NotOurDescriptor(Refused):
    """There is a datapackage.json of somebody else where ours is to stand."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"{path} 不是 salesaid 导出的，不覆盖", f"{path} was not made by salesaid export: it stays"),
            Text("换一个文件夹", "take another folder"),
        )


Layouts = Mapping[str, tuple[Layout, bool]]
"""Of each ledger, how it is laid out, and whether no two of its rows have the same key."""


def described(layouts: Layouts, places: Mapping[str, tuple[str, str | None]]) -> list[dict[str, Any]]:
    """The resources of the ledgers that lie at these places: a file's name, and a sheet of a workbook."""
    registers = {id_: found for id_, each in layouts.items() if (found := _register(*each)) is not None}
    return [
        _resource(layout, *places[id_]) | {"schema": table_schema(layout, registers, is_key_sole=is_sole)}
        for id_, (layout, is_sole) in layouts.items()
    ]


def _register(layout: Layout, is_sole: bool) -> Register | None:
    key = layout.ledger.key
    if not is_sole or len(key) != 1 or key[0] not in layout.columns:
        return None
    index = layout.columns[key[0]]
    return Register(layout.names[index], layout.texts[index])


def _resource(layout: Layout, file: str, sheet: str | None) -> dict[str, Any]:
    title = layout.ledger.title
    found: dict[str, Any] = {"name": layout.ledger.id, "type": "table", "path": file}
    found |= {"title": f"{title.zh} / {title.en}", "format": "csv" if sheet is None else "xlsx"}
    found |= {"mediatype": "text/csv", "encoding": "utf-8"} if sheet is None else {"mediatype": _XLSX}
    dialect = dict(_CSV) if sheet is None else {"sheetName": sheet, "excel": {"sheet": sheet}}
    if not layout.is_plain:  # its headings name no columns: the schema's names do, in their order
        dialect |= {"header": False, "commentRows": [1]}
    return found | {"dialect": dialect}


def descriptor(title: str, resources: Sequence[Mapping[str, Any]], folder: Path) -> bytes:
    """The datapackage.json of a folder, with what an earlier export left there and this one does not replace.

    Raises NotOurDescriptor.
    """
    kept = _kept(_earlier(folder / DESCRIPTOR), resources, folder)
    package: dict[str, Any] = {"name": "salesaid-book", _MADE_BY[0]: _MADE_BY[1]}
    package |= {"title": title} if title else {}
    ordered = sorted([*kept, *resources], key=lambda each: ledgers.names().index(each["name"]))
    return (json.dumps(package | {"resources": ordered}, ensure_ascii=False, indent=2) + "\n").encode()


def _earlier(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_bytes())
        if found[_MADE_BY[0]] == _MADE_BY[1]:
            return [each for each in found["resources"] if each["name"] in ledgers.names()]
    except (ValueError, KeyError, TypeError, OSError):
        pass
    raise NotOurDescriptor(path)


def _kept(
    earlier: Sequence[dict[str, Any]], resources: Sequence[Mapping[str, Any]], folder: Path
) -> list[dict[str, Any]]:
    """Resources of before whose files are still there; what they referred to may not hold any more."""
    names, paths = {each["name"] for each in resources}, {each["path"] for each in resources}
    kept = [each for each in earlier if each["name"] not in names and each["path"] not in paths]
    for each in kept:
        each.get("schema", {}).pop("foreignKeys", None)
    return [each for each in kept if (folder / each["path"]).is_file()]
