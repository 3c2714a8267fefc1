"""Lines of a clerk's sheet that are no entries: those that sum up others, and what stands below a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from salesaid.core.clerk_cells import BAD
from salesaid.core.kinds import NUMBER_NO, TEXT
from salesaid.core.schema import Ledger, Needs
from salesaid.core.totals import ends_in_total, is_total, names_total

_NAMES = ("customer", "supplier", "product", "model")
_FEW = 2  # cells that a line below a table holds at most where none of them says what it is
_WHO = (
    "制表 制单 填表 填报 编制 打印 审核 复核 审批 批准 核准 核对 经办 经手 主管 会计 出纳 财务 "
    "仓管 库管 保管 记账 负责 签字 签名 签收 盖章 送货 领导 经理 总经理 单位负责 部门负责 部门主管 财务主管 "
    "业务 采购 验收 盘点 监盘 交货 提货"
)
_WHAT = (
    "注 附注 备注 说明 附 填表说明 制表日期 打印日期 打印时间 制表时间 联系电话 公司地址 开户行 账号 "
    "大写 金额大写 大写金额 人民币大写"
)
_FOOT = re.compile(
    rf"[(（]?(?:(?:{'|'.join(_WHO.split())})(?:人员?|员|日期|签字|签名)?|{'|'.join(_WHAT.split())})[)）]?[:：].*"
    r"|第\d+页.*|共\d+[个家条行笔项种台件页张](?:记录|数据|客户|供应商|产品|商品|货品|型号)?[。.]?"
    r"|[-—=*…]*以下(?:空白|无正文|无内容)[-—=*…]*|(?:合计|总计|金额|人民币)[(（]?大写[)）]?.*",
    re.DOTALL,
)

_AVERAGE = re.compile(r".{0,12}(?:平均[价值数]?|均[价值]|average)[:：]?", re.IGNORECASE)  # in the place of a day

_MONTH = re.compile(r"(?:20\d{2}[年.-])?\d{1,2}月份?[:：]?")


def is_foot_text(text: str) -> bool:
    """Whether a cell is of those that stand below a table: 制表人：小郑, 注：以上含税, 第1页 共3页."""
    return _FOOT.fullmatch("".join(text.split())) is not None


def is_no_sample(texts: Sequence[str]) -> bool:
    """Whether a row is a total or a foot by any of its cells, so that no column is to be judged by it."""
    return any(names_total(text) or is_foot_text(text) for text in texts if text)


def is_no_entry_by_its_first(texts: Sequence[str]) -> bool:
    """Whether the first words of a row say that it is a total or a foot, or its only ones the month of those below."""
    said = [text for text in texts if text.strip()]
    if not said:
        return False
    is_month = len(said) == 1 and _MONTH.fullmatch("".join(said[0].split())) is not None
    return is_month or names_total(said[0]) or is_foot_text(said[0])


def sums_up(ledger: Ledger, texts: Sequence[str], values: Mapping[str, str], day: str, *, missing: bool) -> bool:
    """Whether the row sums up others: it says so, and lacks what an entry has or says so where rows are named.

    `day` is what stands in the column of dates.
    """
    named = [ledger.number or "", "date", *ledger.sums_in]
    if any(is_total(values.get(id_, "")) for id_ in named) or any(names_total(values.get(id_, "")) for id_ in _NAMES):
        return True
    if _AVERAGE.fullmatch("".join(day.split())):
        return True
    return ends_in_total(day) or (missing and any(ends_in_total(text) or is_total(text) for text in texts if text))


def is_foot(ledger: Ledger, texts: Sequence[str], values: Mapping[str, str], *, missing: bool, needs: Needs) -> bool:
    """Whether a line stands below the table and is none of its rows: it has nothing that an entry needs."""
    said = [text for text in texts if text.strip()]
    needed = {id_ for group in needs for id_ in group}
    held = {id_: values[id_] for id_ in needed if values.get(id_, "") not in {"", BAD}}
    if said and is_foot_text(said[0]):
        figures = {id_ for id_ in held if ledger.column(id_).kind not in {TEXT, NUMBER_NO}}
        return not figures and (ledger.kind == "journal" or not held or any(map(is_foot_text, held.values())))
    return missing and not held and len(said) <= _FEW
