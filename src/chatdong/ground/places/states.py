"""The word lists of places."""

from django.db.models import TextChoices


class Turn(TextChoices):
    """How one dong became another."""

    SPLIT = "split", "분동"
    MERGE = "merge", "통합"
    RENAME = "rename", "이름 바뀜"
