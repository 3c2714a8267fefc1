"""导出台账：CSV 或 Excel，附字段说明。 | Export ledgers to CSV or Excel, with a schema."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from salesaid.core.text import Text
from salesaid.given import ReadingOptions
from salesaid.options import both, plain
from salesaid.session import Session

app = typer.Typer()

Ledgers = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=both("[台账]…", "[LEDGER]..."),
        help=both("如 订单 出货；不写就导出整个账本。", "Such as orders shipments; the whole book if left out."),
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out", "-o", metavar=both("文件|文件夹", "FILE|DIR"),
        help=both("写到哪里：.csv、.xlsx 或文件夹。", "Where to: a .csv, an .xlsx or a folder."),
    ),
]  # fmt: skip
Store = Annotated[
    Literal["csv", "xlsx"] | None,
    typer.Option(
        "--store", help=both("文件夹里用哪种格式，默认 csv。", "Format of files in a folder, by default csv.")
    ),
]  # fmt: skip
Format = Annotated[
    Literal["table", "json", "csv", "md"],
    typer.Option("--format", "-f", help=both("输出格式。", "Format of the answer.")),
]


@app.command()
@plain
def export(
    session: Session, names: Ledgers = None, out: Out = None, store: Store = None, format_: Format = "table"
) -> None:
    """导出台账，单元格原样，附 datapackage.json。 | Export ledgers as they stand, with a datapackage.json.

    salesaid export --out 导出
    salesaid export 订单 客户 --out 给财务.xlsx
    """
    from salesaid.book.exporting import export as write
    from salesaid.reports.exported import exported

    session.reading = ReadingOptions(format=format_)
    path = session.here / session.given(out, Text("写到哪里（--out）", "where to (--out)"))
    done = write(session.book, names or [], path, store, session.lang)
    session.show(exported(done))
