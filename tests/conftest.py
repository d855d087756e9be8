"""What every test may ask for: the small world and somebody in it. Which database holds it is told by DATABASE_URL alone."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.world import World, actor, build_world

from chatdong.policy.actor import Actor


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Argon2 is slow on purpose; a test that hashes uses a quick one and still reads the real ones."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Pages name their styles and scripts without a collected, hashed copy of them."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _forgotten_names():
    """Known names are kept in the process; the next test has another database."""
    from chatdong.ground.households.queries.names import forget
    from chatdong.safetynet.benefits.queries.rules import forget_catalog

    forget()
    forget_catalog()


@pytest.fixture
def world(db) -> World:
    """The world of tests.world, fresh for this test."""
    return build_world()


@pytest.fixture
def now(world: World) -> datetime:
    """The moment of the world: Monday 2026-03-16 09:00 KST."""
    return world.now


@pytest.fixture
def who(world: World) -> Callable[..., Actor]:
    """who("planner"), who("team_lead", "other_dong"), who("nurse", "other_gu"): an actor."""

    def find(role: str, where: str = "own", **rest) -> Actor:
        return actor(world, role, where, **rest)

    return find
