from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


@pytest.fixture(scope="session")
def memory():
    """A kill does not ask what a sync means, so books to be stopped in may lie in memory."""
    with TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as place:
        yield Path(place)


@pytest.fixture
def place(memory):
    """A folder of one's own there."""
    with TemporaryDirectory(dir=memory) as place:
        yield Path(place)
