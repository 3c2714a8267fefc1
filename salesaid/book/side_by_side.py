"""Two halves of a long job, each in a process of its own: the second in a copy of this one that hands its answer back.

A check reads much and finds little, so that what goes from one process to the other is small, and a book that is
checked in two halves takes little more than half as long on a machine that has two processors to spare.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")

_EXIT_DONE, _EXIT_FAILED = 0, 1


def has_room() -> bool:
    """Whether a second process would have a processor, and a copy of this one is safe to make.

    Elsewhere than on Linux a copy is not to be had, or may not use what the system's libraries have begun.
    """
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


class Beside(Generic[T]):
    """`job` at work in a copy of this process until its answer is asked for. It writes nothing, and says nothing.

    As a context: whatever becomes of our own half, the other does not outlive it.
    """

    def __init__(self, job: Callable[[], T]) -> None:
        self._pipe, theirs = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            _work(job, theirs, self._pipe)
        os.close(theirs)

    def __enter__(self) -> Beside[T]:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._pipe)
        if self._pid:
            from signal import SIGKILL

            with suppress(ProcessLookupError):
                os.kill(self._pid, SIGKILL)
            self._wait()

    def answer(self) -> T | None:
        """What the job came to; None where it failed or was killed, so that doing it here tells why."""
        import pickle

        with os.fdopen(os.dup(self._pipe), "rb") as pipe:
            found = pipe.read()
        answer: T | None = pickle.loads(found) if self._wait() == _EXIT_DONE else None  # noqa: S301 - our own copy's
        return answer

    def _wait(self) -> int:
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return os.waitstatus_to_exitcode(status)


def _work(job: Callable[[], object], pipe: int, ours: int) -> None:
    """The copy's whole life. Nothing of the process that it was copied from is flushed, closed or called at its end."""
    code = _EXIT_FAILED
    try:
        import pickle

        os.close(ours)  # else a pipe that is full would still have a reader where the other process was killed
        found = pickle.dumps(job(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(pipe, "wb") as out:
            out.write(found)
        code = _EXIT_DONE
    finally:
        os._exit(code)
