"""What keeps an import from being made: cells that cannot be read, names that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesaid.balances.import_names import NewName
from salesaid.core.clerk import Problem
from salesaid.core.errors import Refused
from salesaid.core.keys import NameKind
from salesaid.core.pasted import command
from salesaid.core.text import Text, joined, same

_NAMED = 12  # names in a sentence
_WHAT: Mapping[NameKind, Text] = {
    "product": Text("产品", "product"), "customer": Text("客户", "customer"), "supplier": Text("供应商", "supplier"),
}  # fmt: skip


class NotImportable(Refused):
    """Cells of the files keep them from being imported; nothing was written. `found` are all that were met."""

    def __init__(self, found: Sequence[Problem], more: int) -> None:
        self.found, self.more = found, more
        count = len(found) + more
        super().__init__(
            Text(
                f"有 {count} 处读不了，什么都没有导入",
                f"{count} cell{'' if count == 1 else 's'} cannot be imported; nothing was written",
            ),
            Text("在表里改好，再导入一次", "correct them in the sheet and import it again"),
        )


class NewNames(Refused):
    """The files bring names that the book does not know."""

    def __init__(self, names: Sequence[NewName]) -> None:
        by_kind = {kind: [each for each in names if each.kind == kind] for kind in _WHAT}
        parts = [_listed(kind, own) for kind, own in by_kind.items() if own]
        first = names[0]
        near = next((each for each in names if each.near), None)
        link = near or first
        other = near.near[0] if near else "…"
        same_line = command("name", "same", link.name, other) + f" --kind {link.kind} --new"
        super().__init__(
            Text("账本里没有：", "the book does not know: ") + joined(parts, "；", "; "),
            Text(
                f"都是新的就加 --new；是已有名称的另一种写法就先记：{same_line}",
                f"add --new if they are new; if one is another spelling: {same_line}",
            ),
        )


class FullNames(Refused):
    """Names that would be made new are the full names of customers or suppliers who stand in the register."""

    def __init__(self, names: Sequence[NewName]) -> None:
        pairs = joined(
            [
                Text(f"“{each.name}”是{each.whose}的全称", f"“{each.name}” is {each.whose} in full")
                for each in names[:_NAMED]
            ]
        )
        rest = len(names) - _NAMED
        more = Text(f" 等 {len(names)} 个", f" and {rest} more") if rest > 0 else same("")
        lines = [f"{command('name', 'same', each.name, each.whose)} --kind {each.kind} --new" for each in names]
        super().__init__(
            pairs + more,
            Text("不必新建，先记成同一个，再导入：\n", "they are not new: say so, and import again:\n")
            + same("\n".join(lines)),
        )


def _listed(kind: NameKind, names: Sequence[NewName]) -> Text:
    shown = (
        "、".join(_with_code(each) for each in names[:_NAMED]),
        ", ".join(_with_code(each) for each in names[:_NAMED]),
    )
    rest = len(names) - _NAMED
    more = Text(f" 等 {len(names)} 个", f" and {rest} more") if rest > 0 else same("")
    return Text(f"{_WHAT[kind].zh} {shown[0]}{more.zh}", f"{_WHAT[kind].en}s {shown[1]}{more.en}")


def _with_code(name: NewName) -> str:
    return f"{name.name} ({name.model})" if name.model and name.model != name.name else name.name
