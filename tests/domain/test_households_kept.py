"""The nightly end of what was kept: households that ended long ago, never one for which something is open."""

from tests.world import BY

from chatdong.ground.accounts.actions import keep_draft
from chatdong.ground.accounts.models import Draft
from chatdong.ground.households import actions
from chatdong.ground.households.models import Household
from chatdong.jobs.retain import retain
from chatdong.kernel import clock
from chatdong.safetynet.visits.actions import assess_household


def test_the_night_forgets_what_ended_and_spares_whoever_is_still_watched(world, who, monkeypatch):
    kim, family = world.households["kim"], world.households["family"]
    watched = assess_household(by=who("planner"), household_id=kim.pk, reasons=["suicide_attempt"], at=world.now)
    assert watched.grade != 9
    keep_draft(by=who("planner"), key="x", body={}, at=world.now)
    for row in (kim, family):
        actions.set_household_state(by=BY, household_id=row.pk, state="ended", at=world.now, why="test")
    monkeypatch.setattr(clock, "now", lambda: world.now.replace(year=2032))
    gone = retain.func()
    assert (gone["households"], gone["drafts"]) == (1, 1) and not Draft.objects.exists()
    assert Household.objects.get(pk=kim.pk).road_address and kim.residents.get().name == "김영숙"
    assert not Household.objects.get(pk=family.pk).road_address and not family.residents.exclude(name="").exists()
    assert retain.func()["households"] == 0
