# ruff: noqa: E501  # the table is read across, one row a line
"""reminders.toml: what cannot be used is told with its line and a cure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.casework.examples import CONFIG, LADDER
from workflow.casework.ladder import Audience, Chain, Step, Wait
from workflow.ladder_file import read_ladder
from workflow.practice import PracticeError

# What is changed in the file, into what, and what is then said.
# fmt: off
WRONG = [
    ('start = "09:00"',       'start = "9 o\'clock"',     "reminders.toml, line {[working_hours]}, working_hours: “9 o'clock” is not a time like 09:00."),
    ("draft = 15",            "draft = 0",                "reminders.toml, line {[targets]}, targets: 0 must be a whole number, 1 to 250."),
    ('anchor = "clarification"', 'anchor = "whenever"',   'reminders.toml, line {name = "no clarification"}, rule no clarification: “whenever” is not one of: '),
    ('offers = "claim"',      'offers = "clam"',          'reminders.toml, line {name = "unclaimed"}, rule unclaimed: “clam” is no act. Did you mean claim?'),
    ('again = 4\nstages = ["review"]', 'agian = 4\nstages = ["review"]', 'reminders.toml, line {name = "review overdue"}, rule review overdue: it has “agian”, which means nothing. Did you mean “again”?'),
    ('to = ["reviewer"]',     "to = []",                  'reminders.toml, line {name = "review due in five working days"}, rule review due in five working days: “to” must be a list with something in it.'),
    ('name = "unallocated"',  'name = "unclaimed"',       'reminders.toml, line {name = "unclaimed"}, rule unclaimed: this name is given twice. Change one.'),
    ('after = "5 working days"', 'after = "a week"',      'reminders.toml, line {name = "nobody settles it"}, chain nobody settles it: “a week” is no wait. Write “2 working days” or “4 working hours”.'),
    ('again = 4\nwords = "{reference} “{subject}” was escalated', 'again = 5\nwords = "{reference} “{subject}” was escalated', 'reminders.toml, line {name = "nobody settles it"}, chain nobody settles it: 5 must be a whole number, 0 to 4.'),
    ("[[chain]]\n",           "[[chian]]\n",              "reminders.toml, the file: it has “chian”, which means nothing. Did you mean “chain”?"),
    ('name = "nobody settles it"\n', 'name = "nobody settles it"\ncauses = ["overdew"]\n', 'reminders.toml, line {name = "nobody settles it"}, chain nobody settles it: no rule that escalates is called “overdew”.'),
    ("{left}, {due}. It is",  "{left}, {dew}. It is",     'reminders.toml, line {name = "due in five working days"}, rule due in five working days: words may use only '),
]
# fmt: on


@pytest.mark.parametrize(("there", "instead", "told"), WRONG, ids=[one[1][:20] for one in WRONG])
def test_what_cannot_be_used_is_told_with_its_line_and_a_cure(
    tmp_path: Path, there: str, instead: str, told: str
) -> None:
    file = Path(shutil.copy(CONFIG / "reminders.toml", tmp_path))
    written = file.read_text(encoding="utf-8")
    assert there in written
    file.write_text(written.replace(there, instead, 1), encoding="utf-8")

    with pytest.raises(PracticeError) as refused:
        read_ladder(tmp_path)

    assert str(refused.value).startswith(with_line(told, file))


def with_line(told: str, file: Path) -> str:
    """Put the number of the line in the place of the line itself."""
    before, brace, rest = told.partition("{")
    line, _, after = rest.partition("}")
    if not brace:
        return told
    return f"{before}{file.read_text(encoding='utf-8').splitlines().index(line) + 1}{after}"


def test_a_teams_own_chain_comes_before_the_one_of_all_teams(tmp_path: Path) -> None:
    file = Path(shutil.copy(CONFIG / "reminders.toml", tmp_path))
    own = (
        '\n[[chain]]\nname = "digital"\nteams = ["digital"]\ncauses = ["overdue", "by hand"]\n'
        '[[chain.step]]\nafter = "3 working hours"\nto = ["deputy"]\nwords = "{cause}"\n'
    )
    file.write_text(file.read_text(encoding="utf-8") + own, encoding="utf-8")

    ladder = read_ladder(tmp_path)

    step = Step(Wait(hours=3), (Audience.DEPUTY,), "{cause}")
    assert ladder.chains[1] == Chain("digital", (step,), ("digital",), ("overdue", "by hand"))
    assert ladder.steps_for("digital", "overdue") == (step,)
    for team, cause in (("digital", "no decision"), ("control-room", "overdue"), (None, "by hand")):
        assert ladder.steps_for(team, cause) == LADDER.chains[0].steps
