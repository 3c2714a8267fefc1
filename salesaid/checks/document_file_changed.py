"""Documents whose file holds something else than when it was filed."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.papers import Paper, Papers
from salesaid.core.paper_files import PaperFiles
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, same

_BOOK = """
    订单.csv
    单号,日期,客户,产品,数量,单价,交期,评审人
    SO20261118-001,2026-11-18,骏业,电源线,10,6,2026-11-30,赵

    合同扫描.csv
    骏业,电源线,100

    单据.csv
    单号,日期,订单号,客户,种类,文件,校验值
    DC20261118-001,2026-11-18,SO20261118-001,骏业,合同,合同扫描.csv,2ffb091cd9a878598f0360f7b5db7f870c1af4c3c075c5ce30a4ba823f23c378
    """
RULE = Rule(
    "D03",
    "warning",
    Text("单据的文件改过", "document file changed"),
    why=Text(
        "归档后内容变了：可能被覆盖、误存，或者合同悄悄改了。",
        "What was filed has changed since: it was overwritten by mistake, or terms were altered quietly.",
    ),
    mend=Text(
        "打开文件看改了什么；改得对，就用同一条命令再归档一次。",
        "Open the file and see what has changed; if that is right, file it again with the same command.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "DC20261119-001,2026-11-19,SO20261118-001,骏业,合同,合同扫描.csv,a32bc569c9fcd1b795aef48896b788b6fe16173a143bdd830d16224f2144346f",
        after="DC20261118-001,2026-11-18,SO20261118-001,骏业,合同,合同扫描.csv,2ffb091cd9a878598f0360f7b5db7f870c1af4c3c075c5ce30a4ba823f23c378",
    ),
)


def document_file_changed(papers: Papers, paper_files: PaperFiles) -> Iterator[Wrong]:
    """A finding for each file that is there with another content than was filed; the newest row of a file holds."""
    filed = {paper.path: paper for paper in papers.current if paper.path and paper.sha256}
    for path, paper in filed.items():
        now = paper_files.sha256(path) if paper_files.presence(path) == "there" else None
        if now is not None and now != paper.sha256:
            yield Wrong(
                "documents",
                paper.called + Text(f"登记后改过：{path}", f" has changed since: {path}"),
                paper.document_no, row=paper.row, column="path", value=path, suggestion=_mended(paper),
            )  # fmt: skip


def _mended(paper: Paper) -> Text:
    """What to do where the new content is right; only what is of an order can be filed again by a command."""
    if not paper.order_no:
        return Text("改得对，就清空这一行的校验值", "if that is right, blank the SHA-256 of its row")
    return same(command("document", "add", paper.order_no, paper.path, "--kind", paper.kind or "…"))
