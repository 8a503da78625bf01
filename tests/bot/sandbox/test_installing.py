"""Installing the app in the local Slack, and tokens that run out: asked by Slack's own clients."""

from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import CLIENT_ID, CLIENT_SECRET
from tests.bot.sandbox.bench import BOT_TOKEN, Bench

# slack_sdk 3.47 still asks aiohttp for it.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

BACK = "http://127.0.0.1:9/back"
KNOWN = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
HALF_A_DAY = 12 * 60 * 60


async def consented(bench: Bench, **asked: str) -> dict[str, str]:
    """Go to the page that asks for consent; give what it sends back to the app."""
    wanted = {"redirect_uri": BACK, "client_id": CLIENT_ID, "state": "s & t", **asked}
    answer = await bench.http.get("/oauth/v2/authorize", params=wanted)
    return dict(httpx.URL(answer.headers["location"]).params)


async def installed(bench: Bench) -> Any:
    code = (await consented(bench))["code"]
    return await client(bench).oauth_v2_access(**KNOWN, code=code, redirect_uri=BACK)


def client(bench: Bench, token: str | None = None) -> AsyncWebClient:
    return AsyncWebClient(token, base_url=f"{bench.url}/api/", retry_handlers=[])


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as why:
        await call
    return str(why.value.response["error"])


async def says(bench: Bench, token: str) -> str:
    """Say what Slack says of a token: its workspace, or why it is not good."""
    try:
        return str((await client(bench, token).auth_test())["team"])
    except SlackApiError as why:
        return str(why.response["error"])


async def test_a_code_is_good_once_and_the_way_back_is_this_machine(bench: Bench) -> None:
    elsewhere = {"redirect_uri": "http://127.0.0.1.example.org/", "client_id": CLIENT_ID}
    assert (await bench.http.get("/oauth/v2/authorize", params=elsewhere)).status_code == 400

    back = await consented(bench)

    assert back["state"] == "s & t"
    code = {"code": back["code"], "redirect_uri": BACK}
    mine = client(bench)
    assert await refused(mine.oauth_v2_access(**KNOWN, code="never issued")) == "invalid_code"
    wrong = {**KNOWN, "client_secret": "guessed"}
    assert await refused(mine.oauth_v2_access(**wrong, **code)) == "bad_client_secret"
    other = {"client_id": "9.9", "client_secret": CLIENT_SECRET}
    assert await refused(mine.oauth_v2_access(**other, **code)) == "invalid_client_id"
    lost = mine.oauth_v2_access(**KNOWN, code=back["code"], redirect_uri="http://127.0.0.1:8/")
    assert await refused(lost) == "bad_redirect_uri"
    answer = await mine.oauth_v2_access(**KNOWN, **code)
    assert answer["access_token"] == BOT_TOKEN
    assert "refresh_token" not in answer.data
    assert await refused(mine.oauth_v2_access(**KNOWN, **code)) == "invalid_code"


async def test_with_rotation_slacks_own_rotator_renews_the_token_before_it_runs_out(
    bench: Bench,
) -> None:
    await bench.post("administer", token_seconds=HALF_A_DAY)
    first = await installed(bench)
    assert (first["expires_in"], first["access_token"][:10]) == (HALF_A_DAY, "xoxe.xoxb-")
    rotator = AsyncTokenRotator(**KNOWN, client=client(bench))
    kept = Bot(
        bot_token=first["access_token"],
        bot_refresh_token=first["refresh_token"],
        bot_token_expires_in=first["expires_in"],
        bot_id="B",
        bot_user_id=first["bot_user_id"],
        installed_at=0.0,
    )

    assert await rotator.perform_bot_token_rotation(bot=kept) is None
    second = await rotator.perform_bot_token_rotation(
        bot=kept, minutes_before_expiration=HALF_A_DAY
    )

    assert second is not None
    assert second.bot_token not in {kept.bot_token, None}
    assert second.bot_refresh_token not in {kept.bot_refresh_token, None}
    assert [await says(bench, one) for one in (second.bot_token, kept.bot_token)] == ["Sandbox"] * 2


async def test_a_refresh_token_is_good_once_and_two_tokens_are_good_at_once(bench: Bench) -> None:
    await bench.post("administer", token_seconds=HALF_A_DAY)
    grants = [await installed(bench)]
    for _ in range(2):
        renewed = await client(bench).oauth_v2_access(
            **KNOWN, grant_type="refresh_token", refresh_token=grants[-1]["refresh_token"]
        )
        grants.append(renewed)

    again = client(bench).oauth_v2_access(
        **KNOWN, grant_type="refresh_token", refresh_token=grants[0]["refresh_token"]
    )

    assert await refused(again) == "invalid_refresh_token"
    told = [await says(bench, one["access_token"]) for one in grants]
    assert told == ["token_revoked", "Sandbox", "Sandbox"]


async def test_a_token_runs_out(bench: Bench) -> None:
    await bench.post("administer", token_seconds=HALF_A_DAY)
    token = (await installed(bench))["access_token"]

    await bench.post("administer", expire=True)

    posting = client(bench, token).chat_postMessage(channel="C0DESK", text="x")
    assert await refused(posting) == "token_expired"


async def test_who_installs_it_may_refuse_or_be_of_elsewhere(bench: Bench) -> None:
    await bench.post("administer", consent="denied", token_seconds=HALF_A_DAY)
    assert await consented(bench) == {"error": "access_denied", "state": "s & t"}

    await bench.post("administer", consent="elsewhere")
    other = await installed(bench)

    token = other["access_token"]
    assert other["team"] == {"id": "T0ELSEWHERE", "name": "Elsewhere"}
    assert await says(bench, token) == "Elsewhere"
    posting = client(bench, token).chat_postMessage(channel="C0DESK", text="x")
    assert await refused(posting) == "team_access_not_granted"
    assert (await client(bench, token).auth_revoke())["revoked"]
    assert await says(bench, token) == "token_revoked"

    await bench.post("administer", consent="organisation")
    whole = await installed(bench)
    assert (whole["team"], whole["is_enterprise_install"]) == (None, True)


async def test_what_was_revoked_is_renewed_by_installing_anew_only(bench: Bench) -> None:
    await bench.post("administer", token_seconds=HALF_A_DAY)
    before = await installed(bench)
    await bench.post("administer", revoke="account_inactive")

    renewing = client(bench).oauth_v2_access(
        **KNOWN, grant_type="refresh_token", refresh_token=before["refresh_token"]
    )

    assert await refused(renewing) == "invalid_refresh_token"
    after = await installed(bench)
    told = [await says(bench, one["access_token"]) for one in (before, after)]
    assert told == ["account_inactive", "Sandbox"]


async def test_no_secret_stands_in_the_inspectors_log(bench: Bench) -> None:
    await bench.post("administer", token_seconds=HALF_A_DAY)
    granted = await installed(bench)
    await client(bench).oauth_v2_access(
        **KNOWN, grant_type="refresh_token", refresh_token=granted["refresh_token"]
    )

    told = str(await bench.get("log"))

    assert "oauth.v2.access" in told
    assert not [one for one in ("xoxe", "code-", CLIENT_SECRET) if one in told]
