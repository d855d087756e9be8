"""Discovery lists that a district uploads: the file's rows, what became of each, and remembered columns."""

import uuid

from django.db import models

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.discovery.states import ListState, Pathway, RowState


class DiscoveryList(Guarded):
    """One uploaded list. Its rows are kept as they stood in the file until the retention period ends."""

    privacy = Fields(
        public="id gu dong name size digest pathway round_name columns mapping problems state total done counts uploaded_at "
        "finished_at",
        personal="uploaded_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gu = models.ForeignKey("places.Gu", models.PROTECT, verbose_name="자치구", related_name="+")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", null=True, blank=True, related_name="+")
    name = models.CharField("파일 이름", max_length=200)
    size = models.PositiveIntegerField("크기")
    digest = models.CharField("파일 해시", max_length=64)
    pathway = models.CharField("발굴경로", max_length=20, choices=Pathway.choices, default=Pathway.BIG_DATA)
    round_name = models.CharField("차수", max_length=60, blank=True)
    columns = models.JSONField("파일의 칸", default=list)
    mapping = models.JSONField("칸 맞춤", default=dict)
    problems = models.JSONField("파일에서 본 것", default=list)
    state = models.CharField("상태", max_length=10, choices=ListState.choices, default=ListState.UPLOADED)
    total = models.PositiveIntegerField("줄", default=0)
    done = models.PositiveIntegerField("넣은 줄", default=0)
    counts = models.JSONField("결과", default=dict)
    uploaded_by = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="올린 사람", related_name="+")
    uploaded_at = models.DateTimeField("올린 때")
    finished_at = models.DateTimeField("마친 때", null=True)

    class Meta:
        verbose_name = "발굴명단"
        indexes = [models.Index(fields=["gu", "-uploaded_at"], name="ix_list_gu")]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, owner_ids=frozenset({self.uploaded_by_id}), gu_id=self.gu_id)


class ListRow(Guarded):
    """One row of a list and what became of it."""

    privacy = Fields(public="id list number state report sentence", sensitive="cells")

    list = models.ForeignKey(DiscoveryList, models.CASCADE, verbose_name="명단", related_name="rows")
    number = models.PositiveIntegerField("줄 번호")
    cells = models.JSONField("칸")
    state = models.CharField("상태", max_length=10, choices=RowState.choices, default=RowState.WAITING)
    report = models.ForeignKey("discovery.Report", models.PROTECT, verbose_name="신고", null=True, related_name="+")
    sentence = models.CharField("설명", max_length=300, blank=True)

    class Meta:
        verbose_name = "명단의 줄"
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="uq_list_row")]
        indexes = [models.Index(fields=["list", "state", "number"], name="ix_list_row_state")]


class ColumnMapping(Guarded):
    """Remembered columns: files whose header looks the same get the same mapping."""

    privacy = Fields(public="id gu name header mapping saved_at", personal="saved_by")

    gu = models.ForeignKey("places.Gu", models.CASCADE, verbose_name="자치구", related_name="+")
    name = models.CharField("이름", max_length=60)
    header = models.CharField("머리글", max_length=64)
    mapping = models.JSONField("칸 맞춤")
    saved_by = models.BigIntegerField("저장한 사람", null=True)
    saved_at = models.DateTimeField("저장한 때")

    class Meta:
        verbose_name = "칸 맞춤"
        constraints = [models.UniqueConstraint(fields=["gu", "header"], name="uq_mapping_header")]
