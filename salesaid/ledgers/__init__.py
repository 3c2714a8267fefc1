"""One file a ledger, nothing but declarations; a ledger is found by its file's name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from salesaid.core.errors import Refused
from salesaid.core.schema import Ledger
from salesaid.core.text import Text, same


class UnknownLedger(Refused):
    """No ledger has this name."""

    def __init__(self, name: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, names(), n=1)
        known = ", ".join(near or names())
        hint = Text("是不是想说：", "did you mean: ") if near else Text("有这些台账：", "there are: ")
        super().__init__(Text(f"没有叫“{name}”的台账", f"there is no ledger called {name!r}"), hint + same(known))


@cache
def names() -> tuple[str, ...]:
    """The ids of all ledgers, by alphabet."""
    files = Path(__file__).parent.iterdir()
    return tuple(sorted(file.stem for file in files if file.suffix == ".py" and not file.stem.startswith("_")))


@cache
def load(id_: str) -> Ledger:
    """The declaration of one ledger; only its module is imported. Raises UnknownLedger."""
    if id_ not in names():
        raise UnknownLedger(id_)
    ledger: Ledger = import_module(f"{__name__}.{id_}").LEDGER
    return ledger
