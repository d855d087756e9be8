"""Open Referral HSDS 3.0 (docs.openreferral.org): the directory of local services as JSON of its API profile or as CSV tables."""

from chatdong.safetynet.benefits.hsds.package import package_of, read_package
from chatdong.safetynet.benefits.hsds.profile import profile_of, read_profile
from chatdong.safetynet.benefits.hsds.rows import (
    CostRow,
    Directory,
    LocationRow,
    OfferingRow,
    OrganizationRow,
    PlaceRow,
    ScheduleRow,
)
from chatdong.safetynet.benefits.hsds.take import read_directory

__all__ = [
    "CostRow",
    "Directory",
    "LocationRow",
    "OfferingRow",
    "OrganizationRow",
    "PlaceRow",
    "ScheduleRow",
    "package_of",
    "profile_of",
    "read_directory",
    "read_package",
    "read_profile",
]
