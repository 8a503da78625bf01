"""An app of the tests' own, on unmodified Bolt: it lends things, and uses every part of Slack."""

from typing import Any

from slack_bolt.async_app import AsyncApp

HOSTILE = "&lt;!channel&gt; &lt;@U0AMAL&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def card(text: str, holder: str | None = None) -> list[dict[str, Any]]:
    claim = {
        "type": "button",
        "action_id": "claim",
        "text": plain("Claim"),
        "style": "primary",
        "value": "42",
    }
    lose = {
        "type": "button",
        "action_id": "lose",
        "text": plain("Report lost"),
        "style": "danger",
        "value": "42",
        "confirm": {
            "title": plain("Lost for good?"),
            "text": plain("Everyone will be told."),
            "confirm": plain("Yes, lost"),
            "deny": plain("Keep looking"),
        },
    }
    more = {
        "type": "overflow",
        "action_id": "more",
        "options": [option("Describe", "describe"), option("Fail", "fail")],
    }
    who = {
        "type": "users_select",
        "action_id": "give",
        "placeholder": plain("Give to…"),
    }
    held = f"held by <@{holder}>" if holder else "*free*"
    return [
        {"type": "header", "text": plain("A copper kettle")},
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": f"*State*\n{held}"},
                {"type": "mrkdwn", "text": "*Back by*\nWednesday 12 August 2020"},
            ],
        },
        {"type": "actions", "block_id": "acts", "elements": [claim, who, lose, more]},
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": ":calendar: 20 working days left · `K-42`"}],
        },
    ]


def form(title: str = "Describe it") -> dict[str, Any]:
    def field(name: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
        element = {"action_id": f"{name}_value", **element}
        return {
            "type": "input",
            "block_id": name,
            "label": plain(label),
            "element": element,
            **more,
        }

    return {
        "type": "modal",
        "callback_id": "describe",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "private_metadata": "kettle-42",
        "blocks": [
            field("name", "Name", {"type": "plain_text_input", "min_length": 3}),
            field("notes", "Notes", {"type": "plain_text_input", "multiline": True}, optional=True,
                  hint=plain("What a borrower should know")),
            field("shelf", "Shelf", {"type": "static_select",
                  "options": [option("Top", "top"), option("Bottom", "bottom")]}, optional=True),
            field("keeper", "Keeper", {"type": "users_select"}, optional=True),
            field("maker", "Maker", {"type": "external_select", "min_query_length": 1},
                  optional=True),
            field("due", "Due", {"type": "datepicker", "initial_date": "2020-08-12"}),
            field("at", "At", {"type": "timepicker"}, optional=True),
            field("wear", "Wear", {"type": "checkboxes",
                  "options": [option("Scratched", "scratched"), option("Dented", "dented")]},
                  optional=True),
            field("state", "State", {"type": "radio_buttons",
                  "options": [option("Good", "good"), option("Poor", "poor")],
                  "initial_option": option("Good", "good")}),
        ],
    }  # fmt: skip


def home(name: str) -> dict[str, Any]:
    button = {"type": "button", "action_id": "home_button", "text": plain("Count"), "value": "1"}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain(f"Lent to {name}")},
            {"type": "actions", "elements": [button]},
        ],
    }


def lends(app: AsyncApp, submitted: list[dict[str, Any]], closed: list[str]) -> None:
    """Teach a Bolt app to lend; what is submitted and closed is noted in the lists."""
    hears_commands(app)
    takes_clicks(app)
    takes_forms(app, submitted, closed)
    has_a_home(app)
    hears_messages(app)


def hears_commands(app: AsyncApp) -> None:
    @app.command("/lend")
    async def lend(ack: Any, command: dict[str, Any], client: Any, respond: Any) -> None:
        word = command["text"].split(" ")[0]
        if word == "form":
            await client.views_open(trigger_id=command["trigger_id"], view=form())
        elif word == "card":
            text = f"From a borrower: {HOSTILE}"
            channel = command["channel_id"]
            await client.chat_postMessage(channel=channel, text="A kettle", blocks=card(text))
        elif word == "nothing":
            pass
        else:
            await respond(f"You lend {command['text']}")
        await ack()


def takes_clicks(app: AsyncApp) -> None:
    @app.action("claim")
    async def claim(ack: Any, body: dict[str, Any], client: Any, respond: Any) -> None:
        channel, ts, person = body["channel"]["id"], body["message"]["ts"], body["user"]["id"]
        await client.chat_update(
            channel=channel, ts=ts, text="Held", blocks=card("A kettle.", holder=person)
        )
        await client.chat_postMessage(
            channel=channel, thread_ts=ts, text=f"<@{person}> claimed it at *09:00*"
        )
        await respond("It is yours.", replace_original=False)
        await ack()

    @app.action("lose")
    async def lose(ack: Any, respond: Any) -> None:
        await respond("Reported as lost.", response_type="in_channel", replace_original=False)
        await ack()

    @app.action("more")
    async def more(ack: Any, action: dict[str, Any], body: dict[str, Any], client: Any) -> None:
        if action["selected_option"]["value"] == "describe":
            await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    @app.action("give")
    async def give(ack: Any, action: dict[str, Any], respond: Any) -> None:
        await respond(f"Given to <@{action['selected_user']}>.", replace_original=False)
        await ack()


def takes_forms(app: AsyncApp, submitted: list[dict[str, Any]], closed: list[str]) -> None:
    @app.options("maker_value")
    async def makers(ack: Any, payload: dict[str, Any]) -> None:
        names = [name for name in ("Smith & Co", "Smythe") if payload["value"] in name]
        await ack(options=[option(name, name.casefold()) for name in names])

    @app.view("describe")
    async def describe(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        name = values["name"]["name_value"]["value"]
        if name == "bad":
            await ack(response_action="errors", errors={"name": "Not that name."})
        elif name == "more":
            await ack(response_action="push", view=form("Step two"))
        elif name == "other":
            await ack(response_action="update", view=form("Changed"))
        elif name == "all":
            await ack(response_action="clear")
        else:
            submitted.append(values)
            await ack()

    @app.view_closed("describe")
    async def gone(ack: Any, view: dict[str, Any]) -> None:
        closed.append(view["id"])
        await ack()

    @app.shortcut("lend_it")
    async def lend_it(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form("Lend it"))
        await ack()

    @app.shortcut("begin")
    async def begin(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form("Begin"))
        await ack()


def has_a_home(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: Any) -> None:
        await client.views_publish(user_id=event["user"], view=home(f"<{event['user']}>"))

    @app.action("home_button")
    async def count(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_publish(user_id=body["user"]["id"], view=home("one more"))
        await ack()


def hears_messages(app: AsyncApp) -> None:
    @app.event("message")
    async def heard(event: dict[str, Any], say: Any) -> None:
        if event["channel_type"] == "im":
            await say(f"You said: {event['text']}")

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], say: Any) -> None:
        await say("You called?", thread_ts=event["ts"])
