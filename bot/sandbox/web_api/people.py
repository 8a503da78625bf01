"""users.*, usergroups.* and dnd.*: who is in the workspace."""

from bot.sandbox.directory import Person, group_handle
from bot.sandbox.json_values import Json
from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.refusals import SlackError
from bot.sandbox.web_api.call import Call, Method


def described(person: Person) -> Json:
    """Describe a person as Slack does."""
    base = _described(person.id, person.handle, person.name, profile(person), bot=False)
    return {
        **base,
        "team_id": person.team_id,
        "is_restricted": person.guest or person.single_channel,
        "is_ultra_restricted": person.single_channel,
        "is_stranger": person.team_id != TEAM_ID,
    }


def profile(person: Person) -> Json:
    """Write a person's profile; team and role stand in the title."""
    return {
        "title": ", ".join(part for part in (person.role, person.team) if part),
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.handle,
        "display_name_normalized": person.handle,
        "status_text": "",
        "status_emoji": "",
        "email": person.email,
        "team": person.team_id,
    }


def info(call: Call) -> Json:
    """Describe one person, or the app's own account."""
    if call.text("user") == call.workspace.app.bot_person_id:
        return {"user": _app_account(call)}
    person = call.person()
    deleted = person.id in call.administration.deactivated
    return {"user": described(person) | {"deleted": deleted}}


def list_people(call: Call) -> Json:
    """List everyone, the app's own account last."""
    everyone = [*(described(one) for one in call.workspace.directory.people), _app_account(call)]
    part, metadata = call.part(everyone)
    return {"members": part, "cache_ts": 0, "response_metadata": metadata}


def by_email(call: Call) -> Json:
    """Find a person by e-mail address."""
    found = call.workspace.directory.by_email(call.text("email"))
    if found is None:
        raise SlackError("users_not_found")
    return {"user": described(found)}


def presence(call: Call) -> Json:
    """Tell whether a person is there: in the sandbox everyone is."""
    call.person()
    return {"presence": "active", "online": True}


def get_profile(call: Call) -> Json:
    """Give a person's profile."""
    return {"profile": profile(call.person())}


def do_not_disturb(call: Call) -> Json:
    """Tell whether a person is not to be disturbed: in the sandbox nobody is."""
    call.person()
    return {"dnd_enabled": False, "next_dnd_start_ts": 0, "next_dnd_end_ts": 0}


def groups(call: Call) -> Json:
    """List the teams as user groups."""
    directory = call.workspace.directory
    return {
        "usergroups": [
            {
                "id": directory.group_id(team),
                "team_id": TEAM_ID,
                "is_usergroup": True,
                "name": team,
                "handle": group_handle(team),
                "description": "",
                "date_delete": 0,
                "user_count": len(people),
                "users": [one.id for one in people],
            }
            for team, people in directory.teams().items()
        ]
    }


def group_members(call: Call) -> Json:
    """List the people of one team."""
    wanted, directory = call.text("usergroup"), call.workspace.directory
    for team, people in directory.teams().items():
        if directory.group_id(team) == wanted:
            return {"users": [one.id for one in people]}
    raise SlackError("no_such_subteam")


def _app_account(call: Call) -> Json:
    app = call.workspace.app
    about = {"real_name": app.name, "display_name": app.name, "bot_id": app.bot_id}
    return _described(app.bot_person_id, app.name, app.name, about, bot=True)


def _described(person_id: str, handle: str, name: str, about: Json, *, bot: bool) -> Json:
    return {
        "id": person_id,
        "team_id": TEAM_ID,
        "name": handle,
        "deleted": False,
        "color": "4b6cb7",
        "real_name": name,
        "tz": "Europe/London",
        "tz_label": "Greenwich Mean Time",
        "tz_offset": 0,
        "profile": about,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": bot,
        "is_app_user": False,
        "updated": 0,
        "is_email_confirmed": bool(about.get("email")),
        "who_can_share_contact_card": "EVERYONE",
    }


PEOPLE: dict[str, Method] = {
    "users.info": info,
    "users.list": list_people,
    "users.lookupByEmail": by_email,
    "users.getPresence": presence,
    "users.profile.get": get_profile,
    "usergroups.list": groups,
    "usergroups.users.list": group_members,
    "dnd.info": do_not_disturb,
}
