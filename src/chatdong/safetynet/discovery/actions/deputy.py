"""Carrying a decision through the other apps' tables, and the rows that everything about a household waits for."""

from dataclasses import replace
from typing import Any

from django.apps import apps

from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor, system
from chatdong.policy.check import Where, ensure, may
from chatdong.policy.permissions import Permission
from chatdong.safetynet.discovery.models import Lead, Report


def deputed(by: Actor) -> Actor:
    """The same person with the rights of the machine, for the steps that follow from a decision already checked.

    A receiver who accepts a household has no right at the sender's dong, yet the whole of it moves. The log keeps who it was, in
    the chain of their gu.
    """
    gu_id = min(by.gu_ids, default=None)
    machine = replace(system(by.name).postings[0], gu_id=gu_id, dong_ids=by.dong_ids, place_name=by.place_name)
    return replace(by, postings=(machine,))


def machine_in(gu_id: int, job: str) -> Actor:
    """The machine at work in a gu, so that what it does stands in that gu's chain of the log and not in everybody's."""
    by = system(job)
    return replace(by, postings=(replace(by.postings[0], gu_id=gu_id),))


def ensure_here(by: Actor, permission: Permission, reading: Permission, where: Where) -> None:
    """`ensure`, except that what the actor may not even see is not found: a guessed number tells nothing."""
    if not may(by, permission, where) and not may(by, reading, where):
        raise NotFound
    ensure(by, permission, where)


def locked_household(household_id: int) -> Any:
    """The household, locked until the action ends: everything open about it is changed under this one lock.

    Raises NotFound.
    """
    model = apps.get_model("households", "Household")
    try:
        return model.at(household_id)
    except model.DoesNotExist as error:
        raise NotFound from error


def living_household(household_id: int) -> Any:
    """The household, locked; where it was merged away, the one it has become."""
    row = locked_household(household_id)
    while row.merged_into_id is not None:
        row = locked_household(row.merged_into_id)
    return row


def locked_lead(lead_id: int) -> Lead:
    """The lead, locked after its household, the order in which every action of discovery waits. Raises NotFound."""
    household_id = Lead.objects.filter(pk=lead_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound
    locked_household(household_id)
    return Lead.at(lead_id)


def locked_report(report_id: int) -> Report:
    """The report, locked. Raises NotFound."""
    try:
        return Report.at(report_id)
    except Report.DoesNotExist as error:
        raise NotFound from error
