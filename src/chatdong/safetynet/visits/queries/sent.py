"""Whether a visit sheet has arrived already."""

from uuid import UUID

from chatdong.safetynet.visits.models import Contact


def is_sent(key: UUID) -> bool:
    """Whether a contact was stored under the form's own number."""
    return Contact.objects.filter(key=key).exists()
