"""A process that ticks until it is killed: `-m tests.services.ticker URL SECONDS`."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

from tests.services.desk import Desk
from workflow.bootstrap import wall_clock
from workflow.scheduler import Ticking

if __name__ == "__main__":
    url, seconds = sys.argv[1:]
    desk = Desk(url)
    office = replace(desk.office, now=wall_clock, wall=wall_clock)
    Ticking(office, seconds=float(seconds))
    threading.Event().wait()
