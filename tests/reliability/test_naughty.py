"""Texts that break programs, as names and notes: told back sign by sign, never run, never a control of the terminal."""

from __future__ import annotations

import json
import os
import pty
import shutil
import unicodedata
from pathlib import Path

import pytest

from tests.reliability import stops

STRINGS = Path(__file__).parents[2] / ".." / "shared" / "data" / "naughty_strings.json"
OWN = [
    "\x1b[2J\x1b[31m红", "\x1b]0;标题\x07", "[bold]粗[/bold]", "[/]", "[link=file:///etc/passwd]点[/link]", ":smile:",
    "{0}", "%s%n", "a\tb", "前\u202e后", "零\u200b宽", "\u0085", "\x9b31m", "_x001B_", "_x000D_", "'00123", "1E5", "NA",
    "null", "TRUE", "MAR1", "00123", "110101199003071200", "a,b", 'a"b', "a;b", "\ufeffa", "𠮷", "ｅｖｉｌ", "x" * 1000,
]  # fmt: skip
SHARE = 30  # every thirtieth is tried in the ordinary run


def naughty() -> list[str]:
    strings = json.loads(STRINGS.read_text("utf-8")) if STRINGS.exists() else []
    return list(dict.fromkeys([*OWN, *strings]))


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def model(request, memory):
    return stops.made(stops.Case("void", request.param), memory / f"naughty {request.param}")


@pytest.fixture
def desk(model, place):
    shutil.copytree(model.folder, place / "book")
    return stops.at(place / "book")


def noted(desk, text: str):
    """An order with the text as its note: the answer, and the note as the book holds it."""
    answer = desk.run(["order", "add", "骏业", "A-1×1", "--note", text, "--format", "json"])
    return answer, json.loads(answer.out)


def is_kept_as_a_note(desk, text: str) -> bool:
    """Whether it was written, sign by sign, and undone; otherwise it was refused with a sentence."""
    before = stops.ledgers(desk.folder)
    answer, told = noted(desk, text)
    if answer.code == 0:
        row = told["data"]["entries"][0]["row"]
        assert row.get("note", "") in {text, text.strip()}
        kept = last_note(desk)
        assert kept in {text, text.strip()}, (text, kept)
        assert_undone(desk, before)
        return True
    assert answer.code in {2, 3}, answer
    assert told["errors"][0]["message"]
    assert stops.ledgers(desk.folder) == before
    return False


def assert_undone(desk, before) -> None:
    assert desk.run("undo").code == 0
    assert stops.ledgers(desk.folder) == before


def last_note(desk) -> str:
    """The note of the newest row as a program of another make reads it."""
    if (desk.folder / "订单.csv").exists():
        import csv

        with (desk.folder / "订单.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, strict=True))[-1][9]
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    sheet = load_workbook(desk.folder / "订单.xlsx").worksheets[0]
    cell = sheet.cell(sheet.max_row, 10)
    assert cell.data_type != "f"
    return unescape(cell.value or "")


def test_a_share_of_the_naughty_strings_as_notes(desk):
    kept = [is_kept_as_a_note(desk, text) for text in (*OWN[::3], *naughty()[::SHARE])]
    assert sum(kept) > len(kept) // 2


@pytest.mark.slow
def test_every_naughty_string_as_a_note(desk):
    if not STRINGS.exists():
        pytest.skip("../shared/data/naughty_strings.json is not here")
    kept = [is_kept_as_a_note(desk, text) for text in naughty()]
    assert sum(kept) > len(kept) // 2


def is_kept_as_a_name(desk, text: str) -> bool:
    """Whether it was written as a customer and as a product, and undone; otherwise it was refused with a sentence."""
    before = stops.ledgers(desk.folder)
    answer = desk.run(["order", "add", text, "-i", f"{text}×2", "--new", "--format", "json"])
    told = json.loads(answer.out)
    if answer.code:
        assert answer.code in {2, 3}, (text, answer)
        assert told["errors"][0]["message"]
        assert stops.ledgers(desk.folder) == before
        return False
    no = told["data"]["no"]
    row = next(row for row in desk.rows(stops.SAYS) if row["order_no"] == no)
    assert row["product"] is not None
    assert {text.strip()} >= {row["customer"]} - {None, "骏业"} or row["customer"] in text, (text, row)
    assert_undone(desk, before)
    return True


def share_kept(desk, strings) -> float:
    """How many of the names are kept; options of every command are none."""
    kept = [is_kept_as_a_name(desk, text) for text in strings if text not in {"--version", "--help"}]
    return sum(kept) / len(kept)


def test_a_share_of_the_naughty_strings_as_names(desk):
    assert share_kept(desk, [*OWN[1::3], *naughty()[4::SHARE]]) > 0.3


@pytest.mark.slow
def test_every_naughty_string_as_a_name(desk):
    if not STRINGS.exists():
        pytest.skip("../shared/data/naughty_strings.json is not here")
    assert share_kept(desk, naughty()) > 0.3


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "＝1+1", "  =cmd|' /C calc'!A0", "\t@x"])
def test_what_excel_would_run_is_refused_in_a_csv_and_text_in_a_workbook(desk, text):
    answer, _ = noted(desk, text)
    if (desk.folder / "订单.csv").exists():
        assert answer.code == 2
        assert "--literal" in answer.out
        assert desk.run(["order", "add", "骏业", "A-1×1", "--note", text, "--literal"]).code == 0
    else:
        assert answer.code == 0
    assert last_note(desk).strip() == text.strip()


def test_plus_and_minus_are_written_and_warned_of(desk):
    for text in ("+5V 电源", "-20℃ 可用"):
        answer, told = noted(desk, text)
        assert answer.code == 0
        codes = [note["code"] for note in told["data"]["notes"]]
        assert ("formula_like" in codes) == (desk.folder / "订单.csv").exists()


def shown_on_a_terminal(desk, *lines: list[str]) -> bytes:
    """What commands send to a terminal of 120 columns."""
    child, terminal = pty.fork()
    if not child:
        import io

        from salesaid import cli

        code = 70
        try:
            around = {"SALESAID_BOOK": str(desk.folder), "SALESAID_TODAY": desk.today, "SALESAID_LANG": "zh",
                      "COLUMNS": "120", "NO_COLOR": "1"}  # fmt: skip
            out, err = (os.fdopen(os.dup(end), "w", encoding="utf-8", errors="strict") for end in (1, 2))
            code = max(cli.main(words, around, io.StringIO(), out, err) for words in lines)
            out.flush()
        finally:
            os._exit(code)
    pieces = []
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in {0, 1, 2, 3}
    os.close(terminal)
    return b"".join(pieces)


def controls_in(shown: str) -> set[str]:
    """The signs that would move the cursor, ring, or turn the text around."""
    bad = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {f"U+{ord(sign):04X}" for sign in shown if sign != "\n" and unicodedata.category(sign) in bad}


def test_no_text_of_a_ledger_or_of_a_command_line_controls_the_terminal(desk):
    strings = [text for text in naughty() if "\0" not in text and text.strip()]
    typed = [*OWN[:16], *strings[::SHARE]]
    if (desk.folder / "订单.csv").exists():
        quoted = ['"' + text.replace('"', '""') + '"' for text in strings]
        rows = [f"SO20261121-{no:03},2026-11-21,下单,{text},{text},1,,,,{text}" for no, text in enumerate(quoted)]
        with (desk.folder / "订单.csv").open("a", encoding="utf-8", newline="") as file:
            file.write("\n".join(rows) + "\n")
    reads = [["order", "list"], ["product", "list"], ["stock", "list"], ["stock", "check"]]
    asks = [["order", "add", text, f"{text}×1"] for text in typed[::2]]
    asks += [["customer", "show", text] for text in typed[1::2]]
    shown = shown_on_a_terminal(desk, *reads, *asks).decode("utf-8").replace("\r\n", "\n")
    assert "SO2026112" in shown
    assert "[bold]粗" in shown
    assert controls_in(shown) == set()
