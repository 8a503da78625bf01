"""`foi` at another time, with little patience for Slack: what the chaos starts and kills.

`python -m tests.chaos.process AHEAD PATIENCE worker|serve`, both in seconds. Nothing else differs:
commands, settings and signals are those of `foi`.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from functools import partial

from bot import __main__ as program
from bot import serving
from workflow.bootstrap import open_office, wall_clock
from workflow.cli.app import build, run


def main() -> None:
    """Run the command at a time so far ahead of the machine's."""
    ahead, patience, *words = sys.argv[1:]
    by = timedelta(seconds=float(ahead))

    def now() -> datetime:
        return wall_clock() + by

    serving.SECONDS_FOR_SLACK = float(patience)  # type: ignore[assignment]  # a client takes either
    serving.open_office = partial(open_office, now=now)  # type: ignore[attr-defined]  # an import
    app = build(serving.messenger_for, now=now)
    app.command("serve")(program.serve)
    sys.argv = ["foi", *words]
    run(app)


if __name__ == "__main__":
    main()
