"""A new book: a folder with salesaid.toml and .salesaid/, without any ledger yet."""

from __future__ import annotations

from pathlib import Path

from salesaid.book.finding import OWN_FOLDER
from salesaid.core.errors import Refused
from salesaid.core.text import Lang, Text
from salesaid.settings import FILE_NAME
from salesaid.storage import system
from salesaid.storage.whole_file import put

STORES = ("csv", "xlsx")

_SETTINGS = {
    "zh": """# 账本的设置；每一项都可以不写，用默认值。
[book]
name = "{name}"
language = "zh"              # 新表头、动作词和提示用的语言：zh 或 en
timezone = "Asia/Shanghai"
store = "{store}"                # 新台账的格式：csv 或 xlsx

[stock]
warehouse = "主仓"
not_for_sale = []            # 不可售的仓库，如 ["不良品"]

# [documents]
# needed = ["合同", "送货单"]   # 订单发货后要归档的单据；开始归档后默认就是这两种，[] 为不要求
# since = 2026-01-01          # 从哪天的订单起；不写就从第一份归档的单据那天起
""",
    "en": """# Settings of the book; every one may be left out for its default.
[book]
name = "{name}"
language = "en"              # of new headings, action words and messages: zh or en
timezone = "Asia/Shanghai"
store = "{store}"                # format of new ledgers: csv or xlsx

[stock]
warehouse = "Main"
not_for_sale = []            # warehouses whose goods are not for sale, such as ["Defective"]

# [documents]
# needed = ["contract", "delivery note"]  # papers of a shipped order, these by default once any is filed; [] for none
# since = 2026-01-01          # of orders taken since that day; by default the day of the first paper filed
""",
}


class IsBook(Refused):
    """The folder is a book already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(f"{folder} 已经是一个账本", f"{folder} is a book already"),
            Text("换一个文件夹，或直接使用它", "take another folder, or use it as it is"),
        )


class NoFolder(Refused):
    """There is a file where the book's folder is to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"{path} 是文件，不是文件夹", f"{path} is a file, no folder"),
            Text("账本是一个文件夹：换一个名字", "a book is a folder: take another name"),
        )


class UnknownStore(Refused):
    """No ledger can be kept in that format."""

    def __init__(self, store: str) -> None:
        super().__init__(
            Text(f"台账不能用 {store} 格式", f"ledgers cannot be kept as {store}"),
            Text("请用 csv 或 xlsx", "use csv or xlsx"),
        )


def make(folder: Path, lang: Lang, store: str) -> Path:
    """The folder of a new book. Raises IsBook, NoFolder, UnknownStore, FileTrouble."""
    if store not in STORES:
        raise UnknownStore(store)
    if (folder / FILE_NAME).exists():
        raise IsBook(folder)
    for path in (folder, *folder.parents):
        if path.exists() and not path.is_dir():
            raise NoFolder(path)
    for parent in (*reversed(folder.parents), folder, folder / OWN_FOLDER):
        if not parent.is_dir():
            system.make_folder(parent)
    name = folder.resolve().name.replace("\\", " ").replace('"', " ")
    put(folder / FILE_NAME, _SETTINGS[lang].format(name=name, store=store).encode())
    return folder
