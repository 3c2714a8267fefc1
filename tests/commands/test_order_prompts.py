"""A person at a real terminal; elsewhere nothing ever waits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="terminals of this kind are not on Windows")
ROOT = Path(__file__).parents[2]


def start(desk, words, **streams):
    around = {**os.environ, "SALESAID_BOOK": str(desk.folder), "SALESAID_TODAY": desk.today, "SALESAID_LANG": "zh"}
    command = [sys.executable, "-m", "salesaid", *words]
    around |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}
    return subprocess.Popen(command, cwd=ROOT, env=around, **streams)


def read_until(handle, text):
    seen = b""
    while text.encode() not in seen:
        try:
            part = os.read(handle, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
    return seen.decode("utf-8", "replace")


def test_at_a_terminal_missing_words_are_asked_for_and_a_price_is_offered(desk):
    """
    产品.csv
    产品,单价
    电源线,15

    客户.csv
    客户
    骏业
    """
    ours, theirs = pty.openpty()
    with start(desk, ["order", "add"], stdin=theirs, stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        for question, answer in (("客户", "骏业"), ("货品", "电源线×2"), ("15", "14")):
            assert question in read_until(ours, question)
            os.write(ours, f"{answer}\n".encode())
        read_until(ours, "salesaid undo")
        os.close(ours)
        assert run.wait(20) == 0
    assert desk.rows("order list")[0]["amount"] == 28


def test_without_a_terminal_nothing_waits_for_input(desk):
    with start(desk, ["order", "add"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.wait(20) == 2  # its stdin stays open
        assert "缺少客户" in run.stderr.read().decode()
