"""The command `foi` on a slow database: `python -m tests.doors.slowly FILE serve`.

While FILE is there, every statement waits so many seconds as it says before it is run.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.__main__ import main

if __name__ == "__main__":
    program, file_name, *words = sys.argv
    slow = Path(file_name)

    @event.listens_for(Engine, "before_cursor_execute")
    def wait(*_: Any) -> None:
        try:
            seconds = float(slow.read_text("utf-8"))
        except OSError:
            return
        time.sleep(seconds)

    sys.argv = [program, *words]
    main()
