"""The word lists of messages."""

from django.db.models import TextChoices


class MessageKind(TextChoices):
    """Why somebody is told something."""

    ASSIGNED = "assigned", "새 담당"
    OVERDUE = "overdue", "기한 지남"
    CLIMBED = "climbed", "올라온 일"
    HANDOVER = "handover", "넘겨받기 요청"
    CLOSURE = "closure", "종결 확인"
    GLASS = "glass", "긴급 열람"
    SAFETY = "safety", "자살위험"
    LIST = "list", "명단"
    PROOF = "proof", "빠진 일 점검"
