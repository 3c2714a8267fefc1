"""How a page looks, on a screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence

STEP = 4  # per cent from one bar behind a share to the next
ACROSS, UPRIGHT = 770, 525  # points of a page's width
BESIDE, LETTER = 7, 0.56  # points beside a column, and of a letter a point high
USUAL, SMALLER = 9.5, (8, 7, 6, 5)  # points of letters on paper

_FONTS = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",system-ui,sans-serif'

_ALWAYS = f"""
:root{{color-scheme:light}}
*{{box-sizing:border-box}}
body{{margin:0 auto;padding:32px 40px 64px;max-width:1240px;color:#1f2937;background:#fff;
font:14px/1.5 {_FONTS}}}
h1{{margin:0;font-size:26px;color:#1f3a5f}}
h2{{margin:40px 0 4px;padding-bottom:6px;font-size:19px;color:#1f3a5f;border-bottom:2px solid #e8eef4}}
h3{{margin:26px 0 8px;font-size:15px;color:#1f3a5f}}
.day{{margin:2px 0 0;color:#6b7280}}
.scroll{{overflow-x:auto}}
table{{border-collapse:collapse;min-width:min(420px,100%);font-variant-numeric:tabular-nums}}
th,td{{padding:5px 12px;text-align:left;vertical-align:top;border-bottom:1px solid #e5e7eb}}
thead th{{background:#e8eef4;border-bottom:1px solid #9aa3af;white-space:nowrap;font-weight:600}}
tfoot td,tr.sum td{{font-weight:600;border-top:1px solid #9aa3af}}
th.n,td.n{{text-align:right;white-space:nowrap}}
th.s,td.s{{white-space:nowrap}}
.below{{color:#b42318}}
.late{{color:#b45309;font-weight:600}}
.notes{{margin:10px 0 0;padding:0;list-style:none;color:#6b7280}}
.notes .warning{{color:#b45309}}
.box{{margin:18px 0 0;padding:10px 16px;border:1px solid #cbd5e1;border-radius:6px}}
.none{{color:#6b7280}}
.tiles{{display:flex;flex-wrap:wrap;gap:12px;margin:8px 0 0}}
.tiles>div{{flex:0 1 calc(20% - 10px);min-width:180px;padding:12px 16px;border:1px solid #cbd5e1;
border-radius:6px;background:#f8fafc}}
.tiles dt{{color:#6b7280}}
.tiles dd{{margin:0;color:#6b7280;font-size:12px}}
.tiles dd.large{{font-size:22px;font-weight:600;color:#1f3a5f;font-variant-numeric:tabular-nums}}
.tiles dd.large.below{{color:#b42318}}
.pair{{display:flex;flex-wrap:wrap;align-items:flex-start;gap:8px 32px}}
.pair>.scroll{{flex:0 1 auto;max-width:100%}}
.pair>svg{{flex:1 1 420px}}
svg{{display:block;min-width:0;max-width:640px;height:auto;margin:6px 0 14px;font-family:{_FONTS}}}
.paper{{max-width:820px;margin:0 auto}}
.paper th,.paper td{{padding:4px 6px}}
.paper h1{{text-align:center;color:#1f2937}}
.paper table{{width:100%}}
.paper th,.paper td{{border:1px solid #6b7280}}
.paper thead th{{text-align:center}}
.lines{{margin:14px 0}}
.lines>div{{display:flex;gap:24px;min-height:1.7em;white-space:pre-wrap}}
.lines span{{flex:1 1 50%}}
"""
_ON_PAPER = """
@page{size:A4 ACROSS;margin:12mm}
@media print{
body{max-width:none;padding:0;font-size:9.5pt}
.scroll{overflow:visible}
thead{display:table-header-group}
tfoot{display:table-row-group}
tr,svg,.tiles>div,.box{break-inside:avoid}
h2,h3{break-after:avoid}
.sheet+.sheet{break-before:page}
th,td{padding:3px 7px}
.tiles>div{padding:6px 12px;min-width:0}
.tiles dd.large{font-size:18px}
h2{margin-top:24px}
svg{max-width:130mm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""


def bar_class(share: float) -> str:
    """The class of a cell whose bar is that long, from 0 to 1."""
    return f"b{round(min(max(share, 0.0), 1.0) * 100 / STEP) * STEP}"


def print_class(widths: Sequence[int], *, upright: bool = False) -> str:
    """The class of a table whose columns are so many letters wide: the letters in which it fits the page's width."""
    fits = ((UPRIGHT if upright else ACROSS) - len(widths) * BESIDE) / (sum(widths) * LETTER)
    return next((f"p{size}" for size in SMALLER if fits >= size), f"p{SMALLER[-1]}") if fits < USUAL else ""


def style(*, upright: bool = False) -> str:
    """The whole style sheet; `upright`: of a document that stands upright on its paper."""
    bars = "".join(
        f".b{share}{{background:linear-gradient(90deg,#d5e0ee {share}%,transparent {share}%)}}\n"
        for share in range(STEP, 101, STEP)
    )
    small = "".join(
        f"@media print{{.p{size}{{font-size:{size}pt}} .p{size} td,.p{size} th{{padding:2px 4px}}}}\n"
        for size in SMALLER
    )
    return _ALWAYS + bars + _ON_PAPER.replace("ACROSS", "portrait" if upright else "landscape") + small
