"""Tables of the policy: the log, the heads of its chains, broken glasses; and the base of every guarded table."""

from typing import Any, ClassVar, Self

from django.db import models

from chatdong.kernel.errors import HouseRuleBroken
from chatdong.policy.action import doing
from chatdong.policy.privacy import Fields


def _must_be_in_action(what: str) -> None:
    if doing() is None:
        raise HouseRuleBroken(f"{what}: a write outside an action")


class GuardedRows(models.QuerySet[Any]):
    """Rows that are written inside actions only."""

    def update(self, **kwargs: Any) -> int:
        _must_be_in_action(f"{self.model.__name__}.update")
        if self.model.append_only:
            raise HouseRuleBroken(f"{self.model.__name__} is append-only")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _must_be_in_action(f"{self.model.__name__}.delete")
        if self.model.append_only:
            raise HouseRuleBroken(f"{self.model.__name__} is append-only")
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        _must_be_in_action(f"{self.model.__name__}.bulk_create")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _must_be_in_action(f"{self.model.__name__}.bulk_update")
        return super().bulk_update(*args, **kwargs)


class Guarded(models.Model):
    """A table that only actions write. `append_only` rows are never changed or deleted."""

    append_only: ClassVar[bool] = False
    privacy: ClassVar[Fields]

    objects = GuardedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _must_be_in_action(f"{type(self).__name__}.save")
        if self.append_only and not self._state.adding:
            raise HouseRuleBroken(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _must_be_in_action(f"{type(self).__name__}.delete")
        if self.append_only:
            raise HouseRuleBroken(f"{type(self).__name__} is append-only")
        return super().delete(*args, **kwargs)

    @classmethod
    def at(cls, pk: int) -> Self:
        """The row, locked until the action ends. Raises the model's DoesNotExist."""
        _must_be_in_action(f"{cls.__name__}.at")
        return cls.objects.select_for_update(of=("self",)).get(pk=pk)


class ChainHead(models.Model):
    """The last link of one hash chain; locked while a link is added."""

    privacy = Fields(public="chain seq hash")

    chain = models.CharField("사슬", max_length=20, primary_key=True)
    seq = models.BigIntegerField("마지막 번호", default=0)
    hash = models.CharField("마지막 해시", max_length=64, default="")

    class Meta:
        verbose_name = "기록 사슬의 끝"


class Entry(models.Model):
    """One line of the log: a read, a write, an export, a log-in. Append-only, hash-chained, one chain a gu.

    개인정보의 안전성 확보조치 기준 asks for five items: who (account), when (to the second), from where (address),
    whose (household or subjects) and what was done (event).
    """

    privacy = Fields(
        public="id chain seq at kind event about_type about_id count prev hash",
        personal="account actor role address household subjects why details gu dong",
    )

    chain = models.CharField("사슬", max_length=20)
    seq = models.BigIntegerField("번호")
    at = models.DateTimeField("접속일시")
    account = models.BigIntegerField("식별자", null=True)
    actor = models.CharField("이름", max_length=80)
    role = models.CharField("역할", max_length=80)
    address = models.CharField("접속지", max_length=45, blank=True)
    kind = models.CharField("종류", max_length=10)
    event = models.CharField("수행업무", max_length=60)
    about_type = models.CharField("대상 종류", max_length=40, blank=True)
    about_id = models.CharField("대상 번호", max_length=40, blank=True)
    household = models.BigIntegerField("처리한 정보주체(가구)", null=True)
    subjects = models.JSONField("처리한 정보주체 목록", default=list)
    count = models.IntegerField("건수", null=True)
    why = models.CharField("사유", max_length=300, blank=True)
    details = models.JSONField("덧붙임", default=dict)
    gu = models.BigIntegerField("자치구", null=True)
    dong = models.BigIntegerField("행정동", null=True)
    prev = models.CharField("앞 해시", max_length=64, blank=True)
    hash = models.CharField("해시", max_length=64)

    class Meta:
        verbose_name = "접속·처리 기록"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="uq_entry_chain_seq")]
        indexes = [
            models.Index(fields=["household", "id"], name="ix_entry_household"),
            models.Index(fields=["account", "id"], name="ix_entry_account"),
            models.Index(fields=["gu", "id"], name="ix_entry_gu"),
            models.Index(fields=["kind", "id"], name="ix_entry_kind"),
        ]


class BrokenGlass(Guarded):
    """A household opened outside one's own area: with a reason, for some hours, and with an alarm."""

    privacy = Fields(public="id at until closed_at household", personal="account reason gu")

    account = models.BigIntegerField("식별자")
    household = models.BigIntegerField("가구")
    gu = models.BigIntegerField("알림을 받을 자치구", null=True)
    reason = models.CharField("사유", max_length=300)
    at = models.DateTimeField("연 때")  # type: ignore[assignment]
    until = models.DateTimeField("닫히는 때")
    closed_at = models.DateTimeField("닫은 때", null=True)

    class Meta:
        verbose_name = "긴급 열람"
        indexes = [models.Index(fields=["account", "until"], name="ix_glass_account")]
