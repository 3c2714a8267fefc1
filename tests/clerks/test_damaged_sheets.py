"""Clerks' files with bytes changed, cut off, under other names, with parts lost or altered: one sentence, no crash."""

from __future__ import annotations

import io
import json
import re
import zipfile
from random import Random

import pytest

from tests.clerks import writing_out
from tests.clerks.laying_out import made
from tests.desk import Desk

REFS = (
    "XFD1048576",
    "ZZZZ9999999999",
    "A0",
    "",
    "A",
    "1",
    "XFE1",
    "A1048577",
    "$A$1",
    "A-1",
    "A1:B2",
    "Ａ１",
    "B" + "9" * 30,
)
FIGURES = ("1e999", "NaN", "-1e308", "1E+3000000", "0x10", "", "9" * 400, "1_000", "１２", "-", "1.5.5")
ALTERED = (
    (r'<c r="[^"]*"', '<c r="{}"', REFS),
    (r'<row r="[^"]*"', '<row r="{}"', ("0", "-1", "1048577", "9" * 20, "", "x")),
    (r"<v>[^<]*</v>", "<v>{}</v>", FIGURES),
    (r' s="\d+"', ' s="{}"', ("99999", "-1", "", "x")),
    (r' t="[a-zA-Z]+"', ' t="{}"', ("s", "n", "b", "e", "str", "inlineStr", "d", "zz", "")),
    (r'<mergeCell ref="[^"]*"', '<mergeCell ref="{}"', ("A1:XFD1048576", "B2:A1", "A1", "", "A1:", "A:B", "1:9")),
    (r'numFmtId="\d+"', 'numFmtId="{}"', ("-1", "999999", "x", "14", "46")),
    (r'(?:Target|r:id)="[^"]*"', 'Target="{}"', ("", "../../../etc/passwd", "worksheets/none.xml")),
    (r"<[a-zA-Z:]+", "<q{}", ("", "x y=")),
)


def flipped(rng, data):
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def altered(rng, data):
    """A part with one value in it replaced by one that nobody expects there."""
    text = data.decode("utf-8")
    pattern, form, values = rng.choice(ALTERED)
    places = list(re.finditer(pattern, text))
    if not places:
        return flipped(rng, data)
    at = rng.choice(places)
    return (text[: at.start()] + form.format(rng.choice(values)) + text[at.end() :]).encode()


def with_part(rng, data, change):
    """The workbook with one of its parts changed; lost where the change says None."""
    old, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    names = [name for name in old.namelist() if name.endswith((".xml", ".rels")) and old.read(name)]
    chosen = rng.choice([name for name in names if "sheet" in name.lower()] if rng.random() < 0.6 else names)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(rng, old.read(name)) if name == chosen else old.read(name)
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


HOW = {
    "bytes": lambda rng, data, ending: (flipped(rng, data), ending),
    "cut": lambda rng, data, ending: (data[: rng.randrange(len(data))], ending),
    "renamed": lambda rng, data, _: (data, rng.choice((".xls", ".ods", ".csv", ".tsv", ".xlsm"))),
    "grown": lambda rng, data, ending: (data + flipped(rng, data)[: rng.randrange(len(data))], ending),
    "value": lambda rng, data, ending: (with_part(rng, data, altered), ending),
    "part": lambda rng, data, ending: (with_part(rng, data, flipped), ending),
    "lost": lambda rng, data, ending: (with_part(rng, data, lambda _rng, _part: None), ending),
    "emptied": lambda rng, data, ending: (with_part(rng, data, lambda _rng, _part: b""), ending),
}


def trouble(how, count, tmp_path):
    """The answers that are neither an import nor a refusal with its sentence, by their number."""
    files = []
    for seed in range(1, 9):
        path = tmp_path / f"{seed}.xlsx"
        if seed % 2:
            writing_out.by_openpyxl(made(seed), path, formulas=False)
        else:
            writing_out.by_wps(made(seed), path, Random(seed))
        files.append(path.read_bytes())
    found = {}
    for number in range(count):
        rng = Random(f"{how} {number}")
        data, ending = HOW[how](rng, rng.choice(files), ".xlsx")
        folder = tmp_path / f"book{number}"
        folder.mkdir()
        path = folder.with_suffix(ending)
        path.write_bytes(data)
        line = rng.choice((["import", str(path), "--dry-run"], ["adopt", str(path), "--dry-run"]))
        answer = Desk(folder).run([*line, "--format", "json"])
        said = [error["message"] for error in json.loads(answer.out)["errors"]]
        if answer.code not in {0, 2, 3} or "Traceback" in answer.err or (answer.code and not all([said, *said])):
            found[number] = (answer.code, said)
    return found


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_file_is_read_or_refused_with_a_sentence(how, tmp_path):
    assert trouble(how, 12, tmp_path) == {}


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_hundreds_of_damaged_files_are_read_or_refused_with_a_sentence(how, tmp_path):
    assert trouble(how, 200, tmp_path) == {}
