"""The log: a line for each event on standard error, which leaves standard output for answers."""

from __future__ import annotations

import logging
import sys

import structlog


def write_to_stderr() -> None:
    """Write the log to standard error, with tracebacks that hold no values.

    The values in hand when something fails are applicants' words and Slack's tokens.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
