"""What must not go live: checks that `manage.py check --deploy` and every start run over the settings."""

import stat
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from chatdong.config.env import FALLBACK_KEY
from chatdong.safetynet.benefits.catalog import CatalogError, catalog


class Config(AppConfig):
    """Makes the checks known to Django."""

    name = "chatdong.config"
    label = "config"
    verbose_name = "설정"

    def ready(self) -> None:
        register(secret_is_kept, Tags.security)
        register(goes_live, Tags.security, deploy=True)
        register(rules_are_sound, deploy=True)


def secret_is_kept(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The file with the secret key belongs to its owner alone."""
    kept = settings.VAR / "secret_key"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        return [Error(f"{kept}을(를) 다른 사용자가 읽을 수 있습니다.", hint=f"chmod 600 {kept}", id="chatdong.E001")]
    return []


def goes_live(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """What an installation with real people must and must not have."""
    found: list[CheckMessage] = []
    if settings.SECRET_KEY == FALLBACK_KEY:
        found.append(
            Error("비밀 키가 없습니다.", hint="CHATDONG_SECRET_KEY를 정하거나 ./run으로 시작하세요.", id="chatdong.E002")
        )
    if settings.DEBUG:
        found.append(
            Error("디버그가 켜져 있어 오류 화면에 개인정보가 보입니다.", hint="CHATDONG_DEBUG를 지우세요.", id="chatdong.E003")
        )
    if settings.DEMO:
        found.append(
            Error("시연 모드라서 로그인 화면에 비밀번호가 보입니다.", hint="CHATDONG_DEMO를 지우세요.", id="chatdong.E004")
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("모든 주소를 받습니다.", hint="CHATDONG_HOSTS에 우리 주소만 적으세요.", id="chatdong.E005"))
    if not settings.SESSION_COOKIE_SECURE:
        found.append(
            Error(
                "암호화하지 않은 연결을 받습니다.",
                hint="CHATDONG_HTTPS=true (개인정보의 안전성 확보조치 기준 제7조)",
                id="chatdong.E006",
            )
        )
    if str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
        found.append(Caution("SQLite로 운영합니다.", hint="여러 동이 함께 쓰면 DATABASE_URL=postgresql://…", id="chatdong.W001"))
    return found


def rules_are_sound(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The benefits' rule book can be read: no number without its day and its source."""
    try:
        catalog()
    except CatalogError as error:
        return [Error(f"{one.file}:{one.line}: {one.says}", hint=one.do, id="chatdong.E007") for one in error.problems]
    return []
