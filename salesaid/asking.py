"""Asking a person at a terminal, with completion of names where the terminal can do it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO


def ask(prompt: str, offers: Sequence[str], stdin: TextIO, stdout: TextIO) -> str:
    """One line that a person types, without its end. Raises KeyboardInterrupt where the input ends."""
    if stdin is sys.stdin and stdout is sys.stdout:
        return _asked(prompt, offers)
    stdout.write(prompt)
    stdout.flush()
    text = stdin.readline()
    if not text:
        raise KeyboardInterrupt
    return text.strip()


def _asked(prompt: str, offers: Sequence[str]) -> str:
    with suppress(ImportError):  # Windows has no readline: names are typed in full there
        _offer(offers)
    try:
        return input(prompt).strip()
    except EOFError as end:
        raise KeyboardInterrupt from end


def _offer(offers: Sequence[str]) -> None:
    import readline

    def complete(text: str, state: int) -> str | None:
        fitting = [offer for offer in offers if text.casefold() in offer.casefold()]
        return fitting[state] if state < len(fitting) else None

    readline.set_completer(complete)
    readline.set_completer_delims("\n")
    readline.parse_and_bind("tab: complete")
