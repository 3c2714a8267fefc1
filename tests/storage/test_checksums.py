"""Long files are summed in halves, and the halves make the sum of the whole."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.storage import checksums


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_two_sums_make_the_sum_of_both_texts(first: bytes, second: bytes) -> None:
    assert checksums.combined(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@pytest.mark.parametrize("upto", [0, 1, 99, 100, 4999, 5000, 9000])
def test_a_long_file_has_the_sum_of_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, upto: int) -> None:
    monkeypatch.setattr(checksums, "_LONG", 100)
    monkeypatch.setattr(checksums, "_BUFFER", 64)
    data = bytes(number * number % 251 for number in range(5000))
    (tmp_path / "f").write_bytes(data)
    with (tmp_path / "f").open("rb") as file:
        assert checksums.crc_of(file.fileno(), upto) == (zlib.crc32(data[:upto]), min(upto, 5000))


def test_trouble_in_the_second_half_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "_LONG", 100)
    (tmp_path / "f").write_bytes(b"x" * 1000)

    def read(handle: int, buffer: memoryview, at: int) -> int:
        if at >= 500:
            raise OSError(5, "input/output error")
        return len(buffer)

    monkeypatch.setattr(checksums, "_read", read)
    with (tmp_path / "f").open("rb") as file, pytest.raises(OSError, match="input/output error"):
        checksums.crc_of(file.fileno(), 1000)
