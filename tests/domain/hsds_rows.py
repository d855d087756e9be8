"""Directories made by the machine: whatever may be kept, so that files can be tried with all of it."""

from datetime import date, time
from uuid import UUID

from hypothesis import strategies as st

from chatdong.safetynet.benefits.hsds import (
    CostRow,
    Directory,
    LocationRow,
    OfferingRow,
    OrganizationRow,
    PlaceRow,
    ScheduleRow,
)
from chatdong.safetynet.benefits.hsds.columns import cleaned

KEYS = st.integers(1, 2**128 - 1).map(lambda number: str(UUID(int=number)))
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))
TIMES = st.none() | st.times().map(lambda one: one.replace(microsecond=0, tzinfo=None, fold=0)) | st.just(time(9, 0))
WEB = st.sampled_from(("", "https://example.org/a?b=1,2", "http://복지.example.org"))


def texts(most: int, least: int = 0):
    """Texts as they are kept: any letters, quotes, commas and line ends among them."""
    letters = st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("가나다\",;\n'=+")
    found = st.text(letters, max_size=most).map(cleaned).filter(lambda text: len(text) <= most)
    return found.filter(lambda text: len(text) >= least)


@st.composite
def directories(draw):
    keys = iter(draw(st.lists(KEYS, min_size=40, max_size=40, unique=True)))
    organizations = tuple(
        OrganizationRow(
            next(keys), draw(texts(20, 1)), draw(texts(60)), draw(texts(20)), draw(WEB), draw(texts(20)), draw(texts(20))
        )
        for _ in range(draw(st.integers(1, 3)))
    )
    owners = [one.key for one in organizations]
    locations = tuple(
        LocationRow(
            next(keys), draw(st.sampled_from(["", *owners])), draw(texts(20)),
            draw(st.none() | st.floats(-180, 180)), draw(st.none() | st.floats(-90, 90)), draw(texts(40)), draw(texts(10)),
            draw(texts(20)), draw(texts(40)),
        )
        for _ in range(draw(st.integers(0, 4)))
    )  # fmt: skip
    offerings = tuple(draw(offering(next(keys), owners)) for _ in range(draw(st.integers(0, 4))))
    pairs = [(one.key, where.key) for one in offerings for where in locations]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True)) if pairs else []
    places = tuple(PlaceRow(next(keys), *pair, draw(texts(40))) for pair in chosen)
    anchors = (
        [(one.key, "") for one in offerings] + [(one.offering, one.key) for one in places] + [("", one.key) for one in places]
    )
    schedules = tuple(
        ScheduleRow(
            next(keys), *draw(st.sampled_from(anchors)), draw(DAYS), draw(DAYS), draw(DAYS),
            draw(st.sampled_from(("", "WEEKLY", "MONTHLY"))), draw(st.sampled_from(("", "MO", "MO,TU,WE", "1WE,-1FR"))),
            draw(TIMES), draw(TIMES), draw(texts(40)), draw(st.sampled_from(("", "in_person", "phone", "virtual", "outreach"))),
        )
        for _ in range(draw(st.integers(0, 4)) if anchors else 0)
    )  # fmt: skip
    costs = tuple(
        CostRow(
            next(keys), draw(st.sampled_from(offerings)).key, draw(DAYS), draw(DAYS), draw(texts(20)),
            draw(st.sampled_from(("KRW", "USD"))), draw(st.none() | st.integers(0, 10**12)), draw(texts(40)),
        )
        for _ in range(draw(st.integers(0, 4)) if offerings else 0)
    )  # fmt: skip
    return Directory(organizations, locations, offerings, places, schedules, costs)


@st.composite
def offering(draw, key, owners):
    terms = st.tuples(st.sampled_from(("open-eligibility", "내 분류")), texts(10, 1), texts(10))
    return OfferingRow(
        key, draw(st.sampled_from(owners)), draw(texts(20, 1)), draw(texts(60)),
        draw(st.sampled_from(("active", "inactive", "defunct", "paused"))), draw(texts(60)), draw(texts(40)), draw(texts(60)),
        draw(st.none() | st.integers(0, 150)), draw(st.none() | st.integers(0, 150)), draw(WEB), draw(DAYS), draw(texts(20)),
        draw(texts(20)), tuple(draw(st.lists(st.sampled_from(("no_food", "rent_overdue", "lonely")), unique=True))),
        tuple(draw(st.lists(st.sampled_from(("living_benefit", "basic_pension")), unique=True))),
        tuple(draw(st.lists(terms, max_size=3, unique=True))),
    )  # fmt: skip
