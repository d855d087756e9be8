"""The demo: reproducible, whole, with something to see, and nobody dropped in it."""

from datetime import datetime

import pytest

from chatdong.demo.districts import DONGS_2018, drawn_for, seodaemun, shares
from chatdong.demo.people import Drawer
from chatdong.demo.year import build
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.places.queries import dongs
from chatdong.kernel.clock import KST
from chatdong.policy.record import broken_links
from chatdong.safetynet.discovery.models import Handover, Lead, Report
from chatdong.safetynet.discovery.queries import proof
from chatdong.safetynet.visits.models import Contact, Target, Watch

AT = datetime(2026, 11, 20, 18, 0, tzinfo=KST)


@pytest.fixture
def built(db):
    return build(households=210, seed=7, at=AT, say=lambda _sentence: None)


def test_seodaemun_has_its_fourteen_dong_side_by_side():
    gu = seodaemun()
    assert len(gu.dongs) == 14
    for number, dong in enumerate(gu.dongs):
        assert dong.outline.is_valid and dong.outline.contains(dong.point)
        for other in gu.dongs[number + 1 :]:
            assert dong.outline.intersection(other.outline).area < dong.outline.area / 25


def test_the_whole_city_has_as_many_dong_as_in_2018():
    drawn = drawn_for(4_400_000)
    assert len(drawn[0].dongs) == 14 and len(drawn) == 25
    assert sum(len(gu.dongs) for gu in drawn) == sum(DONGS_2018.values()) == 424
    assert sum(shares(drawn, 4_400_000).values()) == 4_400_000


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    dong = seodaemun().dongs[0]
    first, again = (list(Drawer(dong, 7, AT.date()).homes(50)) for _ in range(2))
    assert first == again
    assert first != list(Drawer(dong, 8, AT.date()).homes(50))
    # nobody's real number: no operator gives out 010-0
    assert all(person.phone.startswith("0100") for home in first for person in home.people if person.phone)


def test_every_screen_has_something_to_see_and_nobody_is_dropped(built):
    assert Household.objects.filter(state="living").count() >= 210
    assert Resident.objects.count() > 300
    assert dongs(AT.date()).count() == 14
    assert set(Lead.objects.values_list("state", flat=True)) >= {"open", "closed"}
    assert Report.objects.filter(state="joined").exists() and Handover.objects.exists()
    assert Watch.objects.filter(grade=1).exists() and Contact.objects.count() > 100
    assert set(Target.objects.values_list("cohort", flat=True)) >= {"age_65", "newborn", "poverty_crisis"}
    first = dongs(AT.date()).get(name="천연동")
    assert Report.objects.filter(dong=first, state="asking").exists()
    assert Lead.objects.filter(dong=first, state="closing").exists()
    assert Household.objects.filter(dong=first, address_hidden=True).exists()
    assert proof(at=AT) == []
    assert list(broken_links()) == []
