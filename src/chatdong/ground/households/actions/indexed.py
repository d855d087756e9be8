"""Writing the search tokens anew, and the names a mistyped one is compared with; part of every action that changes either."""

from collections.abc import Iterable

from chatdong.ground.households.indexing import Known, building_of, tokens_of
from chatdong.ground.households.models import Household, KnownName
from chatdong.ground.households.states import HouseholdState
from chatdong.ground.places.models import Dong
from chatdong.kernel.hangul import nfc

BATCH = 2000


def reindex(row: Household) -> None:
    """Set `tokens` and `building_key` from the row and its residents as they stand; the caller saves the row."""
    row.building_key = building_of(row.road_address)
    if row.state == HouseholdState.MERGED:
        row.tokens = []
        return
    gu_id = Dong.objects.values_list("gu_id", flat=True).get(pk=row.dong_id)
    people = [Known(one.name, one.birth_date, one.birth_year, one.sex, one.phone) for one in row.residents.all().order_by("id")]
    row.tokens = tokens_of(
        dong_id=row.dong_id,
        gu_id=gu_id,
        residents=people,
        phone=row.phone,
        road=row.road_address,
        detail=row.address_detail,
        hidden=row.address_hidden,
    )
    know_names(gu_id, (one.name for one in people))


def know_names(gu_id: int, names: Iterable[str]) -> None:
    """Remember that these names live in a gu; a known one stays as it is."""
    fresh = sorted({nfc(name) for name in names if name})
    KnownName.objects.bulk_create([KnownName(gu_id=gu_id, name=name) for name in fresh], ignore_conflicts=True, batch_size=BATCH)
