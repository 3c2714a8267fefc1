"""Cells of one column as a whole: which value stands in each row, and which rows hold what is no plain value.

Each distinct text is parsed once, by what parses it for `Rows`; plain figures all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid.core.kinds import DATE, DAYS, DUE, FLAG, MONEY, NUMBER_NO, PRICE, QTY, RATE, Kind
from salesaid.core.memo import Memo
from salesaid.core.totals import is_total

if TYPE_CHECKING:
    from numpy import ndarray

PLACES = 6
_ISO = 10
_TIMED = "[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_PLAIN = r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"
_FIGURES = {QTY, PRICE, MONEY}  # whose plain digits mean what they say
_OTHERS = {*_FIGURES, RATE, DAYS, DATE, DUE, FLAG}  # than kinds whose values are texts
_BLANK = r"[\x00-\x20\x{85}\pZ]"  # whatever str.strip() takes off, and little more
_EDGED = f"^{_BLANK}|{_BLANK}$"


class Cells(NamedTuple):
    """Values of a column: `said` by the codes of the rows, or by the rows themselves where there are no codes.

    Texts, numbers of documents and choices are a pyarrow array of strings (code -1: none), days datetime64[s], figures
    a masked array of whole millionths (kinds keep at most six decimals and twelve digits before them), flags one of
    booleans. `doubtful` are the rows whose text is blank, or may be, or cannot be read; None where there are none.
    """

    said: Any
    codes: ndarray | None
    doubtful: ndarray | None = None

    def of(self, rows: ndarray | None) -> Cells:
        """Those of some rows; all where None."""
        if rows is None:
            return Cells(self.said, self.codes)
        return Cells(self.said.take(rows), None) if self.codes is None else Cells(self.said, self.codes[rows])

    @property
    def by_rows(self) -> Any:
        """The value of each row, as pandas has it: texts and choices are categories."""
        import pandas as pd

        if self.codes is None:
            return self.said
        if hasattr(self.said, "to_pylist"):
            return pd.Categorical.from_codes(self.codes, pd.Index(pd.array(self.said, dtype="str")), validate=False)
        return self.said.take(self.codes)

    def listed(self) -> list[Any]:
        """The value of each row as `Rows.pick` gives it; equal ones are one object."""
        import numpy as np
        import pandas as pd

        said, codes = self.said, self.codes
        if codes is None:
            codes, said = pd.factorize(said)
        values: list[Any] = np.array([*_listed(said), None], object)[codes].tolist()
        return values


def parsed(kind: Kind, array: Any, memo: Memo) -> Cells:
    """The cells of a column that pyarrow read, text by text or as figures. Unreadable texts stay in `memo`."""
    words, codes = _parts(array)
    if kind in _FIGURES:
        return _figures(words, codes, memo)
    texts = words.to_pylist()
    said = _days(texts, memo) if kind is DATE else [memo[text] for text in texts]
    amiss = [text in memo.amiss for text in texts]
    return _of_words(kind, said, codes)._replace(doubtful=_rows_with(amiss, codes))


def _days(texts: list[str], memo: Memo) -> list[Any]:
    """What texts say of days. A time of day beside a plain day is dropped: the day is parsed once."""
    plain = re.compile(_TIMED).fullmatch
    return [memo.get(text) or memo[text[:_ISO] if plain(text) else text] or memo[text] for text in texts]


def texts(array: Any, *, stripped: bool) -> Cells:
    """The cells of a column of texts, or of documents' numbers, which are stripped."""
    import pyarrow.compute as pc

    words, codes = _parts(array)
    doubtful = pc.or_(pc.match_substring_regex(words, _EDGED), pc.equal(words, "")).to_numpy(zero_copy_only=False)
    if not doubtful.any():
        return Cells(words, codes)
    if stripped:
        inner = [text.strip() or None for text in words.to_pylist()]
        return _of_words(NUMBER_NO, inner, codes)._replace(doubtful=_rows_with(doubtful, codes))
    return Cells(words, codes, _rows_with(doubtful, codes))


def totals(array: Any) -> Any:
    """The rows whose text says that they sum up others; None where there are none."""
    import pyarrow.compute as pc

    words, codes = _parts(array)
    signs = pc.match_substring_regex(words, "(?i)计|total").to_numpy(zero_copy_only=False)
    if not signs.any():
        return None
    return _rows_with([sign and is_total(text) for sign, text in zip(signs, words.to_pylist(), strict=True)], codes)


def of_values(kind: Kind, values: list[Any]) -> Cells:
    """The cells of a column whose values `Rows.pick` gave."""
    import numpy as np

    if not _is_worded(kind):
        return Cells(_array(kind, values), None)
    return _of_words(kind, values, np.arange(len(values), dtype=np.int32))


def _listed(values: Any) -> list[Any]:
    """Texts, days, flags or figures as Python has them."""
    import numpy as np
    import pandas as pd

    if hasattr(values, "to_pylist"):
        texts: list[Any] = values.to_pylist()
        return texts
    if isinstance(values, np.ndarray):
        days: list[Any] = values.astype("datetime64[D]").tolist()
        return days
    if isinstance(values, pd.arrays.BooleanArray):
        return [None if value is pd.NA else bool(value) for value in values]
    figures = map(_decimal, values.to_numpy("int64", na_value=0).tolist())
    return [None if blank else figure for figure, blank in zip(figures, values.isna().tolist(), strict=True)]


def _decimal(millionths: int) -> Decimal:
    whole, part = divmod(millionths, 10**PLACES)
    return Decimal(millionths).scaleb(-PLACES).normalize() if part else Decimal(whole)


def _parts(array: Any) -> tuple[Any, Any]:
    import pyarrow as pa

    if pa.types.is_dictionary(array.type):
        return array.dictionary, array.indices.to_numpy()
    return array, None


def _rows_with(is_so: Any, codes: Any) -> Any:
    """The rows of the words of which something is so; None where it is so of none."""
    import numpy as np

    found = np.asarray(is_so, bool)
    if not found.any():
        return None
    return found if codes is None else found[codes]


def _is_worded(kind: Kind) -> bool:
    return kind not in _OTHERS


def _of_words(kind: Kind, values: Sequence[Any], codes: Any) -> Cells:
    """The cells of rows with codes of these values, some of which may be equal."""
    import numpy as np
    import pyarrow as pa

    if not _is_worded(kind):
        return Cells(_array(kind, values), codes)
    places: dict[Any, int] = {}
    new = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return Cells(pa.array(places, pa.string()), np.array(new, np.int32).take(codes))


def _array(kind: Kind, values: Sequence[Any]) -> Any:
    """Days, flags or figures."""
    import numpy as np
    import pandas as pd

    if kind in {DATE, DUE}:
        return np.array(values, "datetime64[s]")
    if kind is FLAG:
        return pd.array(values, "boolean")
    return _masked(np.fromiter(_millionths(values), np.int64, len(values)), [value is None for value in values])


def _masked(values: Any, is_blank: Any) -> Any:
    import numpy as np
    from pandas.arrays import IntegerArray

    return IntegerArray(values, np.asarray(is_blank, bool))


def _millionths(values: Iterable[Decimal | None]) -> Iterable[int]:
    return (0 if value is None else int(value.scaleb(PLACES)) for value in values)


def _figures(words: Any, codes: Any, memo: Memo) -> Cells:
    """Figures: those in plain digits all at once, the others text by text."""
    import numpy as np
    import pyarrow.compute as pc

    plain = pc.match_substring_regex(words, _PLAIN)
    is_plain = plain.to_numpy(zero_copy_only=False)
    if is_plain.all():
        return Cells(_masked(_scaled(words), np.zeros(len(words), bool)), codes)
    values, blank = np.zeros(len(words), np.int64), np.zeros(len(words), bool)
    values[is_plain] = _scaled(words.filter(plain))
    others = words.filter(pc.invert(plain)).dictionary_encode()
    rare = others.dictionary.to_pylist()
    said, at = [memo[text] for text in rare], others.indices.to_numpy()
    values[~is_plain] = np.fromiter(_millionths(said), np.int64, len(said))[at]
    blank[~is_plain] = np.array([value is None for value in said], bool)[at]
    doubtful = np.zeros(len(words), bool)
    doubtful[~is_plain] = np.array([text in memo.amiss for text in rare], bool)[at]
    return Cells(_masked(values, blank), codes, _rows_with(doubtful, codes))


def _scaled(words: Any) -> Any:
    """Plain figures in millionths: the low halves of what pyarrow casts them to, which hold all of them."""
    import numpy as np
    import pyarrow as pa

    if not len(words):
        return np.zeros(0, np.int64)
    exact = words.cast(pa.decimal128(19, PLACES))
    return np.frombuffer(exact.buffers()[1], np.int64)[2 * exact.offset :: 2][: len(words)].copy()
