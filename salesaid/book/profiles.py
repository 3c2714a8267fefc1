"""Profiles: how sheets with certain headings were read the last time, kept in `.salesaid/profiles/`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from salesaid.book.finding import OWN_FOLDER
from salesaid.core.heading_words import folded
from salesaid.core.reading import DateOrder
from salesaid.storage import system
from salesaid.storage.whole_file import put

_FOLDER = "profiles"


class Profile(NamedTuple):
    """Which ledger sheets with these headings are, and what was said of their headings beyond what is known."""

    ledger: str
    said: Mapping[str, str] = {}
    date_order: DateOrder | None = None
    headings: tuple[str, ...] = ()
    name: str = ""


def key_of(headings: Sequence[str]) -> str:
    """What tells headings from others: their folded words, in any order."""
    words = sorted(filter(None, map(folded, headings)))
    return blake2b("\x1f".join(words).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def found_for(folder: Path, headings: Sequence[str]) -> Profile | None:
    """The newest profile of these headings; one that cannot be read counts as none."""
    return _read(_place(folder) / f"{key_of(headings)}.json")


def named(folder: Path, name: str) -> Profile | None:
    """The profile that a person calls by its name; None where it is still to be made."""
    known = (_read(path) for path in sorted(_place(folder).glob("*.json")))
    return next((profile for profile in known if profile is not None and name.strip() == profile.name), None)


def keep(folder: Path, profile: Profile) -> None:
    """Remember how these headings were read."""
    place = _place(folder)
    for each in (folder / OWN_FOLDER, place):
        if not each.is_dir():
            system.make_folder(each)
    data = profile._asdict() | {"headings": list(profile.headings), "said": dict(profile.said)}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    put(place / f"{key_of(profile.headings)}.json", text.encode())


def _place(folder: Path) -> Path:
    return folder / OWN_FOLDER / _FOLDER


def _read(path: Path) -> Profile | None:
    try:
        data = json.loads(path.read_bytes())
        said = {str(heading): str(target) for heading, target in data["said"].items()}
        order: Any = data.get("date_order")
        order = order if order in {"ymd", "dmy", "mdy"} else None
        headings = tuple(map(str, data["headings"]))
        return Profile(str(data["ledger"]), said, order, headings, str(data.get("name", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
