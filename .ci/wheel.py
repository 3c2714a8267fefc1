"""Whether a wheel holds every file of the sample book, as it stands in the checkout."""

import sys
from pathlib import Path
from zipfile import ZipFile

folder, wheel = map(Path, sys.argv[1:])
with ZipFile(wheel) as file:
    held = {name: file.read(name) for name in file.namelist() if name.startswith("salesaid/sample_book/")}
wanted = {
    f"salesaid/sample_book/{p.relative_to(folder).as_posix()}": p.read_bytes() for p in folder.rglob("*") if p.is_file()
}
if not wanted or held != wanted:
    sys.exit(f"{wheel.name} and {folder}/ differ: {sorted(held.keys() ^ wanted.keys()) or 'contents'}")
print(f"{wheel.name} holds the {len(held)} files of {folder}/")
