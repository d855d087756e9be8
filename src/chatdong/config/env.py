"""Everything that differs between two installations, read from the environment once."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]

# Enough for checks and tests; an installation that serves has its own (chatdong.E002).
FALLBACK_KEY = "only-for-checks-" + "x" * 48
SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
)


class Env(BaseSettings):
    """One installation. Names in the environment carry no prefix only where the world has a standing name."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    database_url: str = Field(default="", alias="DATABASE_URL")
    var: Path = Field(default=ROOT / "var", alias="CHATDONG_VAR")
    secret_key: str = Field(default="", alias="CHATDONG_SECRET_KEY")
    debug: bool = Field(default=False, alias="CHATDONG_DEBUG")
    demo: bool = Field(default=False, alias="CHATDONG_DEMO")
    hosts: str = Field(default="localhost,127.0.0.1,[::1]", alias="CHATDONG_HOSTS")
    origins: str = Field(default="", alias="CHATDONG_ORIGINS")
    https: bool = Field(default=False, alias="CHATDONG_HTTPS")
    proxies: int = Field(default=0, alias="CHATDONG_PROXIES")
    district: str = Field(default="서대문구", alias="CHATDONG_DISTRICT")
    idle_minutes: int = Field(default=10, alias="CHATDONG_IDLE_MINUTES")
    log_level: str = Field(default="INFO", alias="CHATDONG_LOG_LEVEL")

    def key(self) -> str:
        """The secret key: from the environment, or from `var/secret_key` that `./run` makes once."""
        if self.secret_key:
            return self.secret_key
        kept = self.var / "secret_key"
        return kept.read_text().strip() if kept.exists() else FALLBACK_KEY


def database(url: str, var: Path) -> dict[str, object]:
    """Django's description of a database from its URL; SQLite in `var` where there is none.

    SQLite opens each transaction IMMEDIATE: a deferred one that reads and then writes fails at once under a second writer.
    """
    if not url:
        url = f"sqlite:///{var / 'chatdong.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with sqlite:// or postgresql://, not {parts.scheme}://")
    extra = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": extra,
    }
