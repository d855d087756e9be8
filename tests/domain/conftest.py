"""Who and what many tests of the safety net begin with."""

import pytest
from tests.world import actor

from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.catalog import catalog


@pytest.fixture
def book():
    return catalog().book


@pytest.fixture
def officer(world):
    return actor(world, Role.GU_OFFICER)


@pytest.fixture
def planner(world):
    return actor(world, Role.PLANNER)


@pytest.fixture
def kim(world):
    return world.households["kim"].pk
