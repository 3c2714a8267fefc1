"""The parser's sentences in both languages: its headings, and its errors as errors of ours.

typer keeps a copy of click as a private part. What is used of it is used here and in completion.py only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from typer._click import exceptions as parser
from typer._types import TyperChoice

from salesaid.argv import FLAGS, HELP, VALUED
from salesaid.core.errors import Refused
from salesaid.core.text import Text, same
from salesaid.options import SEPARATOR, chosen

if TYPE_CHECKING:
    from salesaid.core.text import Lang

USAGE = Text("用法", "Usage")
ARGUMENTS = Text("参数", "Arguments")
OPTIONS = Text("选项", "Options")
EVERYWHERE = Text("通用选项", "Options of every command")
COMMANDS = Text("命令", "Commands")
EXAMPLES = Text("示例", "Examples")
ANY_OPTIONS = Text("[选项]", "[OPTIONS]")
ANY_COMMAND = Text("命令", "COMMAND")
VALUE = Text("文字", "TEXT")
WHOLE_NUMBER = Text("整数", "NUMBER")
BY_DEFAULT = Text("默认", "default")

ROOT = Text(
    "销售助理的台账工具：订单、出货、库存、客户、产品，都记在普通的 CSV 和 Excel 台账里。",
    "A sales assistant's desk over plain CSV and Excel ledgers: orders, shipments, stock, customers, products.",
)
MORE = Text("每个命令的说明：salesaid 命令 --help", "More on a command: salesaid COMMAND --help")
GLOBALS: tuple[tuple[Text, Text], ...] = (
    (Text("-b, --book 文件夹", "-b, --book PATH"), Text("账本所在的位置。", "The folder of the book.")),
    (same("--lang zh|en"), Text("语言：中文或英文。", "Language: Chinese or English.")),
    (Text("--today 日期", "--today DATE"), Text("把哪一天当作今天。", "The day to take for today.")),
    (same("--debug"), Text("出错时显示完整的调用过程。", "Show where a bug happened.")),
    (same("--version"), Text("显示版本。", "Show the version.")),
    (same("-h, --help"), Text("显示这份说明。", "Show this page.")),
)
INSTALLING: tuple[tuple[Text, Text], ...] = (
    (same("--install-completion [SHELL]"), Text("为当前的 shell 装上自动补全。", "Install completion for this shell.")),
    (same("--show-completion [SHELL]"), Text("显示自动补全的脚本。", "Show the script of the completion.")),
)

Trouble = parser.ClickException
"""What the parser raises when it cannot read a command line."""


class LeftOpen(Refused):
    """A word of a pasted command line that was to be filled in."""

    def __init__(self, word: str) -> None:
        super().__init__(
            Text(f"“{word}”处还没有填", f"“{word}” is still to be filled in"),
            Text("把 … 换成实际内容再执行", "write what is meant in place of …, then run it again"),
        )


def is_left_open(word: str) -> bool:
    """Whether a word is, or ends in, the … that sentences put where a person has to say something."""
    return word == "…" or word.endswith(("=…", "×…", "@…"))


class NoSuchOption(Refused):
    """An option that the command does not have."""

    def __init__(self, option: str, path: str, known: Iterable[str]) -> None:
        super().__init__(Text(f"没有这个选项：{option}", f"no such option: {option}"), suggested(option, path, known))


class NoSuchCommand(Refused):
    """A word in the place of a command that is none."""

    def __init__(self, word: str, path: str, known: Iterable[str]) -> None:
        super().__init__(Text(f"没有这个命令：{word}", f"no such command: {word}"), suggested(word, path, known))


class MisplacedOption(Refused):
    """An option that stands before the command that it belongs to."""

    def __init__(self, option: str, path: str) -> None:
        super().__init__(
            Text(f"选项 {option} 要写在命令后面", f"option {option} belongs behind the command"), see_help(path)
        )


class OptionNeedsValue(Refused):
    """An option at the end of the line, without its value."""

    def __init__(self, option: str, path: str) -> None:
        super().__init__(Text(f"选项 {option} 后面缺少内容", f"option {option} needs a value"), see_help(path))


class OptionTakesNoValue(Refused):
    """A yes-or-no option with a value."""

    def __init__(self, option: str, path: str) -> None:
        super().__init__(Text(f"选项 {option} 不带内容", f"option {option} takes no value"), see_help(path))


class MissingArgument(Refused):
    """Something that the command cannot do without is missing."""

    def __init__(self, name: Text, path: str) -> None:
        super().__init__(Text("缺少：", "missing: ") + name, see_help(path))


class UnexpectedArgument(Refused):
    """More words than the command has a place for."""

    def __init__(self, words: str, path: str) -> None:
        super().__init__(Text(f"多余的内容：{words}", f"unexpected: {words}"), see_help(path))


class BadValue(Refused):
    """A value that an option or an argument does not take."""

    def __init__(self, name: Text, wrong: Text, path: str) -> None:
        super().__init__(name + Text("：", ": ") + wrong, see_help(path))


class BadUsage(Refused):
    """Any other thing the parser has against a command line."""

    def __init__(self, message: Text, path: str) -> None:
        super().__init__(message, see_help(path))


def before_command(option: str, path: str) -> Refused:
    """The trouble with an option before a command's name: one of the whole program misspelt, or one out of place."""
    everywhere = (*VALUED, *FLAGS, *HELP)
    return NoSuchOption(option, path, everywhere) if near(option, everywhere) else MisplacedOption(option, path)


def see_help(path: str) -> Text:
    """Where to read how it is written."""
    return Text(f"写法见：{path} --help", f"how it is written: {path} --help")


def suggested(word: str, path: str, known: Iterable[str]) -> Text:
    """The known words that are most like the one typed; without any, where to read."""
    meant = near(word, known)
    if not meant:
        return see_help(path)
    return Text("是不是要写：" + "、".join(meant), "did you mean: " + ", ".join(meant))


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that are most like the one typed."""
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n=3)


def in_ours(trouble: parser.ClickException, command: Any, path: str) -> Refused:
    """The parser's error as one of ours, in both languages."""
    match trouble:
        case parser.NoSuchOption():
            return NoSuchOption(trouble.option_name, path, flags(command))
        case parser.BadOptionUsage():
            return _bad_option(trouble.option_name, command, path)
        case parser.MissingParameter():
            return MissingArgument(name_of(trouble.param), path)
        case parser.BadParameter():
            return BadValue(name_of(trouble.param), _wrong(trouble), path)
    extra = re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", trouble.message, re.DOTALL)
    return UnexpectedArgument(extra[1], path) if extra else BadUsage(_both(trouble.message), path)


def flags(command: Any) -> list[str]:
    """Every option that may be typed with a command."""
    own = [flag for param in command.params if is_option(param) for flag in (*param.opts, *param.secondary_opts)]
    return [*own, *VALUED, *FLAGS, *HELP]


def takes_value(command: Any) -> frozenset[str]:
    """The options of a command that the next word belongs to."""
    return frozenset(flag for param in command.params if is_option(param) and not param.is_flag for flag in param.opts)


def is_option(param: Any) -> bool:
    """Whether a parameter is typed with a flag."""
    return bool(param.param_type_name == "option")


def choices(param: Any) -> tuple[str, ...]:
    """The words that a parameter takes, where it takes only certain ones."""
    return tuple(str(word) for word in param.type.choices) if isinstance(param.type, TyperChoice) else ()


def placeholder(param: Any) -> Text:
    """What stands for a parameter's value in a help page."""
    if param.metavar:
        return _both(param.metavar)
    if choices(param):
        return same("|".join(choices(param)))
    return WHOLE_NUMBER if "int" in param.type.name else VALUE


def name_of(param: Any) -> Text:
    """A parameter as a sentence calls it: its long option, or what stands for its value."""
    if param is None:
        return USAGE
    return same(max(param.opts, key=len)) if is_option(param) else placeholder(param)


def _bad_option(option: str, command: Any, path: str) -> Refused:
    return OptionNeedsValue(option, path) if option in takes_value(command) else OptionTakesNoValue(option, path)


def _wrong(trouble: parser.BadParameter) -> Text:
    param = trouble.param
    if param is not None and choices(param):
        words = choices(param)
        return Text("只能是 " + "、".join(words), "must be one of " + ", ".join(words))
    if param is not None and "int" in param.type.name:
        return _whole_number(getattr(param.type, "min", None))
    return _both(trouble.message)


def _whole_number(least: int | None) -> Text:
    if least is None:
        return Text("要写整数", "must be a whole number")
    return Text(f"要写不小于 {least} 的整数", f"must be a whole number, {least} or more")


def _both(text: str) -> Text:
    return Text(chosen(text, "zh"), chosen(text, "en")) if SEPARATOR in text else same(text)


def heading(text: Text, lang: Lang) -> str:
    """A heading of a help page."""
    return text.in_(lang) + ("：" if lang == "zh" else ":")
