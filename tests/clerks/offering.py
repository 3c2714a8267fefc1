"""A laid-out file offered to import, and what the book then holds held against the truth."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from salesaid import ledgers
from salesaid.core.schema import Ledger
from tests.clerks.laying_out import Bad, Made
from tests.clerks.ledgers_kept import Column
from tests.desk import Desk


class Outcome(NamedTuple):
    """What became of a file: exact, named (with --as), refused, told (its bad cell), or a fault with what is wrong."""

    word: str
    about: str = ""


def offered(whole: Made, path: Path, desk: Desk) -> Outcome:
    """Import a file into an empty book, the ledger said only where the tool asks for it."""
    words = ["import", str(path), "--new", *whole.options]
    answer = desk.run([*words, "--format", "json"])
    how = "exact"
    if answer.code == 2 and _codes(answer.out) & {"no-ledger-fits", "several-ledgers"}:
        how = "named"
        answer = desk.run([*words, "--as", whole.kept.ledger, "--format", "json"])
    if answer.code not in (0, 2, 3) or "Traceback" in answer.err:
        return Outcome("fault", f"exit {answer.code}: {answer.err[-300:]}")
    if answer.code:
        return _refusal(whole, path, answer.out)
    if whole.bad is not None and path.suffix == ".csv" and whole.bad.what == "rounded":
        return Outcome(how)  # in a text all digits are there
    if whole.bad is not None:
        return Outcome("fault", f"read in spite of {whole.bad}")
    wrong = differences(whole, desk)
    return Outcome("fault", wrong) if wrong else Outcome(how)


def _codes(out: str) -> set[str]:
    return {one["code"] for one in json.loads(out)["errors"]}


def _refusal(whole: Made, path: Path, out: str) -> Outcome:
    errors = json.loads(out)["errors"]
    said = " ¦ ".join(f"{one['code']} {one['message']} @{one['where']}" for one in errors[:4])
    if whole.bad is not None and any(_is_at(whole.bad, one, is_text=path.suffix == ".csv") for one in errors):
        return Outcome("told", said)
    return Outcome("refused", said)


def _is_at(bad: Bad, error: dict[str, Any], *, is_text: bool) -> bool:
    """Whether an error names the bad cell; a row of a text is counted by its lines."""
    where = error["where"] or {}
    column = bad.ref.rstrip("0123456789")
    return where.get("column") == column and (is_text or f"{column}{where.get('row')}" == bad.ref)


def differences(whole: Made, desk: Desk) -> str:
    """What of the true rows does not stand in the book's ledger, or stands there untrue; empty where nothing."""
    ledger = ledgers.load(whole.kept.ledger)
    files = [path for path in desk.folder.glob("*.csv") if path.stem in (ledger.title.zh, ledger.id)]
    if not files:
        return f"no {ledger.id}; there are {sorted(path.name for path in desk.folder.glob('*.csv'))}"
    found = list(csv.DictReader(io.StringIO(files[0].read_text("utf-8-sig"))))
    heads = {column.id: column.headings[0] for column in ledger.columns}
    columns, rows = whole.columns, whole.rows
    if whole.kept.events:
        columns, rows = _apart(whole)
    columns = [column for column in columns if column.kind != "derived"]
    strange = _invented(found, heads, {column.id for column in whole.columns}, ledger)
    if strange:
        return f"{ledger.id}: {strange}"
    have = Counter(tuple(_said(row.get(heads[column.id]) or "", column) for column in columns) for row in found)
    want = Counter(tuple(_said(row.get(column.id), column) for column in columns) for row in rows)
    if have == want:
        return ""
    names = [column.id for column in columns]
    lost, made = ([*some.items()][:2] for some in (want - have, have - want))
    return f"{ledger.id} {names}: lost {lost} · made {made} of {len(found)}/{len(whole.rows)}"


def _apart(whole: Made) -> tuple[list[Column], list[dict[str, Any]]]:
    """What every event of wide rows says, and the events, each as a row."""
    own = {"loan_no", "return_no", "date", "customer", "product", "model", "qty"}
    columns = [column for column in whole.columns if column.id in own]
    action = Column("action", "text", (), always=True)
    rows = [
        {**row, "action": word, "date": row[id_]}
        for row in whole.rows
        for id_, word in (("date", row["action"]), *whole.kept.events)
        if row[id_]
    ]
    return [*columns, action], rows


def _invented(found: list[dict[str, str]], heads: dict[str, str], told: set[str], ledger: Ledger) -> str:
    """A value in a column that the sheet did not have; the numbers that the tool gives are its own."""
    for row in found:
        for id_, head in heads.items():
            value = row.get(head) or ""
            ours = id_ == ledger.number and value.startswith(ledger.prefix)
            if value and id_ not in told and not ours and id_ != "action":
                return f"{id_} = {value!r} is invented"
    return ""


def _said(value: Any, column: Column) -> str:
    """A value as it is compared: numbers by their size, texts by their letters."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if column.kind in ("qty", "weight", "money", "price"):
        try:
            return str(Decimal(str(value)).normalize() + 0)
        except InvalidOperation:
            return f"?{value}"
    return str(value).strip().replace("\r\n", "\n")
