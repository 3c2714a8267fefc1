"""What is odd about a file itself: characters, quotation marks, digits that were lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from salesaid.core.file_facts import FileFacts
from salesaid.core.findings import Severity
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

_SEVERITIES: Mapping[str, Severity] = {  # by what stores note; other notes are habits of the file
    "rows-in-a-cell": "error",
    "digits-lost": "error",
    "error-cells": "error",
    "formula-without-value": "error",
    "rare-characters": "warning",
    "two-byte-order-marks": "warning",
    "unfinished-last-line": "warning",
    "hidden-rows": "note",
}

RULE = Rule(
    "A12",
    "warning",
    Text("文件本身有毛病", "something odd about a file"),
    why=Text(
        "引号没关、编码不对、数字丢了位，读出来的就不是原来写的。",
        "An open quotation mark, a wrong encoding or lost digits: what is read is not what was written.",
    ),
    mend=Text(
        "按说明在 Excel 或编辑器里改好文件。",
        "Mend the file as the finding says, in a spreadsheet or an editor.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,备注
        SO20261121-001,2026-11-21,骏业,电源线,10,6,赵,"加急
        SO20261120-001,2026-11-20,骏业,数据线,5,4,赵,木箱"
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,备注
        SO20261121-001,2026-11-21,骏业,电源线,10,6,赵,加急
        SO20261120-001,2026-11-20,骏业,数据线,5,4,赵,木箱
        """,
)


def odd_file(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each thing that a store noticed and that figures may suffer from."""
    for facts in file_facts:
        for code, text in facts.notes:
            if code in _SEVERITIES:
                yield Wrong(facts.ledger, text, about=code, severity=_SEVERITIES[code])
