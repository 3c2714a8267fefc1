"""A long part is deflated in two halves that make one stream."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.storage import xlsx_parts


@given(st.binary(min_size=20, max_size=4000))
def test_two_halves_inflate_to_the_whole(content):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_parts, "LONG", 20)
        machine = zlib.decompressobj(-15)
        packed, crc = xlsx_parts.deflated(content)
        assert machine.decompress(packed) == content
        assert crc == zlib.crc32(content)
        assert machine.eof
        assert machine.unused_data == b""
