"""What is amiss in a row, in words: why it is set aside, and which of its cells say nothing that can be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesaid.core.dates import SETTINGS_NEEDED
from salesaid.core.text import Text

TOTAL_ROW = Text("合计行", "a total row")


class SetAside(NamedTuple):
    """A row that no figure uses, and why; `row` is the file's own number."""

    row: int
    reason: Text


def unreadable(heading: Text, text: str, accepted: Text | None) -> Text:
    """A cell that cannot be read, with the setting that would make it readable."""
    needed = SETTINGS_NEEDED.get(accepted) if accepted else None
    said = Text(f"{heading.zh}看不懂：{text}", f"{heading.en} cannot be read: {text}")
    return said + Text(f"（设置里要有 {needed}）", f" (the settings need {needed})") if needed else said


def blank(headings: Sequence[Text]) -> Text:
    """A row without any of the cells of which it needs one."""
    return Text(f"没有{'或'.join(name.zh for name in headings)}", f"no {' or '.join(name.en for name in headings)}")


def unsaved(heading: Text) -> Text:
    """A cell whose formula came without its result."""
    return Text(
        f"{heading.zh}是没有保存结果的公式，请用 Excel 打开并保存",
        f"{heading.en} is a formula without a saved result: open and save the file in Excel",
    )
