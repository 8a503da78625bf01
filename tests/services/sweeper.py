"""A process that sweeps once and says what it did: `-m tests.services.sweeper URL MOMENT`."""

from __future__ import annotations

import json
import sys
import time

from tests.casework.examples import moment
from tests.services.desk import Desk
from workflow.services import deadlines


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    url, at = sys.argv[1:]
    desk = Desk(url)
    desk.at = moment(at)
    _say("ready")
    sys.stdin.readline()
    began = time.perf_counter()
    swept = deadlines.sweep(desk.office)
    _say(json.dumps([*swept, time.perf_counter() - began]))
    desk.close()
