"""Which file it is: regular, of one name, the one that was read, still where it was."""

from __future__ import annotations

import os
from stat import S_ISREG

from salesaid.storage.contract import Stamp
from salesaid.storage.system import Handle, fstat, stat
from salesaid.storage.trouble import HardLinked, Named, NotAFile


def stamp_of(facts: os.stat_result) -> Stamp:
    """The stamp by which a change of the file is seen."""
    return Stamp(facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


def require_regular(handle: Handle) -> os.stat_result:
    """What fstat says; raises NotAFile for a folder, pipe or device."""
    facts = fstat(handle)
    if not S_ISREG(facts.st_mode):
        raise NotAFile(handle.path)
    return facts


def require_plain(handle: Handle) -> os.stat_result:
    """What fstat says; raises HardLinked for a regular file with several names, which is not to be written."""
    facts = require_regular(handle)
    if facts.st_nlink > 1:
        raise HardLinked(handle.path)
    return facts


def is_at(path: Named, handle: Handle) -> bool:
    """Whether the open file still goes by that name."""
    named, opened = stat(path), fstat(handle)
    return named is not None and (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino) and opened.st_nlink > 0
