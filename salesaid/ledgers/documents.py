"""Documents: the papers of orders (contracts, delivery notes, material reports), where each lies, what it held."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import TEXT
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="documents",
    title=Text("单据", "documents"),
    kind="journal",
    number="document_no",
    prefix="DC",
    needs=(("date",),),
    columns=(
        col.number("document_no", "归档号 档案号 资料编号 文件编号", Text("归档号", "number under which it is filed")),
        col.prefer(
            col.DATE,
            "归档日期 存档日期 收到日期 签订日期 单据日期",
            Text("单据的日期，默认今天", "date of the document, today if left out"),
        ),
        col.ORDER_NO,
        col.CUSTOMER,
        col.column(
            "kind",
            TEXT,
            "种类 类别 类型 单据种类 单据类型 单据名称 资料种类 资料类型 资料名称 文件种类 文件类型",
            "哪种单据：合同、送货单、付款通知、材质报告、SGS报告…",
            "what it is: contract, delivery note, payment notice, material report …",
        ),
        col.column(
            "path",
            TEXT,
            "文件 文件路径 路径 文件名 存放位置 存放路径 附件 电子档",
            "文件在哪里，从账本文件夹算起；空白是只有纸质的",
            "where the file lies, from the book's folder; blank: on paper only",
        ),
        col.column(
            "sha256",
            TEXT,
            "校验值 指纹 文件指纹 SHA-256",
            "登记时文件内容的 SHA-256",
            "SHA-256 of the file's content when it was filed",
        ),
        col.NOTE,
    ),
)
