"""How many residents of a gu are known to receive at least one benefit, of how many, as of a day (C-18: 구민 30% 이상)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from chatdong.ground.households.states import HouseholdState, ResidentState
from chatdong.ground.places.queries import rule
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.safetynet.benefits.models import Receipt
from chatdong.safetynet.benefits.queries.homes import Residents
from chatdong.safetynet.benefits.queries.screenings import gus_of
from chatdong.safetynet.benefits.small_cells import Cell, small_hidden

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Share:
    """Residents (명) who receive something, residents of the register, and those of whom nothing was ever written down.

    percent: to a tenth, None where the numerator is hidden or there is nobody.
    """

    day: date
    receiving: Cell
    residents: int
    unwritten: int
    percent: Decimal | None


def receiving_share(*, by: Actor, gu_id: int, day: date, at: datetime) -> Share:
    """The share of a gu on a day. A household's own receipt counts everybody who lives there; a person is counted once.

    What nobody wrote down is not known, so the share is the least there is. Raises NotFound outside one's gu.
    """
    if gu_id not in gus_of(by, Permission.SCREENING_READ):
        raise NotFound
    homes = Q(household__state__in=[HouseholdState.LIVING, HouseholdState.PROVISIONAL], household__dong__gu_id=gu_id)
    living = Residents.objects.filter(homes, state=ResidentState.LIVING)
    in_force = Receipt.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day, dong__gu_id=gu_id)
    whole = in_force.filter(resident=None).values("household_id")
    single = in_force.filter(resident__isnull=False).values("resident_id")
    residents = living.count()
    receiving = living.filter(Q(household_id__in=whole) | Q(pk__in=single)).count()
    written = Receipt.objects.filter(dong__gu_id=gu_id).values("household_id")
    unwritten = living.exclude(household_id__in=written).count()
    shown = small_hidden(receiving, int(rule("benefit.small_cell", kst(at).date(), gu_id).value["least"]))
    percent = None
    if residents and not shown.is_hidden:
        percent = (Decimal(receiving) * 100 / residents).quantize(TENTH, ROUND_HALF_UP)
    return Share(day, shown, residents, unwritten, percent)
