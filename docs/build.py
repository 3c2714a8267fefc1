"""Writes the generated pages, and the answers in the READMEs' console blocks: `python docs/build.py`.

A page is one file of pages/ with a function `page()`. With --check nothing is written; the exit code is 1 where a file
is not what it would be made today.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent
if str(DOCS) not in sys.path:
    sys.path.insert(0, str(DOCS))

from tour import told  # noqa: E402 - found beside this file, also where a test loads it

READMES = {"README.md": "en", "README.zh.md": "zh"}
_FIRST = "<!-- Written by docs/build.py; change what it is made from, not this file. -->\n\n"


def files() -> Iterator[tuple[Path, str]]:
    """Every generated file and what it is to hold."""
    for path in sorted((DOCS / "pages").glob("*.py")):
        yield DOCS / f"{path.stem.rstrip('_')}.md", _FIRST + _page(path)
    for name, lang in READMES.items():
        yield ROOT / name, told((ROOT / name).read_text("utf-8"), lang)


def stale(made: Iterable[tuple[Path, str]]) -> list[Path]:
    """The files that do not hold what they would be made to hold."""
    return [path for path, text in made if not path.exists() or path.read_text("utf-8") != text]


def _page(path: Path) -> str:
    spec = spec_from_file_location(f"page_of_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    text: str = module.page()
    return text


def main(words: list[str]) -> int:
    """Write the files; with --check say which are not current."""
    if words == ["--check"]:
        found = stale(files())
        for path in found:
            print(f"{path.relative_to(ROOT)} is not current; run python docs/build.py")
        return 1 if found else 0
    for path, text in files():
        path.write_text(text, "utf-8", newline="\n")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
