"""The rules about documents, at their edges."""

from __future__ import annotations

import pytest

HEAD = "单号,日期,订单号,客户,种类,文件,校验值"
FRAME = "DC20261118-001,2026-11-18,,骏业,框架协议,协议.csv,"


def findings(desk, lang, *rows):
    desk.write("单据.csv", "\n".join([HEAD, *rows]))
    return [(row["message"], row["suggestion"]) for row in desk.rows(["--lang", lang, "check", "D02", "D03"])]


@pytest.mark.parametrize(
    ("lang", "message", "suggestion"),
    [
        ("zh", "框架协议（DC20261118-001）登记后改过：协议.csv", "改得对，就清空这一行的校验值"),
        (
            "en", "框架协议 (DC20261118-001) has changed since: 协议.csv",
            "if that is right, blank the SHA-256 of its row",
        ),
    ],
)  # fmt: skip
def test_a_document_of_no_order_has_changed_and_no_command_files_it_again(desk, lang, message, suggestion):
    desk.write("协议.csv", "骏业,10")
    assert findings(desk, lang, FRAME + "0" * 64) == [(message, suggestion)]
    assert findings(desk, lang, FRAME) == []  # as was suggested


def test_a_document_of_no_order_and_of_no_kind_is_gone(desk):
    ((zh, mend),) = findings(desk, "zh", "DC20261118-001,2026-11-18,,骏业,,没有.pdf,")
    assert (zh, mend.split("；")[0]) == ("单据（DC20261118-001），文件不见了：没有.pdf", "放回原处，或改正路径")
    ((en, mend),) = findings(desk, "en", "DC20261118-001,2026-11-18,SO20261110-001,骏业,,没有.pdf,")
    assert en == "document of SO20261110-001 (DC20261118-001): its file is gone: 没有.pdf"
    assert mend.startswith("put it back or file it again; else salesaid void DC20261118-001 --why")


def test_the_command_that_files_a_changed_document_again_asks_for_a_kind_that_nobody_wrote(desk):
    desk.write("协议.csv", "骏业,10")
    ((message, suggestion),) = findings(
        desk, "zh", f"DC20261118-001,2026-11-18,SO20261110-001,骏业,,协议.csv,{'0' * 64}"
    )
    assert message == "SO20261110-001 的单据（DC20261118-001）登记后改过：协议.csv"
    assert suggestion == "salesaid document add SO20261110-001 协议.csv --kind …"
