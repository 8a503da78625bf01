"""The outermost edge of the terminal: every trouble becomes one sentence and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from workflow.cli.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

MENDABLE, BROKEN, INTERRUPTED = 2, 1, 130
LONGEST_SENTENCE = 800
MEND_DATABASE = "Correct FOI_DATABASE_URL, or start the server it names."

# What a person can mend, by module. An error whose module was never imported cannot have been
# raised, so nothing is imported to name it.
_MENDABLE = (
    ("workflow.casework.errors", "Refusal"),
    ("workflow.practice", "PracticeError"),
    ("workflow.proclamations", "CalendarFileError"),
    ("workflow.law.working_days", "CalendarTooShort"),
    ("workflow.law.history", "ImpossibleHistory"),
    ("workflow.bootstrap", "SchemaBehind"),
    ("workflow.cli.entrance", "SettingsWrong"),
    *(("sqlalchemy.exc", name) for name in ("DBAPIError", "ArgumentError")),
)


def run(app: typer.Typer, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the app on a command line, and exit with its status.

    0 when it is done; 2 with one sentence on standard error for what the person can mend; 1 with
    one for what they cannot. Without arguments the help is printed.
    """
    for stream in (sys.stdout, sys.stderr):
        _never_choke(stream)
    typed = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_status(app, typed or ["--help"]))


def _status(app: typer.Typer, typed: list[str]) -> int:
    try:
        ended = _with_only(app, typed[0])(typed, prog_name="foi", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        ended = INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as leaving:  # how typer and rich leave when a pipe breaks under them
        if not isinstance(leaving.__context__, BrokenPipeError):
            raise
        return _reader_gone()
    except Exception as error:  # noqa: BLE001  # the outermost edge: a person reads a sentence
        return _tell(*_phrased(error, app, typed))
    if ended == INTERRUPTED:
        return _tell("Stopped before it was done; what was confirmed is kept.", BROKEN)
    return ended if isinstance(ended, int) else 0


def _with_only(app: typer.Typer, name: str) -> typer.Typer:
    """Give the app with the one command that is typed, or the whole of it for anything else.

    Typer reads the signatures of all ninety before it runs one, which takes longer than most.
    """
    named = [one for one in app.registered_commands if one.name == name]
    if not named:
        return app
    narrowed = copy(app)
    narrowed.registered_commands, narrowed.registered_groups = named, []
    return narrowed


def _phrased(error: Exception, app: typer.Typer, typed: list[str]) -> tuple[str, int]:
    """Give the sentence of an error and the exit status that goes with it."""
    if isinstance(error, typer.TyperException):
        return f"{error.format_message()} Try: foi {_command_of(app, typed)}--help", MENDABLE
    if isinstance(error, mendable()):
        return sentence(error), MENDABLE
    if isinstance(error, OSError):
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return f"{what}. Correct the path or its permissions, and try again.", MENDABLE
    return f"{_fault(error)} Report this with what you typed.", BROKEN


def _fault(error: Exception) -> str:
    """Name an error that nobody foresaw, and the place of it, as whoever mends it needs them."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"A fault of FOI Desk itself: {type(error).__name__}, {error} ({where})."


def mendable() -> tuple[type[Exception], ...]:
    """Give the kinds of error that a person can mend and that can have been raised by now."""
    loaded = ((sys.modules.get(module), name) for module, name in _MENDABLE)
    return tuple(getattr(module, name) for module, name in loaded if module is not None)


def sentence(error: Exception) -> str:
    """Phrase such an error for people: what happened, what to do."""
    from workflow.services.forms import Missing  # noqa: PLC0415  # only when something was refused
    from workflow.services.verbs import verb_for  # noqa: PLC0415  # only when something was refused

    if isinstance(error, Missing):
        return f"{error} Try: foi {verb_for(error.act).name} --help"
    if type(error).__module__.startswith("sqlalchemy"):
        why = getattr(error, "orig", None) or error
        return f"The database cannot be used: {str(why).rstrip(' .?')}. {MEND_DATABASE}"
    return str(error)


def _command_of(app: typer.Typer, typed: list[str]) -> str:
    name = typed[0]
    return f"{name} " if name in {one.name for one in app.registered_commands} else ""


def _tell(told: str, status: int) -> int:
    print(one_line(told, LONGEST_SENTENCE), file=sys.stderr)  # noqa: T201  # the edge speaks
    return status


def _reader_gone() -> int:
    # What is still buffered has nowhere to go; Python would complain of it once more at the end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _tell("The reader of the output went away before it was all written.", BROKEN)


def _never_choke(stream: TextIO) -> None:
    """Let a stream show a letter it has no code for as an escape, rather than fail on it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
