"""Receipts: what every post recorded, as the journal holds it.

A post writes its intent before it touches a ledger: number, time, the facts the book gives it, and every change in
full. A mark follows: `done`, `taken back`, or `left alone` where a file was changed by others meanwhile. An intent
without a mark is pending. Numbers only grow and are never used again.

Of the facts two keys are known here: `request_id` is what find_request looks for, `command` is the line to type again.
"""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from salesaid.storage.journal import Record, decoded, journal_folder, lines
from salesaid.storage.trouble import NewerJournal

_HEAD = len(b"00000000 ")
_MARK = b'{"mark"'  # how a record of a mark begins
_NO_UNDO = b'"undoes":null'  # what the record of a post holds, and that of an undo does not

State = Literal["done", "taken back", "left alone", "pending"]


class Sum(NamedTuple):
    """Size and CRC-32 of a file's content."""

    size: int
    crc: int


class Spliced(NamedTuple):
    """At `offset` the tail `old` was cut off, or `new` was added; one of them is empty. `made`: the file itself was."""

    path: Path
    offset: int
    old: bytes
    new: bytes
    made: bool


class Swapped(NamedTuple):
    """The file became another; None: there was, or is, none. `temp` lies beside it, `kept` in `.salesaid/last/`."""

    path: Path
    old: Sum | None
    new: Sum | None
    temp: str
    kept: str


Recorded = Spliced | Swapped


class Receipt(NamedTuple):
    """One post. `at` is UTC in ISO form; `undoes` is the number of the post that this one takes back."""

    seq: int
    at: str
    facts: Mapping[str, object]
    changes: tuple[Recorded, ...]
    undoes: int | None = None
    state: State = "pending"

    @property
    def id(self) -> str:
        """The name people use: R17."""
        return f"R{self.seq}"


def newest(folder: Path) -> Receipt | None:
    """The newest receipt in whatever state; reads only the journal's end."""
    return next(receipts(folder), None)


def newest_done(folder: Path) -> Receipt | None:
    """The newest receipt whose post stands."""
    return next((receipt for receipt in receipts(folder) if receipt.state == "done"), None)


def receipts(folder: Path) -> Iterator[Receipt]:
    """All receipts, newest first, read as they are asked for."""
    marks: dict[int, State] = {}
    for line in lines(folder):
        record = decoded(line)
        if record is None:
            continue
        if "mark" in record:
            marks.setdefault(record["seq"], record["mark"])
        else:
            yield as_receipt(folder, record, marks.pop(record["seq"], "pending"))


def receipts_with(folder: Path, *parts: bytes) -> Iterator[Receipt]:
    """The receipts, newest first, that hold one of these parts as the journal writes them, and those of undos.

    All others are passed over unread, which for a long journal is most of the time that receipts() takes.
    """
    behind = b""
    for line in lines(folder):
        if not line.startswith(_MARK, _HEAD) and (_NO_UNDO not in line or any(part in line for part in parts)):
            record = decoded(line)
            if record is not None:
                yield as_receipt(folder, record, _mark_of(record, behind))
        behind = line


def find_request(folder: Path, request_id: str) -> Receipt | None:
    """The newest receipt with that request id, unless it was taken back: then the request was never fulfilled."""
    part = json.dumps({"request_id": request_id}, ensure_ascii=False, separators=(",", ":"))
    needle = part[1:-1].encode("utf-8", "surrogatepass")
    behind = b""
    for line in lines(folder):
        if needle in line:
            receipt = _fulfilled(folder, line, behind)
            if receipt and receipt.facts.get("request_id") == request_id:
                return receipt
        behind = line
    return None


def _fulfilled(folder: Path, line: bytes, behind: bytes) -> Receipt | None:
    record = decoded(line)
    if record is None or "mark" in record:
        return None
    state = _mark_of(record, behind)
    return None if state == "taken back" else as_receipt(folder, record, state)


def _mark_of(record: Record, behind: bytes) -> State:
    """What became of a post: its mark is the record behind its intent."""
    mark = decoded(behind)
    state: State = mark["mark"] if mark and mark.get("mark") and mark["seq"] == record["seq"] else "pending"
    return state


def taken_back_by(folder: Path, receipt: Receipt) -> Receipt | None:
    """The undo that took a post back, unless that was undone in its turn."""
    undone: set[int | None] = set()
    for newer in receipts(folder):
        if newer.seq <= receipt.seq:
            return None
        if newer.state == "done" and newer.seq not in undone and newer.undoes is not None:
            if newer.undoes == receipt.seq:
                return newer
            undone.add(newer.undoes)
    return None


def next_seq(folder: Path) -> int:
    """The number of the next post; damaged lines at the journal's end count as if they had used one each."""
    damaged = 0
    for line in lines(folder):
        record = decoded(line)
        if record is not None:
            return int(record["seq"]) + 1 + damaged
        damaged += 1
    return 1 + damaged


def as_mark(receipt: Receipt, state: State) -> Record:
    """The record that closes a receipt's intent."""
    return {"mark": state, "seq": receipt.seq}


def as_record(folder: Path, receipt: Receipt) -> Record:
    """The intent as the journal holds it; files inside the book by their path from it."""
    return {
        "seq": receipt.seq,
        "id": receipt.id,
        "at": receipt.at,
        "undoes": receipt.undoes,
        "facts": receipt.facts,
        "changes": [_change_record(folder, change) for change in receipt.changes],
    }


def as_receipt(folder: Path, record: Record, state: State) -> Receipt:
    """The receipt of an intent. Raises NewerJournal for a record of a form unknown here."""
    try:
        changes = tuple(_change(folder, change) for change in record["changes"])
        return Receipt(record["seq"], record["at"], record["facts"], changes, record["undoes"], state)
    except (KeyError, TypeError, ValueError) as error:
        raise NewerJournal(journal_folder(folder)) from error


def _change_record(folder: Path, change: Recorded) -> Record:
    path = change.path
    file = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
    if isinstance(change, Swapped):
        return {"file": file, "kind": "swap", **_without_path(change)}
    return {
        "file": file,
        "kind": "splice",
        **_without_path(change),
        "old": _inline(change.old),
        "new": _inline(change.new),
    }


def _without_path(change: Recorded) -> Record:
    return {name: value for name, value in change._asdict().items() if name != "path"}


def _change(folder: Path, record: Record) -> Recorded:
    path = folder / record["file"]
    if record["kind"] == "splice":
        old, new = _bytes(record["old"]), _bytes(record["new"])
        return Spliced(path, int(record["offset"]), old, new, record["made"])
    if record["kind"] == "swap":
        return Swapped(
            path, _sum(record["old"]), _sum(record["new"]), Path(record["temp"]).name, Path(record["kept"]).name
        )
    raise ValueError(record["kind"])


def _inline(data: bytes) -> Record:
    """Bytes inside the record. The object leaves room for bytes that lie in a file of their own."""
    return {"base64": b2a_base64(data, newline=False).decode("ascii")}


def _bytes(record: Record) -> bytes:
    return a2b_base64(record["base64"])


def _sum(pair: list[int] | None) -> Sum | None:
    return Sum(*pair) if pair else None
