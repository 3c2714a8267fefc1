"""The program: `salesaid` and `python -m salesaid`."""

from __future__ import annotations

import gc

gc.disable()  # a run is too short to be worth collecting: a fifth of a quick command's time

import atexit  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

atexit.register(gc.freeze)  # nor is there anything to collect at its end


def main() -> None:
    """Run the words of this process's command line and exit with their code."""
    from salesaid import cli

    nowhere = None if sys.stdin and sys.stdout and sys.stderr else open(os.devnull, "r+", encoding="utf-8")  # noqa: PTH123, SIM115
    streams = (stream or nowhere for stream in (sys.stdin, sys.stdout, sys.stderr))
    sys.exit(cli.main(sys.argv[1:], os.environ, *streams))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
