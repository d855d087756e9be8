"""What is remembered within an action is asked once, and never outlives it."""

import pytest

from chatdong.policy.action import action, forget_remembered, remembered
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record


def asker():
    asked = []
    return asked, lambda: asked.append(1) or len(asked)


def deed(world, body):
    @action
    def act(*, by):
        ensure(by, Permission.CLOCK_RUN)
        body()
        record("test.remember", by=by, at=world.now)

    return act


@pytest.fixture
def system_actor(who):
    return who("system")


def test_asked_every_time_outside_an_action():
    _asked, make = asker()
    assert [remembered("key", make), remembered("key", make)] == [1, 2]


def test_asked_once_within_an_action_and_the_ones_inside_it(world, system_actor):
    asked, make = asker()
    inner = deed(world, lambda: remembered("key", make))
    deed(world, lambda: (remembered("key", make), inner(by=system_actor), remembered("key", make)))(by=system_actor)
    assert len(asked) == 1
    deed(world, lambda: remembered("key", make))(by=system_actor)
    assert len(asked) == 2


def test_what_changes_it_makes_it_asked_again(world, system_actor):
    asked, make = asker()
    deed(world, lambda: (remembered("key", make), forget_remembered(), remembered("key", make)))(by=system_actor)
    assert len(asked) == 2
