"""A bar on the terminal for what takes longer than a second; whoever sees the answer sooner never sees it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, TextIO

from salesaid.core.text import Text
from salesaid.render.visible import visible

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from salesaid.core.text import Lang

PATIENCE = 1.0  # seconds before a bar is shown
_PACE = 0.1  # seconds between two looks of it
_WORKING = Text("正在处理 ", "working on ")


class Bar:
    """How much of a file has been read. Called again and again with a share; 1 is the end, and clears the line."""

    def __init__(self, stream: TextIO, lang: Lang) -> None:
        self._stream = stream
        self._lang = lang
        self._began = monotonic()
        self._drawn = 0.0
        self._shown: tuple[Progress, TaskID] | None = None

    def __call__(self, file: str, share: float) -> None:
        """Show that this much of a file has been read, if it is time to."""
        now = monotonic()
        if share >= 1:
            self._clear()
        elif now - self._began >= PATIENCE and now - self._drawn >= _PACE:
            self._drawn = now
            self._draw(file, share)

    def _draw(self, file: str, share: float) -> None:
        if self._shown is None:
            self._shown = self._begun(file)
        bar, task = self._shown
        bar.update(task, completed=share)
        bar.refresh()

    def _begun(self, file: str) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        console = Console(file=self._stream, highlight=False)
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
        bar = Progress(*columns, console=console, auto_refresh=False, transient=True)
        bar.start()
        return bar, bar.add_task(_WORKING.in_(self._lang) + visible(file), total=1.0)

    def _clear(self) -> None:
        if self._shown is not None:
            self._shown[0].stop()
            self._shown = None
