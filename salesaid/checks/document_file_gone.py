"""Documents whose file does not lie where it was filed."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.papers import Paper, Papers
from salesaid.core.paper_files import PaperFiles
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text

_BOOK = """
    订单.csv
    单号,日期,客户,产品,数量,单价,交期,评审人
    SO20261118-001,2026-11-18,骏业,电源线,10,6,2026-11-30,赵

    合同扫描.csv
    骏业,电源线,10

    单据.csv
    单号,日期,订单号,客户,种类,文件,备注
    DC20261118-001,2026-11-18,SO20261118-001,骏业,合同,扫描/合同扫描.csv,
    """
RULE = Rule(
    "D02",
    "error",
    Text("单据的文件找不到", "document file gone"),
    why=Text(
        "要用的时候才发现没有：文件被移动、改名或删掉了。",
        "It was moved, renamed or deleted, which is noticed only when it is needed.",
    ),
    mend=Text(
        "把文件放回原处；换了地方就再归档一次，同一份文件以新的一行为准；作废了的用 salesaid void 冲销。",
        "Put the file back; if it has another place now, file it again: of one file the newer row holds; "
        "if there is none any more, void the document.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "DC20261118-001,2026-11-18,SO20261118-001,骏业,合同,合同扫描.csv,",
        instead_of="DC20261118-001,2026-11-18,SO20261118-001,骏业,合同,扫描/合同扫描.csv,",
    ),
)


def document_file_gone(papers: Papers, paper_files: PaperFiles) -> Iterator[Wrong]:
    """A finding for each document whose file is not there; a note where this machine cannot look there at all."""
    for paper in papers.current:
        presence = paper.presence(paper_files)
        if presence in {"gone", "unseen"}:
            how = Text("文件不见了", "its file is gone")
            if presence == "unseen":
                how = Text("文件在别的机器上，本机看不到", "its file lies where this machine cannot look")
            yield Wrong(
                "documents",
                paper.called + Text("，", ": ") + how + Text(f"：{paper.path}", f": {paper.path}"),
                paper.document_no, row=paper.row, column="path", value=paper.path,
                suggestion=_mended(paper) if presence == "gone" else None,
                severity="note" if presence == "unseen" else None,
            )  # fmt: skip


def _mended(paper: Paper) -> Text:
    void = command("void", paper.document_no, "--why")
    if not paper.order_no:  # nothing is filed by a command without one
        return Text(
            f"放回原处，或改正路径；作废：{void} 文件遗失", f"put it back or correct its path; else {void} lost"
        )
    return Text(f"放回原处，或再归档一次；作废：{void} 文件遗失", f"put it back or file it again; else {void} lost")
