"""The rows of a sheet by columns, and those of several below each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy import ndarray


class Columns(NamedTuple):
    """The rows of a sheet that hold something, by columns: their numbers in the sheet, and all their texts.

    `coded` are pyarrow's dictionary arrays by the index of the column, `plain` its string arrays.
    """

    numbers: ndarray
    every: Sequence[Any]
    plain: Mapping[int, Any] = {}

    @property
    def length(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    @property
    def coded(self) -> Mapping[int, Any]:
        """Every column as codes of distinct texts."""
        return dict(enumerate(self.every))

    def with_plain(self, plain: Collection[int]) -> Columns:
        """The same with some columns as strings as well."""
        return self._replace(plain={index: self.every[index].dictionary_decode() for index in plain})

    def rows(self, places: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """(number, texts) of the rows at these places, which count from 0."""
        import pyarrow as pa

        texts = [column.take(pa.array(places, pa.int64())).to_pylist() for column in self.every]
        for place, *row in zip(places, *texts, strict=True):
            yield int(self.numbers[place]), row


def stacked(sheets: Sequence[tuple[Columns, Sequence[int], int]], lacking: Sequence[str]) -> Columns:
    """The rows of several sheets below each other; `lacking` says what each column holds where a sheet lacks it.

    With each sheet come the places of its columns among all, and what is added to the numbers of its rows.
    """
    import numpy as np
    import pyarrow as pa

    numbers = np.concatenate([own.numbers.astype(np.int64) + first for own, _, first in sheets])
    every = []
    for place, text in enumerate(lacking):
        pieces = [_of_place(own, places, place, text) for own, places, _ in sheets]
        whole = pa.chunked_array(pieces).unify_dictionaries().combine_chunks()
        every.append(whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole)
    return Columns(numbers, every)


def _of_place(own: Columns, places: Sequence[int], place: int, lacking: str) -> Any:
    """A column of a sheet; one text in all its rows where it has none."""
    import numpy as np
    import pyarrow as pa

    if place in places:
        return own.every[places.index(place)]
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(own.length, np.int32)), pa.array([lacking]))
