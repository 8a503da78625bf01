"""SlackMessenger and a Slack that misbehaves: said once, in order, or the desk is told."""

from __future__ import annotations

import html
import shutil
import sys
from dataclasses import replace
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

import docx
import pytest
from slack_sdk import WebClient

from bot.messenger import SlackMessenger
from tests.bot.offices import CONFIG, AtWork
from tests.doors.page import Page
from tests.doors.programs import Program, answers, free_port
from tests.doors.workspace import BOT_TOKEN
from workflow import practice
from workflow.casework.request import Treatment
from workflow.casework.stages import Act
from workflow.services import lists, mending
from workflow.services.delivery import Delivered, deliver
from workflow.services.removal import left, take_away
from workflow.store import outbox, removals, requests, unsent
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIME_OUT = 1  # second that the messenger waits for Slack here
MORE_THAN_A_PAGE = 210
numbers = count(1)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give the page of a Slack in a process of its own."""
    folder, port = tmp_path_factory.mktemp("slack"), free_port()
    url = f"http://127.0.0.1:{port}"
    program = Program(
        *(sys.executable, "-m", "tests.doors.workspace"),
        *("--port", str(port), "--folder", str(folder / "slack")),
        log=folder / "slack.log",
    )
    program.wait_for(lambda: answers(f"{url}/sandbox/channels"))
    page = Page(url)
    yield page
    page.close()
    program.end()


class Talk:
    """An office that talks to that Slack about one request, and what went wrong on the way."""

    def __init__(self, folder: Path, page: Page, *, config: Path = CONFIG) -> None:
        self.page = page
        self.page.post("faults", clear=True)
        self.reference = f"FOI-2020-{next(numbers):04}"
        client = WebClient(BOT_TOKEN, base_url=f"{page.url}/api/", retry_handlers=[], timeout=1)
        messenger = SlackMessenger(client, lambda: practice.read_roster(config))
        self.work = AtWork(folder, messenger, config=config)
        self.work.log(self.reference)

    def fault(self, name: str, method: str = "chat.postMessage", **more: Any) -> None:
        self.page.post("faults", fault=name, method=method, **more)

    def deliver(self) -> Delivered:
        return deliver(self.work.office)

    def deliver_in_the_end(self) -> None:
        """Deliver until nothing waits any more, as ticks do, half a minute apart."""
        for _ in range(12):
            self.deliver()
            self.work.wait(30)

    def put(self, reference: str, message: Outgoing) -> None:
        with self.work.office.store.writing() as connection:
            row_id = requests.get(connection, reference).row_id
            outbox.put(connection, row_id, [message], at=self.work.office.now())

    def keys(self) -> list[str]:
        """Give the keys of what stands in Slack about the request, in order."""
        return [one.key for one in self.page.posts() if self.reference in one.key]

    def troubles(self) -> list[tuple[str, str]]:
        """List what could not be said, and why."""
        said = lists.said(self.work.office)
        return [(one.recipient, one.trouble or "") for one in said if one.state != "sent"]

    def set_aside(self) -> list[str]:
        """List why what was set aside could not be said."""
        with self.work.office.store.reading() as connection:
            return [one.trouble or "" for one in unsent.set_aside(connection)]


@pytest.fixture
def talk(tmp_path: Path, page: Page) -> Iterator[Talk]:
    talking = Talk(tmp_path, page)
    yield talking
    talking.work.office.store.close()


def story(talk: Talk) -> list[str]:
    """Allocate and claim the request; give the keys of all that is then to be said, in order."""
    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")
    talk.work.do("amira", Act.CLAIM, talk.reference)
    about = talk.reference
    return [
        f"card|{about}",
        f"thread|{about}|0",
        f"thread|{about}|1",
        f"told|{about}|1|team:control-room",
        f"thread|{about}|2",
        f"card|{about}|team:control-room",
    ]


def test_without_any_trouble_each_thing_is_said_once_and_in_order(talk: Talk) -> None:
    expected = story(talk)

    talk.deliver()

    assert talk.keys() == expected
    assert "*Held by*\nAmira Hassan" in fields(talk)


def fields(talk: Talk) -> list[str]:
    section = next(one for one in talk.page.card(talk.reference)["blocks"] if "fields" in one)
    return [one["text"] for one in section["fields"]]


# name of the fault, and to which method of Slack's it happens
FAULTS = [
    ("rate_limited", "chat.postMessage"),
    ("rate_limited", "chat.update"),
    ("rate_limited", "conversations.list"),
    ("fail_before", "chat.postMessage"),
    ("fail_after", "chat.postMessage"),
    ("fail_before", "chat.update"),
    ("fail_after", "chat.update"),
    ("hang_before", "chat.postMessage"),
    ("hang_after", "chat.postMessage"),
    ("hang_after", "chat.update"),
    ("fail_before", "conversations.history"),
    ("hang_after", "conversations.replies"),
]
LOOKING = {"conversations.history", "conversations.replies"}


@pytest.mark.parametrize(("fault", "method"), FAULTS)
@pytest.mark.parametrize("times", [1, 3])
def test_whatever_goes_wrong_each_thing_is_said_once_and_in_order(
    talk: Talk, fault: str, method: str, times: int
) -> None:
    expected = story(talk)
    if method in LOOKING:  # nothing is looked for until a sending is in doubt
        talk.fault("fail_after", times=2)
    if method == "chat.update":  # a card is drawn over only once it stands
        talk.deliver()
        talk.work.do("amira", Act.UPDATE, talk.reference, note="Nearly done")
        expected.append(f"thread|{talk.reference}|3")
    talk.fault(fault, method, times=times, seconds=TIME_OUT + 0.2)

    talk.deliver_in_the_end()

    assert talk.page.get("faults")["waiting"] == []
    assert talk.keys() == expected
    assert talk.troubles() == []
    assert "*Held by*\nAmira Hassan" in fields(talk)


@pytest.mark.parametrize("where", ["in its thread", "in the channel"])
def test_what_stands_behind_very_much_that_was_said_since_is_found_and_not_said_again(
    talk: Talk, where: str
) -> None:
    talk.deliver()
    expected = talk.keys()
    thread = talk.page.card(talk.reference)["ts"] if where == "in its thread" else None
    bot = WebClient(BOT_TOKEN, base_url=f"{talk.page.url}/api/")
    before = MORE_THAN_A_PAGE if thread else 0
    for _ in range(before):
        bot.chat_postMessage(channel="C0FOI-DESK", text="talk", thread_ts=thread)
    talk.fault("fail_after")
    if thread:
        talk.work.do("dana", Act.UPDATE, talk.reference, note="Nearly done")
        expected.append(f"thread|{talk.reference}|1")
    else:
        talk.reference = f"{talk.reference}-2"
        talk.work.log(talk.reference)
        expected = [f"card|{talk.reference}", f"thread|{talk.reference}|0"]
    talk.deliver()
    for _ in range(MORE_THAN_A_PAGE - before):
        bot.chat_postMessage(channel="C0FOI-DESK", text="talk")

    talk.deliver_in_the_end()

    assert talk.keys() == expected


def decided(talk: Talk) -> str:
    """Let the request be answered, up to the draft; give the key of the draft's file."""
    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")
    talk.work.do("amira", Act.CLAIM, talk.reference)
    words: dict[str, Any] = {"hours": 1.0, "where": "here", "found": "found"}
    talk.work.do("amira", Act.LOG_SEARCH, talk.reference, **words)
    talk.work.do("amira", Act.RETURN_SEARCHES, talk.reference, held="held")
    part = {"numbers": (1,), "treatment": Treatment.DISCLOSED, "words": "Twelve."}
    talk.work.do("dana", Act.ANSWER, talk.reference, **part)
    talk.work.do("dana", Act.DECIDE, talk.reference, outcome="disclose", reason="Twelve.")
    return f"file|{talk.reference}|6|draft|dana|2020-07-14"


def shared(talk: Talk) -> list[Any]:
    """Give the files that stand in the thread of the request's card."""
    ts = talk.page.card(talk.reference)["ts"]
    thread = (one for one in talk.page.messages(channel="foi-desk") if one["thread_ts"] == ts)
    return [file for message in thread for file in message["files"]]


def test_the_draft_stands_in_the_thread_as_a_document_that_opens(talk: Talk) -> None:
    decided(talk)

    talk.deliver_in_the_end()

    (file,) = shared(talk)
    assert file["name"] == f"{talk.reference} draft 6.docx"
    content = talk.page.file(file["id"])
    letter = docx.Document(BytesIO(content))
    told = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    assert "Twelve." in "\n".join(told)
    assert "Dear [name of the applicant]," in [one.text for one in letter.paragraphs]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize(
    "fault", ["rate_limited", "fail_before", "fail_after", "hang_before", "hang_after"]
)
def test_whatever_goes_wrong_a_file_is_shared_once(talk: Talk, fault: str, method: str) -> None:
    decided(talk)
    talk.fault(fault, method, seconds=TIME_OUT + 0.2)

    talk.deliver_in_the_end()

    assert talk.page.get("faults")["waiting"] == []
    assert [one["name"] for one in shared(talk)] == [f"{talk.reference} draft 6.docx"]
    assert talk.troubles() == []


def test_a_file_that_was_set_aside_for_want_of_a_permission_is_shared_once_it_is_given(
    talk: Talk,
) -> None:
    decided(talk)
    talk.page.post("administer", take_scope="files:write")
    talk.deliver_in_the_end()
    assert shared(talk) == []
    assert talk.set_aside() == ["Slack says missing_scope (files:write): run foi doctor"]
    assert mending.look(talk.work.office) == 0

    talk.page.post("administer", give_scope="files:write")
    assert mending.look(talk.work.office) == 1
    talk.deliver_in_the_end()

    assert [one["name"] for one in shared(talk)] == [f"{talk.reference} draft 6.docx"]
    assert talk.set_aside() == []


@pytest.mark.parametrize("method", ["chat.delete", "files.delete"])
@pytest.mark.parametrize("fault", ["rate_limited", "fail_before", "fail_after", "hang_after"])
def test_whatever_goes_wrong_all_that_was_posted_of_a_request_goes(
    talk: Talk, fault: str, method: str
) -> None:
    decided(talk)
    talk.fault("fail_after", "files.completeUploadExternal")  # so that the file has to be found
    talk.deliver_in_the_end()
    (file,) = shared(talk)
    office = talk.work.office
    with office.store.writing() as connection:
        row_id = requests.get(connection, talk.reference).row_id
        removals.put(connection, row_id, talk.reference, at=office.wall())
    talk.fault(fault, method, seconds=TIME_OUT + 0.2)

    for _ in range(6):
        take_away(office)
        talk.work.wait(60)

    assert talk.page.get("faults")["waiting"] == []
    standing = talk.keys()
    assert [one for one in standing if not one.startswith("card|")] == []
    with pytest.raises(AssertionError):
        talk.page.file(file["id"])
    assert left(office) == []


def test_slack_asking_to_slow_down_is_obeyed_to_the_second(talk: Talk) -> None:
    talk.deliver()
    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")
    talk.fault("rate_limited", retry_after=7)
    talk.fault("rate_limited", "chat.update", retry_after=7)

    talk.deliver()
    talk.work.wait(6)
    too_early = talk.deliver()
    talk.work.wait(2)
    talk.fault("rate_limited", retry_after=1)
    talk.deliver_in_the_end()

    assert too_early.sent == 0
    assert talk.keys()[-2:] == [
        f"told|{talk.reference}|1|team:control-room",
        f"card|{talk.reference}|team:control-room",
    ]
    assert len(set(talk.keys())) == len(talk.keys()) == 5


def test_slack_asking_one_channel_to_slow_down_makes_no_other_wait(talk: Talk) -> None:
    another = f"FOI-2020-{next(numbers):04}"
    talk.work.log(another)
    talk.deliver_in_the_end()
    for reference, to in ((talk.reference, "desk:"), (another, "team:control-room")):
        talk.put(reference, Outgoing(f"{reference} for {to}", "notice", to, "words"))
    talk.fault("rate_limited", retry_after=30)

    first = talk.deliver()
    talk.work.wait(29)
    too_early = talk.deliver()
    talk.work.wait(1)
    last = talk.deliver()

    assert (first, too_early, last) == ((1, 1, 0), (0, 0, 0), (1, 0, 0))
    assert [one.key for one in talk.page.posts() if " for " in one.key] == [
        f"{another} for team:control-room",
        f"{talk.reference} for desk:",
    ]


def test_a_card_that_somebody_deleted_is_drawn_anew(talk: Talk) -> None:
    talk.deliver()
    card = talk.page.card(talk.reference)
    bot = WebClient(BOT_TOKEN, base_url=f"{talk.page.url}/api/")
    bot.chat_delete(channel="C0FOI-DESK", ts=card["ts"])

    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")
    talk.deliver_in_the_end()

    anew = talk.page.card(talk.reference)
    assert anew["ts"] != card["ts"]
    assert talk.page.thread(talk.reference)[-1] == "Dana Whitfield allocated it to Control Room."
    assert talk.troubles() == []


def without(tmp_path: Path, file_says: str, instead: str) -> Path:
    """Copy the configuration with something in teams.toml that Slack does not have."""
    shutil.copytree(CONFIG, tmp_path / "config")
    teams = tmp_path / "config" / "teams.toml"
    written = teams.read_text("utf-8")
    assert file_says in written
    teams.write_text(written.replace(file_says, instead), "utf-8")
    return tmp_path / "config"


def test_what_a_channel_that_is_not_there_was_to_hear_is_told_to_the_desk(
    tmp_path: Path, page: Page
) -> None:
    config = without(tmp_path, 'channel = "control-room"', 'channel = "abolished"')
    talk = Talk(tmp_path, page, config=config)

    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")
    talk.deliver_in_the_end()

    why = "there is no channel #abolished that FOI Desk is in; told instead: desk:"
    assert talk.troubles() == [("team:control-room", why)]
    told = [one["text"] for one in page.messages(channel="foi-desk")][-2:]
    heard = f"For Control Room: {talk.reference} “Emergency calls in 2019” is allocated to "
    once = (
        "The channel of Control Room is not there, or FOI Desk is not in it. Create it, invite FOI "
        "Desk, or correct teams.toml; until then its notices come here."
    )
    assert sorted(told) == [f"{heard}Control Room. Who claims it?", once]


def test_a_channel_that_was_made_is_known_of_before_anything_is_sent_there(
    tmp_path: Path, page: Page
) -> None:
    config = without(tmp_path, 'channel = "control-room"', 'channel = "made-later"')
    talk = Talk(tmp_path, page, config=config)
    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")
    talk.deliver_in_the_end()
    assert mending.look(talk.work.office) == 0

    WebClient(BOT_TOKEN, base_url=f"{page.url}/api/").conversations_create(name="made-later")

    assert mending.look(talk.work.office) == 1
    assert mending.look(talk.work.office) == 0


def test_what_a_person_who_left_slack_was_to_hear_goes_to_whoever_stands_in(
    tmp_path: Path, page: Page
) -> None:
    config = without(tmp_path, 'slack = "U0MARCUS"', 'slack = "U0GONE"')
    talk = Talk(tmp_path, page, config=config)
    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")

    talk.work.do("joel", Act.ESCALATE, talk.reference, reason="Nobody moves")
    talk.deliver_in_the_end()

    why = "Slack says user_not_found; told instead: person:grace"
    assert talk.troubles() == [("person:marcus", why)]
    heard = page.messages(dm="grace")[-1]["text"]
    assert heard.startswith(f"For Marcus Reid: Joel Barker escalated {talk.reference} ")
    assert page.messages(channel="foi-desk")[-1]["text"].startswith(
        "Marcus Reid cannot be written to in Slack"
    )


def test_a_desk_channel_that_is_not_there_loses_nothing_that_goes_elsewhere(
    tmp_path: Path, page: Page
) -> None:
    config = without(tmp_path, '[desk]\nchannel = "foi-desk"', '[desk]\nchannel = "abolished"')
    talk = Talk(tmp_path, page, config=config)

    talk.work.do("dana", Act.ALLOCATE, talk.reference, team="control-room")
    talk.deliver_in_the_end()

    assert talk.keys() == [
        f"told|{talk.reference}|1|team:control-room",
        f"card|{talk.reference}|team:control-room",
    ]


def test_a_token_that_was_revoked_keeps_everything_until_it_is_mended(talk: Talk) -> None:
    good = talk.work.office
    bad = WebClient("xoxb-dev-revoked", base_url=f"{talk.page.url}/api/", retry_handlers=[])

    first = deliver(replace(good, messenger=SlackMessenger(bad, lambda: good.roster)))
    talk.work.wait(301)
    second = deliver(good)

    assert (first.sent, first.put_off, first.undeliverable) == (0, 1, 0)
    assert second.sent == 2
    assert talk.keys() == [f"card|{talk.reference}", f"thread|{talk.reference}|0"]


@pytest.mark.parametrize("lines", [2, 200, 600])
def test_what_speaks_of_several_requests_is_said_whole_and_without_a_button(
    talk: Talk, lines: int
) -> None:
    words = "\n".join(f"{talk.reference}-{n}: overdue <!channel>" for n in range(lines))
    message = Outgoing(f"digest|{talk.reference}", "notice", "person:amira", words)
    with talk.work.office.store.writing() as connection:
        outbox.put(connection, None, [message], at=talk.work.office.now())

    talk.deliver()

    said = [one for one in talk.page.messages(dm="amira") if f"{talk.reference}-0" in one["text"]]
    (post,) = said
    blocks = post["blocks"] or [{"type": "section", "text": {"text": html.unescape(post["text"])}}]
    assert {one["type"] for one in blocks} == {"section"}
    assert "\n".join(one["text"]["text"] for one in blocks) == words


# --- What is urgent begins by mentioning the user group of the channel ---------------------------

CONTROL, HOSTILE = "<!subteam^S0CONTROL>", "<!subteam^S0CONTROL> <!channel> *now*"
ESCAPED = "&lt;!subteam^S0CONTROL&gt; &lt;!channel&gt; *now*"


def posted(talk: Talk, message: Outgoing, *, about: str | None = None, where: str) -> Any:
    """Say something of a request, or else of several; give it as it stands in a channel."""
    with talk.work.office.store.writing() as connection:
        row_id = requests.get(connection, about).row_id if about else None
        outbox.put(connection, row_id, [message], at=talk.work.office.now())
    talk.deliver()
    place = {"dm": "amira"} if where == "amira" else {"channel": where}
    found = [one for one in talk.page.messages(**place) if one["metadata"]]
    (post,) = [one for one in found if one["metadata"]["event_payload"]["key"] == message.key]
    return post


def urgent(talk: Talk, words: str = "It is late.", *, to: str = "team:control-room") -> Outgoing:
    return Outgoing(f"urgent|{talk.reference}|{to}", "notice", to, words, urgent=True)


def words_of(post: Any) -> list[tuple[str, str]]:
    texts = [one["text"] for one in post["blocks"] if one["type"] == "section"]
    return [(one["type"], one["text"]) for one in texts]


def test_what_is_urgent_in_a_channel_begins_by_mentioning_its_group(talk: Talk) -> None:
    post = posted(talk, urgent(talk), about=talk.reference, where="control-room")

    assert post["text"] == f"{CONTROL} It is late."
    assert words_of(post) == [("mrkdwn", CONTROL), ("plain_text", "It is late.")]
    assert [one["type"] for one in post["blocks"]] == ["section", "section", "actions"]


def test_what_can_wait_mentions_nobody(talk: Talk) -> None:
    message = urgent(talk)._replace(urgent=None)

    post = posted(talk, message, about=talk.reference, where="control-room")

    assert (post["text"], words_of(post)) == ("It is late.", [("plain_text", "It is late.")])


@pytest.mark.parametrize(
    ("to", "where"),
    [("person:amira", "amira"), ("desk:", "foi-desk"), ("team:digital", "digital")],
)
def test_a_person_and_a_channel_without_a_group_are_told_without_a_mention(
    talk: Talk, to: str, where: str
) -> None:
    post = posted(talk, urgent(talk, to=to), about=talk.reference, where=where)

    assert (post["text"], words_of(post)) == ("It is late.", [("plain_text", "It is late.")])


def test_hostile_words_make_no_mention_beside_the_one_of_the_group(talk: Talk) -> None:
    reference = f"{talk.reference}-2"
    talk.work.log(reference, subject=HOSTILE)
    message = urgent(talk, f"{reference} “{HOSTILE}” is late.")

    post = posted(talk, message, about=reference, where="control-room")

    assert post["text"] == f"{CONTROL} {reference} “{ESCAPED}” is late."
    plain = f"{reference} “{HOSTILE}” is late."
    assert words_of(post) == [("mrkdwn", CONTROL), ("plain_text", plain)]


def test_hostile_words_mention_nobody_in_what_can_wait(talk: Talk) -> None:
    message = urgent(talk, HOSTILE)._replace(urgent=None)

    post = posted(talk, message, about=talk.reference, where="control-room")

    assert (post["text"], words_of(post)) == (ESCAPED, [("plain_text", HOSTILE)])


def test_of_what_is_restricted_the_channel_hears_reference_and_stage_and_no_mention(
    talk: Talk,
) -> None:
    talk.work.do("dana", Act.RESTRICT, talk.reference, names=("amira",), reason="a grievance")

    post = posted(talk, urgent(talk), about=talk.reference, where="control-room")

    told = (
        f"There is news of {talk.reference}, which is restricted and stands in received. "
        "The people named for it can see more."
    )
    assert (post["text"], words_of(post)) == (told, [("plain_text", told)])


@pytest.mark.parametrize("lines", [2, 200, 400])
def test_a_mention_stands_before_several_requests_whole(talk: Talk, lines: int) -> None:
    words = "\n".join(f"{talk.reference}-{n}: {HOSTILE}" for n in range(lines))

    post = posted(talk, urgent(talk, words), where="control-room")

    assert post["text"].startswith(f"{CONTROL} {talk.reference}-0: {ESCAPED}")
    assert post["text"].count("<!") == 1
    if post["blocks"]:
        (kind, mention), *told = words_of(post)
        assert (kind, mention, {one for one, _ in told}) == ("mrkdwn", CONTROL, {"plain_text"})
        assert "\n".join(text for _, text in told) == words
    else:
        assert html.unescape(post["text"]) == f"{CONTROL} {words}"


def test_the_longest_words_leave_the_mention_whole(talk: Talk) -> None:
    post = posted(talk, urgent(talk, "late & " * 2000), about=talk.reference, where="control-room")

    assert post["text"].startswith(f"{CONTROL} late &amp; late")
    assert f"(shortened; the whole: /foi show {talk.reference})" in post["text"]
    assert words_of(post)[0] == ("mrkdwn", CONTROL)


def test_what_cannot_reach_a_team_calls_the_group_of_the_desk(tmp_path: Path, page: Page) -> None:
    config = without(tmp_path, 'channel = "control-room"', 'channel = "abolished"')
    teams = config / "teams.toml"
    teams.write_text(
        teams.read_text("utf-8").replace("[desk]", '[desk]\ngroup = "S0DESK"'), "utf-8"
    )
    talk = Talk(tmp_path, page, config=config)
    talk.put(talk.reference, urgent(talk))

    talk.deliver_in_the_end()

    told = [one["text"] for one in page.messages(channel="foi-desk")]
    assert "<!subteam^S0DESK> For Control Room: It is late." in told
