from __future__ import annotations

import pytest

from tests.desk import Desk


@pytest.fixture
def desk(tmp_path, request):
    """An empty book, with the ledgers that stand in the test's docstring."""
    made = Desk(tmp_path)
    made.lay_out(request.function.__doc__ or "")
    return made
