"""What differs from machine to machine: read from the environment, once, where a program starts."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from workflow.bank_holidays import HOUSE_CONFIGS


def _house_config() -> Path:
    return next((folder for folder in HOUSE_CONFIGS if folder.is_dir()), HOUSE_CONFIGS[0])


class Settings(BaseSettings):
    """The environment's settings. Secrets never show in a log or in `repr`."""

    model_config = SettingsConfigDict(env_prefix="FOI_", env_file=".env", extra="ignore")

    database_url: str = "sqlite:///foi-desk.db"
    # What one process may ask of PostgreSQL; 0 seconds is no limit.
    database_pool: int = Field(default=10, ge=2, le=200)
    database_pool_more: int = Field(default=10, ge=0, le=200)
    statement_seconds: float = Field(default=30.0, ge=0, le=3600)
    lock_seconds: float = Field(default=10.0, ge=0, le=3600)
    config_dir: Path = Field(default_factory=_house_config)
    officer: str | None = None
    host: str = "127.0.0.1"
    port: int = 3000
    url: str | None = None  # where `foi serve` is reached from outside
    demo_port: int = 3000
    demo_folder: Path = Path(".demo")
    tick_seconds: int = Field(default=20, ge=1, le=3600)
    # Once asked to stop, /readyz says no for so long before connections are refused.
    drain_seconds: float = Field(default=0.0, ge=0, le=60)
    # Slack takes about one message a second in a channel; short bursts are taken as well.
    message_seconds: float = Field(default=1.0, ge=0, le=60)

    # A mail server for escalations while Slack is away; none is used unless one is named.
    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_starttls: bool = True
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "foi-desk@localhost"
    smtp_after_minutes: float = Field(default=30.0, ge=1, le=24 * 60)

    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET"
    )
    # Instead of a bot token: the app is installed at /slack/install, in this workspace only.
    slack_client_id: str | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_CLIENT_SECRET"
    )
    slack_team_id: str = Field(default="", validation_alias="SLACK_TEAM_ID")
    # Socket Mode: how many connections, and after how much silence one is replaced.
    socket_connections: int = Field(default=2, ge=1, le=10)
    socket_silence_seconds: float = Field(default=60.0, ge=1, le=3600)
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")

    @field_validator("slack_bot_token", mode="after")
    @classmethod
    def _none_if_empty(cls, token: SecretStr | None) -> SecretStr | None:
        return token if token and token.get_secret_value() else None

    @property
    def by_installing(self) -> bool:
        """Say whether the app is installed by OAuth. A bot token goes first."""
        return self.slack_bot_token is None and bool(self.slack_client_id)

    @property
    def speaks(self) -> bool:
        """Say whether there is a way to speak in Slack."""
        return self.slack_bot_token is not None or self.by_installing

    @property
    def address(self) -> str:
        """Give where `foi serve` is reached, without a slash at its end."""
        return (self.url or f"http://{self.host}:{self.port}").rstrip("/")
