"""What holds for the whole source: sizes, names, imports, and that every phrase stands in both languages."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import typer

from salesaid import groups, pages
from salesaid.core.text import Text

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "salesaid").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "handler"}
HEAVY = {
    "calamine",
    "defusedxml",
    "numpy",
    "openpyxl",
    "pandas",
    "pyarrow",
    "python_calamine",
    "rapidfuzz",
    "rich",
    "sqlite3",
}
UNSEEN = {"defusedxml": "openpyxl parses with it", "tzdata": "zoneinfo reads it", "pandas": "for reports over periods"}
PURE = {"core", "ledgers", "balances", "entries", "reports", "settings.py"}
OUTSIDE = {"os", "pathlib", "random", "secrets", "socket", "subprocess", "sys", "tempfile", "time", "uuid"}
REACHING_OUT = {"input", "now", "open", "print", "read_bytes", "read_text", "today", "write_bytes", "write_text"}
HAN = re.compile("[\u4e00-\u9fff]")


@cache
def tree_of(path):
    return ast.parse(path.read_text("utf-8"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def modules_in(nodes):
    """The names that import statements among the nodes import from."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def at_import(body):
    """The statements that run when a module is imported: also those under `if` and `try`, but not for types only."""
    for node in body:
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        for field in ("body", "orelse", "handlers", "finalbody"):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from at_import(getattr(node, field, None) or [])


def spoken():
    """Every Text(zh, en) of the source whose halves are literals, as (where, its literal parts)."""
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text" and len(node.args) == 2:
                yield f"{name_of(path)}:{node.lineno}", Text(*(literal(arg) for arg in node.args))


def literal(node):
    """The letters of a string in the source; what is filled in at run time is left out."""
    parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return "".join(parts)


def test_no_file_is_longer_than_a_person_reads_at_once():
    lines = {name_of(path): path.read_text("utf-8").count("\n") for path in SOURCES}
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_no_function_is_longer_than_a_screen():
    functions = (
        (path, node) for path in SOURCES for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)
    )
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}" for path, node in functions if node.end_lineno - node.lineno > 40
    ]
    assert long == []


def test_no_module_is_named_for_nothing():
    assert [name_of(path) for path in SOURCES if path.stem.strip("_") in BANNED or path.parent.name in BANNED] == []


def test_nothing_heavy_is_imported_with_a_module():
    imports = [(name_of(path), module) for path in SOURCES for module in modules_in(at_import(tree_of(path).body))]
    assert len(imports) > 100
    assert [(name, module) for name, module in imports if module.partition(".")[0] in HEAVY] == []


def test_a_heavy_import_under_an_if_or_a_try_is_seen():
    body = ast.parse("try:\n    import pandas\nexcept ImportError:\n    pass\nif 1:\n    from rich import box\n").body
    assert set(modules_in(at_import(body))) == {"pandas", "rich"}


def test_what_is_imported_for_types_only_costs_nothing():
    body = ast.parse("if TYPE_CHECKING:\n    import pandas\ndef f():\n    import rich\n").body
    assert set(modules_in(at_import(body))) == set()


def test_every_library_is_declared_and_every_declared_one_is_used():
    imported = {m.partition(".")[0] for path in SOURCES for m in modules_in(ast.walk(tree_of(path)))}
    declared = {re.match(r"[\w-]+", text)[0].replace("-", "_") for text in PROJECT["project"]["dependencies"]}
    ours = imported - set(sys.stdlib_module_names) - {"salesaid", "msvcrt"}
    assert ours - declared == set()
    assert declared - ours <= set(UNSEEN)


def test_every_dependency_but_the_time_zones_has_an_upper_bound():
    project = PROJECT["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert [text for text in texts if "<" not in text] == ["tzdata>=2025.2"]


def test_only_the_index_knows_sqlite():
    found = [name_of(path) for path in SOURCES if "sqlite3" in set(modules_in(ast.walk(tree_of(path))))]
    assert found == ["salesaid/storage/index.py"]


def reaches(tree):
    """What a module imports or calls to learn of, or change, anything but its arguments."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    called = {getattr(function, "attr", getattr(function, "id", "")) for function in calls}
    return (set(modules_in(ast.walk(tree))) & OUTSIDE) | (called & REACHING_OUT)


def test_the_pure_middle_knows_no_clock_no_disk_and_no_chance():
    rules = (path for path in SOURCES if path.name != "__init__.py")  # that one lists its folder
    middle = [path for path in rules if path.relative_to(ROOT / "salesaid").parts[0] in PURE]
    assert len(middle) > 40
    assert {name_of(path): found for path in middle if (found := reaches(tree_of(path)))} == {}


def test_a_clock_a_disk_and_chance_are_seen():
    assert reaches(ast.parse("import random\nday = date.today()\nopen('x')\n")) == {"random", "today", "open"}


def asserts(function):
    """Whether a test says in its own lines what has to hold: a helper that compares nothing would pass in silence."""
    own = set(ast.walk(function)) - {node for inner in functions_in(function.body) for node in ast.walk(inner)}
    calls = {ast.unparse(node.func) for node in own if isinstance(node, ast.Call)}
    return "pytest.raises" in calls or any(isinstance(node, ast.Assert) for node in own)


def functions_in(nodes):
    return (
        node for each in nodes for node in ast.walk(each) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def test_every_test_asserts_in_its_own_lines():
    tests = [
        (path, function)
        for path in TESTS
        for function in functions_in([tree_of(path)])
        if function.name.startswith("test_")
    ]
    assert len(tests) > 1000
    silent = [f"{name_of(path)}:{function.lineno} {function.name}" for path, function in tests if not asserts(function)]
    assert silent == []


def test_an_assertion_is_looked_for_in_a_test_and_not_in_what_it_defines_or_calls():
    bodies = {
        "assert one()": True,
        "with pytest.raises(OSError): one()": True,
        "for each in three: assert each": True,
        "check(one())": False,
        "def inner():\n        assert one()": False,
    }
    found = {body: asserts(ast.parse(f"def test_it():\n    {body}").body[0]) for body in bodies}
    assert found == bodies


def test_one_place_ends_the_process():
    ends = {name_of(path) for path in SOURCES if "sys.exit(" in path.read_text("utf-8")}
    assert ends == {"salesaid/__main__.py"}


def test_every_english_phrase_has_a_chinese_one():
    lacking = [where for where, text in spoken() if re.search("[A-Za-z]{4}", text.en) and not HAN.search(text.zh)]
    assert lacking == []


def test_no_error_is_silent_about_itself():
    classes = ((path, node) for path in SOURCES for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef))
    trouble = [(path, node) for path, node in classes if {"Refused", "FileTrouble", "SalesaidError"} & bases(node)]
    assert len(trouble) > 20
    assert [f"{name_of(path)} {node.name}" for path, node in trouble if not ast.get_docstring(node)] == []


def bases(node):
    return {ast.unparse(base) for base in node.bases}


def test_every_command_has_its_text_in_both_languages_and_ends_with_an_example():
    bare = []
    for path, info in every_command():
        text = groups.text_of(info)
        halves = pages.paragraphs(text, "zh")[0], pages.paragraphs(text, "en")[0]
        if not (HAN.search(halves[0]) and halves[1].isascii() and pages.examples(text, info.epilog)):
            bare.append(path)
    assert bare == []


def test_every_example_is_of_the_command_that_it_explains():
    wrong = [
        (path, line)
        for path, info in every_command()
        for line in pages.examples(groups.text_of(info), info.epilog)
        if not re.match(rf"salesaid (--?\w+ \S+ )*{path}\b", line)
    ]
    assert wrong == []


def every_command(app=None, path=""):
    if app is None:
        for name, file in groups.files().items():
            group = groups.app_of(file)
            only = groups.alone(group)
            yield from [(name, only)] if only is not None else every_command(group, name)
        return
    for name, verb in groups.verbs(app).items():
        inner = f"{path} {name}"
        yield from every_command(verb, inner) if isinstance(verb, typer.Typer) else [(inner, verb)]


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


@pytest.mark.skipif(not tracked(), reason="no git, or no checkout: the files that belong to the project are not known")
def test_no_file_names_a_folder_of_one_machine():
    pattern = re.compile(r"(?<![\w.~/])/(?:home|root|work|Users)/\w")
    texts = [path for path in tracked() if path.suffix in {".py", ".md", ".toml"} or path.parent.name == ".ci"]
    assert texts
    assert [name_of(path) for path in texts if path.exists() and pattern.search(path.read_text("utf-8"))] == []
