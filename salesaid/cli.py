"""The command line: from the words typed to one command; shows trouble; owns the exit codes.

0 done · 1 a check found something · 2 refused · 3 trouble with a file · 70 a bug · 130 interrupted.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import typer

from salesaid import __version__, argv, groups, phrases
from salesaid.calls import NAME, Call, resolved
from salesaid.core.errors import FileTrouble, Refused, SalesaidError
from salesaid.core.text import LANGUAGES, Lang, Text

DONE, INTERRUPTED = 0, 130
COMPLETING = "_SALESAID_COMPLETE"
SET_UPS = (("--install-completion",), ("--show-completion",))

_NARROWEST, _USUAL, _WIDEST = 60, 80, 100  # cells of a help page
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EIO}


class Streams:
    """Where a run reads from and writes to."""

    def __init__(self, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr


Opener = Callable[[argv.Globals, Mapping[str, str], Streams], Any]


class Voice:
    """How a run speaks, for as much of the command line as is understood by now."""

    def __init__(self, words: Sequence[str], environ: Mapping[str, str], streams: Streams) -> None:
        self.words = words
        self.environ = environ
        self.streams = streams
        self.command = ""
        self.json = argv.asks_for_json(words)
        self.lang: Lang = argv.spoken(argv.all_words(words, ()).globals_.lang, environ)


class UnknownLanguage(Refused):
    """A language that salesaid does not speak."""

    def __init__(self, lang: str) -> None:
        super().__init__(
            Text(f"没有这种语言：{lang}", f"no such language: {lang}"), Text("请用 zh 或 en", "use zh or en")
        )


class AnswerNotWritten(FileTrouble):
    """Standard output does not take the answer: its disk is full or gone."""

    def __init__(self, reason: str) -> None:
        super().__init__(Text(f"结果写不出去：{reason}", f"the answer cannot be written: {reason}"))


def main(
    words: Sequence[str],
    environ: Mapping[str, str],
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    *,
    commands: Path = groups.COMMANDS,
    opened: Opener | None = None,
) -> int:
    """Run one command line and answer its exit code. Whatever goes wrong is said, nothing is raised."""
    _never_fail_to_encode(stdout, stderr)
    voice = Voice(words, environ, Streams(stdin, stdout, stderr))
    try:
        code = _run(voice, commands, opened or _opened)
        stdout.flush()
    except SalesaidError as error:
        return _told(error, voice)
    except BrokenPipeError:
        _let_go(stdout)
        return DONE
    except KeyboardInterrupt:
        _write(stderr, Text("已中断", "interrupted").in_(voice.lang) + "\n")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: whatever is not ours is a bug to be told
        return _told(_as_trouble(error, voice), voice)
    return code


def _run(voice: Voice, commands: Path, opened: Opener) -> int:
    if voice.environ.get(COMPLETING):
        return _completed(voice, commands, opened)
    call = resolved(voice.words, commands)
    voice.command = call.command
    globals_ = call.line.globals_
    if globals_.lang is not None and globals_.lang not in LANGUAGES:
        raise UnknownLanguage(globals_.lang)
    voice.lang = argv.spoken(globals_.lang, voice.environ)
    if globals_.version:
        return _print(voice, f"{NAME} {__version__}")
    session = _session(globals_, voice, opened)
    if not call.names and call.line.options[:1] in SET_UPS:
        return _completion_set_up(call, voice)
    if call.trouble is not None:
        raise call.trouble
    if call.info is None or call.helped:
        return _print(voice, *_page(call, voice, commands))
    if isinstance(session, SalesaidError):
        raise session
    return _called(call, session)


def _session(globals_: argv.Globals, voice: Voice, opened: Opener) -> Any:
    """The session, whose book may set the language; or what kept it from opening, which matters to commands only."""
    try:
        session = opened(globals_, voice.environ, voice.streams)
    except SalesaidError as trouble:
        return trouble
    voice.lang = session.lang
    session.command, session.words = voice.command, voice.words
    return session


def _opened(globals_: argv.Globals, environ: Mapping[str, str], streams: Streams) -> Any:
    from salesaid.session import open_session

    return open_session(globals_, environ, streams)


def _called(call: Call, session: Any) -> int:
    """The command's exit code, after it has run."""
    words = call.line.arguments
    try:
        with call.parsed.make_context(call.path, words, obj=session, help_option_names=[]) as context:
            context.call_on_close(session.close)
            return int(call.parsed.invoke(context) or DONE)
    except SalesaidError as trouble:
        if trouble.offers_new and "--new" not in phrases.flags(call.parsed):
            trouble.hint = trouble.hint_without_new
        raise
    except phrases.Trouble as trouble:
        raise phrases.in_ours(trouble, call.parsed, call.path) from trouble
    except typer.Exit as end:
        return int(end.exit_code)
    except typer.Abort as end:
        raise KeyboardInterrupt from end


def _page(call: Call, voice: Voice, commands: Path) -> list[str]:
    """The help page that is asked for, or that a command line without a verb comes to."""
    from salesaid import pages

    width = _width(voice)
    files = groups.files(commands)
    if call.info is not None:
        return pages.command(call.path, call.info, call.parsed, voice.lang, width)
    if call.app is None:
        return pages.root(files, voice.lang, width)
    return pages.group(call.path, groups.about(call.names, call.app, files), call.app, voice.lang, width)


def _width(voice: Voice) -> int:
    columns = voice.environ.get("COLUMNS", "")
    if columns.isdecimal():
        return max(_NARROWEST, min(int(columns), _WIDEST))
    try:
        return max(_NARROWEST, min(os.get_terminal_size(voice.streams.stdout.fileno()).columns, _WIDEST))
    except (OSError, ValueError):
        return _USUAL


def _completed(voice: Voice, commands: Path, opened: Opener) -> int:
    """Answer the shell's script; a shell that asks must never see trouble."""
    from salesaid import completion

    def session(globals_: argv.Globals) -> Any:
        return opened(globals_, voice.environ, voice.streams)

    try:
        return _print(voice, completion.answer(voice.environ[COMPLETING], commands, session))
    except SystemExit as end:  # typer's way of telling fish whether there is anything
        return int(end.code or DONE)
    except Exception:  # noqa: BLE001 - a traceback in the middle of a prompt helps nobody
        return DONE


def _completion_set_up(call: Call, voice: Voice) -> int:
    from salesaid import completion

    shell = next(iter(call.line.words), None)
    if call.line.options[:1] == SET_UPS[1]:
        return _print(voice, completion.script(shell))
    path = completion.installed(shell)
    done = Text(f"自动补全已装好：{path}，重开终端后生效", f"completion is installed: {path}; open a new terminal")
    return _print(voice, done.in_(voice.lang))


def _told(trouble: SalesaidError, voice: Voice) -> int:
    """The exit code of trouble, which is said where it can be."""
    with suppress(OSError):
        if voice.json:
            from salesaid.render import as_json

            data = as_json.error_data(trouble, voice.lang)
            _write(voice.streams.stdout, as_json.to_text(as_json.envelope(voice.command, None, [data])))
        else:
            _write(voice.streams.stderr, _as_lines(trouble, voice))
    if isinstance(trouble, AnswerNotWritten):
        _let_go(voice.streams.stdout)
    return trouble.exit_code


def _as_lines(trouble: SalesaidError, voice: Voice) -> str:
    from salesaid.render.lines import ERROR, error_lines, line

    color = voice.streams.stderr.isatty() and not voice.environ.get("NO_COLOR")
    lines = error_lines(trouble, voice.lang)
    first = ERROR.in_(voice.lang)
    shown = [line(text, color=color, style="error" if text.startswith(first) else "plain") for text in lines]
    return "".join(f"{text}\n" for text in shown)


def _as_trouble(error: Exception, voice: Voice) -> SalesaidError:
    """What is none of ours: an answer that finds no room, else a bug, written down."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM and error.filename is None:
        return AnswerNotWritten(error.strerror or str(error))
    from salesaid import bugs

    if "--debug" in voice.words:
        from traceback import format_exception

        with suppress(OSError):
            _write(voice.streams.stderr, "".join(format_exception(error)))
    return bugs.written_down(error, voice.words, bugs.folders_of(voice.environ))


def _print(voice: Voice, *lines: str) -> int:
    _write(voice.streams.stdout, "".join(f"{line}\n" for line in lines))
    return DONE


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()


def _never_fail_to_encode(*streams: TextIO) -> None:
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go(stream: TextIO) -> None:
    """Nobody takes the answer: what is left of it goes nowhere, without the interpreter complaining at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
