"""The proofs of this folder can fail: each of these mistakes in the write path is caught by them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[3]
POWER, KILL, POST = "crash/test_power_cut.py", "crash/test_kill.py", "test_post.py"
PROOFS = (POST, "test_system.py", "test_lock.py", "test_receipts.py", "crash")

APPLYING = """        for job in jobs:
            begun.append(job.record)
            apply(job)
"""
INTENT = "        journal.add(as_record(self.folder, receipt))\n"
MARK = '        journal.add(as_mark(receipt, "done"))\n'


class Mistake(NamedTuple):
    """In the module the right text becomes the wrong one; one of the proofs must fail then."""

    name: str
    module: str
    right: str
    wrong: str
    proof: str


MISTAKES = (
    Mistake("files are never synced", "system", "        os.fdatasync(fd)", "        return", "test_system.py"),
    Mistake(
        "folders are never synced",
        "system",
        "            os.fsync(fd)",
        "            raise OSError(22, '')",
        "test_system.py",
    ),
    Mistake("no folder is asked to be synced", "system", '        _step("fsync_dir", folder)', "        return", POWER),
    Mistake(
        "no file is asked to be synced", "system", '        _step("fdatasync", handle.path)', "        return", POWER
    ),
    Mistake(
        "acknowledged without a sync of the row",
        "apply",
        "        raise ChangedElsewhere(record.path)\n    system.sync(handle)",
        "        raise ChangedElsewhere(record.path)",
        POWER,
    ),
    Mistake("the mark stands before the rows", "post", APPLYING + MARK, MARK + APPLYING, KILL),
    Mistake("the intent is written after the rows", "post", INTENT + APPLYING, APPLYING + INTENT, KILL),
    Mistake("the lock lets everybody in", "system", "fcntl.LOCK_EX", "fcntl.LOCK_SH", "crash/test_many_writers.py"),
    Mistake("a replaced lock file is the lock", "lock", "if is_at(path, handle):", "if True:", "test_lock.py"),
    Mistake("a failed post is not taken back", "post", "take_back(self.folder, begun, found)", "pass", POST),
    Mistake(
        "an interrupted post is not taken back",
        "recovery",
        "for change, _ in sorted(",
        "for change, _ in [] and sorted(",
        KILL,
    ),
    Mistake(
        "a damaged record is believed",
        "journal",
        'if head != b"%08x " % crc32(body):',
        "if not head:",
        "test_receipts.py",
    ),
    Mistake("a torn record stays in the journal", "journal", "    if whole < size:", "    if size < 0:", KILL),
    Mistake(
        "a file replaced meanwhile goes unnoticed",
        "apply",
        "    if is_at(record.path, handle):\n",
        "    if True:\n",
        POST,
    ),
    Mistake(
        "a short write counts as a whole one",
        "system",
        "rest = rest[written:]",
        "rest = rest[len(rest) :]",
        "test_system.py",
    ),
    Mistake(
        "new content lies in another folder",
        "standing",
        "change.path.with_name(change.temp)",
        'Path("/dev/shm", change.temp)',
        POST,
    ),
    Mistake(
        "the old file goes before the new comes",
        "system",
        "os.replace(source, target)",
        "unlink(target) or _step('rename', target) or os.rename(source, target)",
        KILL,
    ),
    Mistake(
        "a changed file is not noticed",
        "apply",
        "if stamp_of(require_plain(handle)) != basis:",
        "if require_plain(handle) is None:",
        POST,
    ),
    Mistake("a request that was taken back is fulfilled", "receipts", 'state == "taken back"', 'state == ""', KILL),
    Mistake("what the undo needs is not kept", "recovery", "if name not in needed:", "if name:", KILL),
    Mistake("temp files of the dead stay", "temps", "if name.startswith(START) and", "if not name and", KILL),
)


def copy_with(mistake: Mistake, place: Path) -> None:
    """The package with the mistake in it, and its proofs."""
    shutil.copytree(ROOT / "salesaid", place / "salesaid", ignore=shutil.ignore_patterns("__pycache__"))
    proofs = shutil.ignore_patterns("__pycache__", "test_teeth.py")
    shutil.copytree(ROOT / "tests" / "storage" / "crash", place / "tests" / "crash", ignore=proofs)
    for proof in PROOFS[:-1]:
        shutil.copy(ROOT / "tests" / "storage" / proof, place / "tests" / proof)
    shutil.copy(ROOT / "pyproject.toml", place)
    module = place / "salesaid" / "storage" / f"{mistake.module}.py"
    code = module.read_text("utf-8")
    assert code.count(mistake.right) == 1
    module.write_text(code.replace(mistake.right, mistake.wrong), "utf-8")


def is_caught(place: Path, proof: str) -> bool:
    """Whether the proof fails with a failed assertion or an error of its own, as opposed to not running at all."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/{proof}"]
    done = subprocess.run(
        command, cwd=place, env=os.environ | {"PYTHONPATH": str(place)}, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.returncode == 1


def test_one_mistake_is_always_tried(tmp_path):
    copy_with(MISTAKES[5], tmp_path)
    assert is_caught(tmp_path, MISTAKES[5].proof)


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_every_mistake_is_caught(mistake, tmp_path):
    copy_with(mistake, tmp_path)
    assert is_caught(tmp_path, mistake.proof)


@pytest.mark.slow
@pytest.mark.parametrize("proof", PROOFS)
def test_without_a_mistake_the_proofs_hold(proof, tmp_path):
    copy_with(Mistake("none", "system", "import errno\n", "import errno\n", proof), tmp_path)
    assert not is_caught(tmp_path, proof)
