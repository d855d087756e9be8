"""The names of colleagues by account."""

from collections.abc import Iterable
from typing import Any

from chatdong.safetynet.discovery.models import Lead

Accounts: Any = Lead._meta.get_field("worker").related_model


def names_of(account_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of some accounts."""
    return dict(Accounts.objects.filter(pk__in={one for one in account_ids if one is not None}).values_list("id", "name"))
