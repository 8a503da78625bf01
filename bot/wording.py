"""Every sentence that the bot says of itself, in one place, by where it is said.

What the house says (a refusal, what happened, a reminder) is worded where it is decided; here are
the words of the door: what stands on cards, forms and App Home, and what is answered when there is
nothing to show. Words that come in from outside are escaped by whoever draws them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids
from workflow.casework.errors import either
from workflow.casework.ladder import UK
from workflow.law.dates import long_date
from workflow.services.installation import REVOKED, UNINSTALLED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# --- at the edge: who may not come in, what came too late, what went wrong ----------------------

OUT_OF_DATE = "That button is out of date. Look at the request again: /foi show REF"
OLD_FORM = "This form is out of date, and nothing was changed. Close it and begin again: /foi"
LATE_FORM = (
    "Slack gives three seconds to open a form, and they were over. Nothing was changed: try again."
)
ONE_MOMENT = "One moment. This takes longer than usual."
NEEDED = "This is needed."
NO_DATABASE = (
    "The database of FOI Desk does not answer. Wait a minute, look whether it was done, and try "
    "again."
)
ELSEWHERE = "FOI Desk serves another workspace. Use it in the one where it is installed."
GUEST = (
    "FOI Desk is for full members of this workspace, and you are a guest here. Ask the FOI desk to "
    "do it for you."
)
VISITOR = (
    "FOI Desk answers the people of its own workspace, and you are from another one. Ask the FOI "
    "desk to do it for you."
)
GONE = "This Slack account is deactivated."
NOT_SLACK = "Slack does not send this."  # to a program that sends what Slack does not


def stranger(slack_id: str, desk: Sequence[str]) -> str:
    """Tell somebody whom the desk does not know who can add them, and by which member ID."""
    return (
        f"FOI Desk does not know you yet. {either(desk)} of the FOI desk can add you: your Slack "
        f"member ID is {slack_id}."
    )


def fault(number: str) -> str:
    """Word a fault of ours: nothing was lost that was confirmed, and the log knows the number."""
    return (
        f"Something went wrong on our side, and nothing was changed. Try again; if it stays, "
        f"tell the FOI desk this number: {number}"
    )


# --- typing -------------------------------------------------------------------------------------

WHAT_NOW = "What would you like to do?"
WAYS_IN = f"*FOI Desk.* {WHAT_NOW}"
EACH_A_BUTTON = f"*{ids.COMMAND} VERB REF …* Each of these is a button on the card too."
ONE_IN_FULL = f"One verb in full: `{ids.COMMAND} help claim`. References may be shortened: `0042`."
BRACKETS = "Words in [brackets] may be left out. Leave out the rest and a form opens."
LEAVE_OUT = "Leave the words out and a form opens for them."


def too_long(length: int, most: int) -> str:
    """Say that a command is too long, in characters."""
    return f"That is {length:,} characters; a command holds {most:,}."


def can_still(verbs: Sequence[str]) -> str:
    """Say which verbs are open to whoever looks at a request."""
    return f"You can: {', '.join(verbs) or 'nothing on it now'}."


def no_stage_or_team(quoted: str) -> str:
    """Say that a list was asked for by what is neither."""
    return f"There is no stage or team {quoted}."


def try_one_of(known: str) -> str:
    """Name the stages and teams there are."""
    return f"Try one of: {known}."


def which_request(verb: str) -> str:
    """Ask on which request."""
    return f"{verb.capitalize()} which request?"


def to(verb: str, purpose: str) -> str:
    """Say what a verb is for, beside the question on which request."""
    return f"To {verb}: {purpose}."


# --- looking ------------------------------------------------------------------------------------

NONE_HERE = "There are none."
HOLD_NOTHING = "You hold nothing now."
NOTHING_DUE = "Nothing falls due."
WHY_THIS_DATE = "Why this date?"
THE_REVIEW = "The internal review:"
TRY_AGAIN_AT_TERMINAL = "To try again what was set aside: foi outbox retry KEY, at the terminal."
ONLY_FIGURES = "Only the FOI desk and managers see the figures."
WHOSE_NAME = "Who asked for which request?"


def complete(reference: str) -> str:
    """Say that an answer has all that s.17 asks for."""
    return f"{reference}: nothing that s.17 asks for is missing."


def lacks(reference: str) -> str:
    """Stand above what an answer lacks."""
    return f"{reference}: what s.17 asks for and the answer lacks:"


# --- cards --------------------------------------------------------------------------------------

FOR_THE_NAMED = "Only the people named for it can see more."
NO_MANAGER_YET = "No manager has answered yet."


def moved_on(where: str) -> str:
    """Tell a team that a request has left it."""
    return f"This request is {where}: there is nothing for this team to do on it."


def can_do(reference: str) -> str:
    """Stand above the buttons of what one may do."""
    return f"What you can do on *{reference}*:"


def nothing_to_do(reference: str) -> str:
    """Say that there is no such button."""
    return f"There is nothing for you to do on *{reference}* now."


# --- App Home -----------------------------------------------------------------------------------

NOTHING_OVERDUE = "Nothing is overdue."
NOTHING_THIS_WEEK = "Nothing falls due this week."
NOTHING_TO_APPROVE = "Nothing waits for your approval."
NOTHING_TO_REVIEW = "Every review is with a reviewer."
NOTHING_FOR_THE_DESK = "Nothing waits for the desk."
NOTHING_IN_TEAM = "Your team has nothing open."
NOTHING_IN_FOUR_WEEKS = "Nothing falls due in the next four weeks."


def falls_due(many: int, day: str, most: int) -> str:
    """Say in a sentence what the chart shows."""
    if many == most:
        return f"{many} fall{'s' if many == 1 else ''} due, on {day}."
    return f"{many} fall due, most of them on {day}: {most}."


def chart_says(days: str) -> str:
    """Say what the chart shows to somebody who cannot see it."""
    return f"How many requests fall due. {days}." if days else "No request falls due."


# --- forms of acts ------------------------------------------------------------------------------

FORM_TOO_LARGE = (
    "This form holds more than Slack takes. Leave it, and type the command instead: "
    f"{ids.COMMAND} help says how."
)
NOTHING_TO_CHOOSE = "There is nothing to choose from yet."
ARRIVED = "A request that has arrived."
BEFORE_LOGGING = "*Before you log it.* Nothing is written yet."
LOG_ANYWAY = "Send the form again to log it all the same, or press Cancel: your draft is kept."
CHANGED_SINCE = "*This request has changed since you began.* Nothing of yours is done yet."
GO_ON_ANYWAY = "Send the form again to go on all the same, or press Cancel: your draft is kept."
ANOTHER_DAY = "Change it if the request reached the authority on another day."
MESSAGE_OF_THAT_DAY = "It reached us in a message of that day."
WHY_EARLIER = "Why an earlier day? Say why it is logged after it was received."
CLOCK_RUNS = "The clock runs from the date of receipt all the same."
ONLY_DESK_LOGS = "Only the FOI desk can log a request."
FORWARD_IT = "Forward it to them the day it arrives: the clock is already running."
NO_EXEMPTION = "No exemption is engaged yet."
NO_LETTER = "No letter is written yet: the desk may still do so."
LIMIT_EXCEEDED = " The limit is exceeded: tell the FOI desk."
LIMIT_NEAR = " The limit is near: tell the FOI desk."


def draft_of(day: str, at: str) -> str:
    """Say that a draft is filled in."""
    return f"Your draft of {day}, {at}, is filled in."


def sent_on(day: str) -> str:
    """Say which day a message gives as the date of receipt."""
    return f"The message was sent on {day}: that is the date of receipt. {ANOTHER_DAY}"


def spent(pounds: str, limit: str) -> str:
    """Say how much of the limit of s.12 is used."""
    return f"With what is estimated £{pounds} of £{limit} (s.12)."


def searches_found(held: str) -> str:
    """Say what the searches came to."""
    return f"The searches found: {held}."


def question(number: int, words: str, becomes: Sequence[str]) -> str:
    """Say a question, and what becomes of it so far: "2. Who supplies it? (withheld)"."""
    return f"{number}. {words}" + (f" ({', '.join(becomes)})" if becomes else "")


def under_review(outcome: str) -> str:
    """Say which answer is reviewed."""
    return f"The answer under review: {outcome}."


# --- forms about people -------------------------------------------------------------------------

WHO_IN_SLACK = "Who in Slack?"
WHO_IS_AWAY = "Who is away?"
WHO_COVERS_YOU, WHO_COVERS_THEM = "Who covers for you?", "Who covers for them?"
WHO_HANDS_OVER, WHO_TAKES_OVER = "Who hands over?", "Who takes over?"
YOU_ARE_COVERED = "What is due to you goes to whoever covers, and they may do what you may."
THEY_ARE_COVERED = "What is due to them goes to whoever covers, who may do what they may."
NEVER_SILENT = "Without a time your day begins with the office's. The last days are always said."
WANTS_DIGEST = "A summary at the start of the day?"
WANTS_EARLY = "Reminders before the last days?"
THEY_ARE_ADDED = "They can use FOI Desk at once. It is kept who added them."
EMPTY_STAYS = "What you leave empty stays as it is. It is kept who changed what."
THEY_LEFT = "They can do nothing here from now on. Their name stays in the history."
LISTED_FIRST = "All that somebody holds is listed first. Nothing is handed over yet."

# --- pages of the desk's own --------------------------------------------------------------------

TRY_LATER = "Try again later."
NO_CALENDAR = "There is no calendar here."
NO_APPLICANT = "No applicant is kept."

# --- installing the app in Slack: pages, and what the desk hears of it --------------------------

INSTALL = "Install FOI Desk in Slack"
ASKS_FOR = (
    "Slack shows you what FOI Desk wants to do in your workspace, and asks whether it may. You "
    "must be allowed to install apps there."
)
WITHIN_TEN_MINUTES = "Do it in this browser, within ten minutes."
GO_ON_TO_SLACK = "Go on to Slack"
INSTALLED = "FOI Desk is installed"
INVITE_IT = "You can close this page. Invite FOI Desk to its channels, and in Slack type: /foi help"
NOT_INSTALLED = "FOI Desk was not installed"
NOBODY_INSTALLED = "Nobody has installed it yet."
CONSENT_DENIED = "You did not allow it in Slack. Nothing was changed."
BEGUN_IS_OVER = (
    "What was begun is over: it was more than ten minutes ago, in another browser, or finished "
    "already. Nothing was changed."
)
ORGANISATION = (
    "FOI Desk serves one workspace, and you installed it in a whole organisation. Nothing was "
    "changed here."
)
INSTALL_AGAIN = "Begin again and choose one workspace; if it stays, run: foi doctor"
BEGIN_AGAIN = "Begin again"
SLACK_SILENT = "Slack did not answer."


def installed_in(team: str) -> str:
    """Say in which workspace it is installed, by its name."""
    return f"It serves the workspace {team}."


def installed_already(team: str) -> str:
    """Tell whoever would install it that it is installed, and what installing anew is good for."""
    return (
        f"It is installed in the workspace {team} already. Install it there again if Slack does "
        "not accept it any more, or if it is to do more than before."
    )


def slack_said(code: str) -> str:
    """Say why Slack refused, by its own code."""
    return f"Slack refused it: {code or 'it did not say why'}."


def install_at(address: str) -> str:
    """Say who can install it anew, and where."""
    return f"Whoever may install apps opens {address}{ids.INSTALL_PATH}"


def not_renewed(why: str, until: datetime | None, cure: str) -> str:
    """Tell the desk that its token runs out and could not be renewed, and what mends it."""
    at = until.astimezone(UK) if until else None
    when = f"at {at:%H:%M} on {long_date(at.date())}" if at else "soon"
    return (
        f"FOI Desk's way into Slack ends {when}, and could not be renewed ({why}). Nothing is "
        f"lost, but nothing is said here after that. {cure}"
    )


KEPT = "nothing is sent, and everything is kept"
MEND_APP = "Correct SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, and start foi serve again."
# What Slack says of the app's own end.
ENDED = {
    UNINSTALLED: "the app was uninstalled",
    REVOKED: "its token was revoked",
}


def to_think_about(section: str) -> str:
    """Head the questions that an authority wants thought about; `section` is escaped."""
    return f"*To think about, {section}:*"
