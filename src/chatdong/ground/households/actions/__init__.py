"""Everything that changes a household."""

from chatdong.ground.households.actions.register import add_resident, change_resident, register_household
from chatdong.ground.households.rows import NewResident

__all__ = [
    "NewResident",
    "add_resident",
    "change_resident",
    "register_household",
]
