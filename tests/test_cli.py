from __future__ import annotations

import errno
import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from salesaid import __version__, argv, bugs, calls, cli, groups, pages
from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text

ROOT = Path(__file__).parents[1]

ORDER = '''
"""订单：下单、查看。 | Orders: take, list."""

from __future__ import annotations

import typer

from salesaid.options import Customer, CustomerAndItems, Items, Limit, Number, plain, reading, writing

app = typer.Typer()
deep = typer.Typer(help="运价。 | Rates.")
app.add_typer(deep, name="rate")


@app.command()
@writing
def add(session: Session, words: CustomerAndItems = None, items: Items = None) -> int | None:
    """记一张订单。 | Take an order.

    salesaid order add 骏业 电源线×2
    """
    session.heard("add", words, items, session.writing)


@app.command("list")
@reading
def list_(session: Session, customer: Customer = None, limit: Limit = None) -> int | None:
    """订单一览。 | A list of orders.

    salesaid order list
    """
    session.heard("list", customer, limit, session.reading)
    return 1 if customer == "查无" else None


@app.command()
@plain
def show(session: Session, no: Number = None) -> int | None:
    """看一张订单。 | One order.

    salesaid order show -3
    """
    session.heard("show", no)


@deep.command("set")
@plain
def set_(session: Session, price: Number) -> int | None:
    """定运价。 | Set a rate.

    salesaid order rate set 3
    """
    session.heard("set", price)
'''

VOID = '''
"""Red-letter rows. | 红字冲销。"""

import typer

from salesaid.options import Number, plain

app = typer.Typer()


@app.command()
@plain
def void(session, no: Number = None):
    """红字冲销。 | Red-letter rows.

    salesaid void SO-1
    """
    raise session.trouble(no)
'''


class Session:
    """What a command is given, as far as the command line goes."""

    def __init__(self, globals_, lang, trouble):
        self.globals_ = globals_
        self.lang = globals_.lang or lang
        self.trouble = trouble
        self.calls = []

    def heard(self, *what):
        self.calls.append(what)

    def close(self):
        self.closed = True


class Answer:
    def __init__(self, code, out, err, session):
        self.code, self.out, self.err, self.session = code, out, err, session


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "commands"
    folder.mkdir()
    (folder / "order.py").write_text(ORDER.strip(), encoding="utf-8")
    (folder / "void.py").write_text(VOID.strip(), encoding="utf-8")
    (folder / "return_.py").write_text('"""返修。 | Returns."""\nraise ImportError', encoding="utf-8")
    return folder


@pytest.fixture
def run(folder, tmp_path):
    def run(*words, lang="zh", trouble=KeyError, stdout=None, **environ):
        sessions = []

        def opened(globals_, environ, streams):
            sessions.append(Session(globals_, lang, trouble))
            return sessions[-1]

        out, err = stdout or io.StringIO(), io.StringIO()
        environ = {"LANG": "zh_CN.UTF-8", "XDG_STATE_HOME": str(tmp_path / "state"), **environ}
        code = cli.main(words, environ, io.StringIO(), out, err, commands=folder, opened=opened)
        text = out.getvalue() if isinstance(out, io.StringIO) else ""
        return Answer(code, text, err.getvalue(), sessions[-1] if sessions else None)

    return run


def heard(answer):
    assert (answer.code, answer.err) == (0, "")
    (call,) = answer.session.calls
    return call


def test_a_command_hears_its_words_and_options(run):
    _, words, items, writing = heard(run("order", "add", "骏业", "-i", "电源线×2", "BVM7-710", "-n", "急", "--dry-run"))
    assert (words, items) == (["骏业", "BVM7-710"], ["电源线×2"])
    assert (writing.note, writing.dry_run, writing.yes, writing.date) == ("急", True, False, None)


def test_a_reading_command_hears_how_to_answer(run):
    _, customer, limit, reading = heard(
        run("order", "list", "-c", "骏业", "--limit", "3", "-f", "csv", "--as-of", "昨天")
    )
    assert (customer, limit) == ("骏业", 3)
    assert reading == ("csv", None, "昨天")


def test_minus_three_is_a_number_and_no_option(run):
    assert heard(run("order", "show", "-3")) == ("show", "-3")
    assert heard(run("order", "rate", "set", "-12")) == ("set", "-12")


@pytest.mark.parametrize("place", range(4))
def test_options_of_the_program_stand_anywhere(run, place):
    words = ["order", "show", "3"]
    words[place:place] = ["--book", "账本", "--today", "2026-11-22", "--debug"]
    answer = run(*words)
    assert heard(answer) == ("show", "3")
    assert answer.session.globals_ == ("账本", None, "2026-11-22", True, False)


def test_an_option_of_the_program_may_be_the_value_of_another(run):
    assert heard(run("order", "add", "-n", "--book", "骏业"))[3].note == "--book"


def test_the_session_knows_which_command_runs(run):
    session = run("--debug", "order", "rate", "set", "3").session
    assert session.command == "order rate set"
    assert session.words == ("--debug", "order", "rate", "set", "3")


def test_a_command_may_be_its_file(run):
    answer = run("void", "SO-1")
    assert answer.code == 70
    assert "KeyError" in answer.err


def test_only_the_group_that_is_named_is_imported(run):
    assert heard(run("order", "show", "3"))
    assert run("return", "list").code == 70  # its file cannot be imported


def test_help_lists_groups_by_their_files_without_importing_them(run):
    answer = run("--help")
    assert answer.code == 0
    assert "  order   订单：下单、查看。\n  return  返修。\n  void    红字冲销。\n" in answer.out


def test_help_follows_the_language(run):
    assert "  order   Orders: take, list.\n" in run("--lang", "en").out
    assert "Options:\n" in run("order", "add", "--help", lang="en").out
    assert "选项：\n" in run("order", "add", "-h", lang="zh").out


def test_a_group_without_a_verb_lists_its_verbs(run):
    answer = run("order")
    assert answer.code == 0
    assert "  add   记一张订单。\n  list  订单一览。\n  show  看一张订单。\n  rate  运价。\n" in answer.out


def test_help_needs_no_book(folder):
    def opened(globals_, environ, streams):
        raise FileTrouble(Text("坏账本", "bad book"))

    out = io.StringIO()
    environ = {"LANG": "en_US"}
    assert cli.main(["order", "add", "--help"], environ, out, out, out, commands=folder, opened=opened) == 0
    assert "Take an order." in out.getvalue()
    assert cli.main(["order", "add"], environ, out, out, out, commands=folder, opened=opened) == 3
    assert out.getvalue().endswith("error: bad book\n")


@pytest.mark.parametrize(
    ("words", "code", "message", "hint"),
    [
        ("odrer add @", "no-such-command", "没有这个命令：odrer", "是不是要写：order"),
        ("order lst @", "no-such-command", "没有这个命令：lst", "是不是要写：list"),
        ("--bok x order @", "no-such-option", "没有这个选项：--bok", "是不是要写：--book"),
        ("order -c 骏业 list @", "misplaced-option", "选项 -c 要写在命令后面", "写法见：salesaid order --help"),
        ("order list @ --custmer x", "no-such-option", "没有这个选项：--custmer", "是不是要写：--customer"),
        ("order list @ --todya x", "no-such-option", "没有这个选项：--todya", "是不是要写：--today"),
        ("order list @ -c", "option-needs-value", "选项 -c 后面缺少内容", "写法见：salesaid order list --help"),
        ("order list @ --book", "option-needs-value", "选项 --book 后面缺少内容", "写法见：salesaid order list --help"),
        ("order list @ --lang", "option-needs-value", "选项 --lang 后面缺少内容", "写法见：salesaid order list --help"),
        (
            "order add @ --dry-run=1",
            "option-takes-no-value",
            "选项 --dry-run 不带内容",
            "写法见：salesaid order add --help",
        ),
        ("order list 骏业 x @", "unexpected-argument", "多余的内容：骏业 x", "写法见：salesaid order list --help"),
        (
            "order list @ -f xml",
            "bad-value",
            "--format：只能是 table、json、csv、md",
            "写法见：salesaid order list --help",
        ),
        ("order add -f csv @ -f csv", "bad-value", "--format：只能是 table、json", "写法见：salesaid order add --help"),
        ("order list --limit 0 @", "bad-value", "--limit：要写不小于 1 的整数", "写法见：salesaid order list --help"),
        ("order list --limit x @", "bad-value", "--limit：要写不小于 1 的整数", "写法见：salesaid order list --help"),
        (
            "order add @ --request-id",
            "option-needs-value",
            "选项 --request-id 后面缺少内容",
            "写法见：salesaid order add --help",
        ),
        ("order list @ --lang fr", "unknown-language", "没有这种语言：fr", "请用 zh 或 en"),
    ],
)
def test_a_wrong_command_line_is_refused_with_a_way_on(run, words, code, message, hint):
    answer = run(*words.replace("@", "").split())
    assert (answer.code, answer.out, answer.err) == (2, "", f"错误：{message}\n  {hint}\n")
    (error,) = json.loads(run(*words.replace("@", "-fjson").split()).out)["errors"]
    assert (error["code"], error["message"]) == (code, message)


def test_a_missing_argument_is_named_by_what_stands_for_it(run):
    assert run("order", "rate", "set").err == "错误：缺少：单号\n  写法见：salesaid order rate set --help\n"


def test_an_option_before_any_command_needs_its_value(run):
    assert run("--lang").err == "错误：选项 --lang 后面缺少内容\n  写法见：salesaid --help\n"


def test_the_parsers_trouble_speaks_english_too(run):
    answer = run("order", "lst", lang="en")
    assert answer.err == "error: no such command: lst\n  did you mean: list\n"


def test_the_language_is_found_behind_a_word_that_is_no_command(run):
    assert run("odrer", "add", "--lang", "en").err.startswith("error: no such command: odrer")
    assert run("order", "lst", "--lang", "en").err.startswith("error: no such command: lst")


def test_trouble_is_json_where_the_answer_would_be(run):
    answer = run("order", "list", "--limit", "0", "--format", "json")
    assert (answer.code, answer.err) == (2, "")
    message = {"message": "--limit：要写不小于 1 的整数", "hint": "写法见：salesaid order list --help", "where": None}
    assert json.loads(answer.out) == {
        "status": "error",
        "command": "order list",
        "data": None,
        "errors": [{"code": "bad-value", **message}],
    }


def test_what_was_typed_cannot_steer_the_terminal(run):
    assert "\x1b" not in run("order", "list", "\x1b]0;title\x07", "--\x1b[2J").err
    assert "\x1b" not in run("\x1b[2J").err


def test_a_command_that_found_something_says_so_by_its_exit_code(run):
    assert run("order", "list", "-c", "查无").code == 1


def test_trouble_with_a_file_is_exit_three(run):
    answer = run("void", "3", trouble=lambda no: FileTrouble(Text(f"读不了 {no}", "unreadable")))
    assert (answer.code, answer.err) == (3, "错误：读不了 3\n")


def test_a_bug_is_one_line_and_a_file_outside_the_book(run, tmp_path):
    answer = run("void", "\x1b3")
    (log,) = (tmp_path / "state" / "salesaid").iterdir()
    assert answer.code == 70
    assert answer.err == f"错误：salesaid 程序内部出错（KeyError）\n  详情记在 {log}，报告问题时请附上\n"
    assert r"['void', '\x1b3']" in log.read_text(encoding="utf-8")
    assert "raise session.trouble(no)" in log.read_text(encoding="utf-8")


def test_debug_shows_where_a_bug_happened(run):
    answer = run("void", "3", "--debug")
    assert answer.code == 70
    assert "Traceback" in answer.err


def test_a_bug_is_told_even_where_no_log_can_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    bug = bugs.written_down(KeyError("x"), ["void"], [tmp_path / "file", tmp_path / "file" / "x"])
    assert bug.hint == Text("加 --debug 再运行一次可看详情", "run it again with --debug to see where")


def test_an_interrupted_run_is_exit_130(run):
    assert run("void", "3", trouble=lambda _: KeyboardInterrupt()).code == 130


def test_a_reader_who_has_enough_is_no_trouble(run):
    answer = run("void", "3", trouble=lambda _: BrokenPipeError())
    assert (answer.code, answer.err) == (0, "")


def test_an_answer_that_finds_no_room_is_trouble_with_a_file(run):
    answer = run("void", "3", trouble=lambda _: OSError(errno.ENOSPC, "No space left on device"))
    assert (answer.code, answer.err) == (3, "错误：结果写不出去：No space left on device\n")


def test_a_terminal_that_knows_no_chinese_gets_escapes(run):
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert run("--help", stdout=out).code == 0
    assert out.buffer.getvalue().startswith(rb"\u7528\u6cd5")


def process(*words, **options):
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "salesaid", *words],
        env=environ,
        cwd=ROOT,
        check=False,
        stderr=subprocess.PIPE,
        **options,
    )


def test_the_module_is_the_program():
    assert process("--version", stdout=subprocess.PIPE).stdout.decode() == f"salesaid {__version__}\n"


def test_starting_loads_nothing_heavy(folder):
    script = f"""
import io, sys
from pathlib import Path
from salesaid import cli
session = type("Session", (), {{"lang": "zh"}})
out = io.StringIO()
for words in (["--help"], ["order", "add", "--help"], ["order", "lst"]):
    cli.main(words, {{}}, out, out, out, commands=Path({str(folder)!r}), opened=lambda *_: session())
heavy = {{"pandas", "numpy", "openpyxl", "pyarrow", "python_calamine", "rapidfuzz", "rich.console", "pydantic"}}
sys.exit(", ".join(heavy & set(sys.modules)) or 0)
"""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environ, check=False, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_answer_is_exit_three_and_one_line():
    with Path("/dev/full").open("w") as full:
        done = process("--version", stdout=full)
    assert (done.returncode, done.stderr.decode().count("\n")) == (3, 1)


def test_a_pipe_that_is_closed_early_leaves_no_noise():
    reader, writer = os.pipe()
    os.close(reader)
    done = process("--version", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell that closes streams")
def test_standard_streams_may_be_missing():
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = f"{shlex.quote(sys.executable)} -m salesaid --version >&- 2>&- <&-"
    assert subprocess.run(["/bin/sh", "-c", line], env=environ, cwd=ROOT, check=False).returncode == 0


def leaves():
    for name, path in groups.files().items():
        app = groups.app_of(path)
        only = groups.alone(app)
        yield from [((name,), only)] if only else _leaves((name,), app)


def _leaves(names, app):
    for name, verb in groups.verbs(app).items():
        yield from (
            [((*names, name), verb)] if not hasattr(verb, "registered_commands") else _leaves((*names, name), verb)
        )


COMMANDS = list(leaves())


@pytest.mark.skipif(not COMMANDS, reason="there is no command yet")
def test_the_help_of_every_command_ends_with_an_example_that_is_read_as_that_command():
    for names, info in COMMANDS:
        found = pages.examples(groups.text_of(info), info.epilog)
        assert found, names
        named = [calls.resolved(shlex.split(example, comments=True)[1:], groups.COMMANDS) for example in found]
        assert [(call.names, call.trouble) for call in named] == [(names, None)] * len(found)


@pytest.mark.skipif(not COMMANDS, reason="there is no command yet")
def test_every_text_of_a_help_page_is_there_in_both_languages():
    for names, info in COMMANDS:
        for text in (groups.text_of(info), *(param.help or "" for param in groups.built(info).params)):
            assert pages.paragraphs(text, "zh")[0] != pages.paragraphs(text, "en")[0], names


@pytest.mark.skipif(not COMMANDS, reason="there is no command yet")
def test_no_command_hides_an_option_of_the_program():
    everywhere = {*argv.VALUED, *argv.FLAGS, *argv.HELP}
    for names, info in COMMANDS:
        own = [flag for param in groups.built(info).params for flag in (*param.opts, *param.secondary_opts)]
        assert not everywhere & set(own), names
        assert len(own) == len(set(own)), names


@pytest.mark.skipif(not COMMANDS, reason="there is no command yet")
def test_every_group_says_in_both_languages_what_it_is():
    for name, path in groups.files().items():
        assert " | " in groups.summary(path), name


def test_the_parsers_private_parts_are_used_in_two_modules_only():
    users = {path.name for path in (ROOT / "salesaid").rglob("*.py") if "typer._" in path.read_text(encoding="utf-8")}
    assert users == {"phrases.py", "completion.py"}
