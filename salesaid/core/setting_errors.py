"""What is wrong with a book's settings."""

from __future__ import annotations

from salesaid.core.errors import Refused, Where
from salesaid.core.text import Text, same

SETTINGS_FILE = "salesaid.toml"


class UnknownSetting(Refused):
    """salesaid.toml holds a key that is none of the settings."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        from difflib import get_close_matches

        near = get_close_matches(key.rpartition(".")[2], known, 1)
        hint = Text(f"是不是 {near[0]}？", f"did you mean {near[0]}?") if near else None
        super().__init__(Text(f"设置里没有 {key} 这一项", f"there is no setting {key}"), hint, Where(SETTINGS_FILE))


class BadSetting(Refused):
    """A setting has a value of the wrong form."""

    def __init__(self, key: str, value: object, accepted: str | Text) -> None:
        says = same(accepted) if isinstance(accepted, str) else accepted
        super().__init__(
            Text(f"设置 {key} 的值 {value!r} 不对", f"the setting {key} cannot be {value!r}"),
            Text(f"可以写：{says.zh}", f"accepted: {says.en}"),
            Where(SETTINGS_FILE),
        )


class BadSettingsFile(Refused):
    """salesaid.toml is not TOML."""

    def __init__(self, why: Text, row: int | None = None) -> None:
        super().__init__(
            Text(f"{SETTINGS_FILE} 读不懂：{why.zh}", f"{SETTINGS_FILE} cannot be read: {why.en}"),
            Text('文字要加引号，如 name = "北京办事处"', 'text needs quotes, such as name = "Beijing office"'),
            Where(SETTINGS_FILE, row=row),
        )
