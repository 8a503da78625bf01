"""The command `foi`, each time in a process of its own, forked from one that has imported it.

Python takes most of a second to start and import the desk, and the tests at the doors type
hundreds of commands: cold starts are tried by tests/cli/test_processes.py.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

# What every command that opens the office imports. It opens no file and starts no thread.
IMPORTED = ("bot.__main__", "workflow.bootstrap", "holidays.countries.united_kingdom")
OUT, ERR = 1, 2

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([*IMPORTED, __name__])


def typed(
    words: Sequence[str], *, folder: Path, environment: Mapping[str, str], within: float
) -> CompletedProcess[str]:
    """Type a command in a folder and give its status and what it printed.

    Raises TimeoutExpired, once it is ended, if it takes longer than so many seconds.
    """
    with tempfile.TemporaryDirectory(prefix="foi-typed-") as kept:
        out, err = Path(kept, "out"), Path(kept, "err")
        given = (list(words), str(folder), dict(environment), str(out), str(err))
        process = _FORKING.Process(target=_type, args=given)
        process.start()
        process.join(within)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired(["foi", *words], within)
        printed = [one.read_text(encoding="utf-8") for one in (out, err)]
    return CompletedProcess(["foi", *words], process.exitcode, *printed)


def _type(
    words: list[str], folder: str, environment: dict[str, str], out: str, err: str
) -> NoReturn:
    """Become the command: its folder, its environment, its streams, its words."""
    from bot.__main__ import main  # noqa: PLC0415  # in the process that is forked, not the tests'

    os.chdir(folder)
    os.environ.clear()  # noqa: TID251 - the command sees its own settings and no other's
    os.environ.update(environment)  # noqa: TID251 - as above
    for number, path in ((OUT, out), (ERR, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.stdout, sys.stderr = (
        open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as it lives
        for number in (OUT, ERR)
    )
    sys.argv = ["foi", *words]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
    raise AssertionError("a command exits with its status")
