"""Files that the book only names, such as a scanned contract: whether one is there, and the SHA-256 of what it holds.

They are never written, and may lie behind links: people file what they have.
"""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Literal

from salesaid.storage import system
from salesaid.storage.identity import require_regular
from salesaid.storage.trouble import trouble_of

_BUFFER = 1 << 20
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}


def presence(path: Path) -> Literal["there", "gone", "unseen"]:
    """Whether a file or folder goes by that name; unseen where the system does not let us look."""
    try:
        path.stat()
    except ValueError:  # a name with NUL in it names nothing
        return "gone"
    except OSError as error:
        return "gone" if error.errno in _NOT_THERE else "unseen"
    return "there"


def sha256_of(path: Path) -> str:
    """SHA-256 of a regular file's bytes, in hexadecimal. Raises FileMissing, NotAFile, NotReadable and the like."""
    handle = system.open_read(_real(path))
    try:
        require_regular(handle)
        digest, at = hashlib.sha256(), 0
        while piece := system.read_at(handle, at, _BUFFER):
            digest.update(piece)
            at += len(piece)
        return digest.hexdigest()
    finally:
        system.close(handle)


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path, strict=True)
    except (OSError, ValueError) as error:
        raise trouble_of(_os_error(error), path, reading=True) from error


def _os_error(error: OSError | ValueError) -> OSError:
    return error if isinstance(error, OSError) else FileNotFoundError(errno.ENOENT, "no such name")
