"""Accounts (one a person), postings with their history, and drafts of half-filled forms."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password as matches
from django.db import models

from chatdong.ground.accounts.states import PostedRole
from chatdong.policy.models import Guarded, GuardedRows
from chatdong.policy.privacy import Fields


class Accounts(models.Manager.from_queryset(GuardedRows)):  # type: ignore[misc]
    """Finds an account by what a person types to log in."""

    def get_by_natural_key(self, login_id: str | None) -> "Account":
        return self.get(login_id=login_id)


class Account(Guarded, AbstractBaseUser):
    """One person who works here. What the person may do stands in the postings, never here."""

    privacy = Fields(public="id is_active created_at", personal="login_id name phone password")

    login_id = models.CharField("아이디", max_length=40, unique=True)
    name = models.CharField("이름", max_length=40)
    phone = models.CharField("업무 전화", max_length=20, blank=True)
    is_active = models.BooleanField("쓰는 계정", default=True)
    created_at = models.DateTimeField("만든 때")
    last_login = None  # the log says who logged in when; a second copy would be written outside an action

    USERNAME_FIELD = "login_id"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]
    objects = Accounts()  # type: ignore[misc]

    class Meta:
        verbose_name = "계정"

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Compare only; Django's own would also re-hash and save, outside an action."""
        return matches(raw_password, self.password)

    @property
    def is_staff(self) -> bool:
        return False

    def has_perm(self, *_: Any) -> bool:
        return False


class Posted(Guarded):
    """발령: a person works as a role at a place from a day until a day. Rows are ended, never deleted (3 years at least)."""

    privacy = Fields(
        public="id role gu dong tongs is_duty valid_from valid_to granted_at ended_at",
        personal="account granted_by ended_by reason",
    )

    account = models.ForeignKey(Account, models.PROTECT, verbose_name="직원", related_name="postings")
    role = models.CharField("역할", max_length=20, choices=PostedRole.choices)
    gu = models.ForeignKey("places.Gu", models.PROTECT, verbose_name="자치구")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", null=True, blank=True)
    tongs = models.JSONField("맡은 통", default=list)
    is_duty = models.BooleanField("접수 담당", default=False)
    valid_from = models.DateField("발령일")
    valid_to = models.DateField("마친 날", null=True, blank=True)
    granted_by = models.BigIntegerField("발령한 사람", null=True)
    granted_at = models.DateTimeField("입력한 때")
    ended_by = models.BigIntegerField("마치게 한 사람", null=True)
    ended_at = models.DateTimeField("마침 입력한 때", null=True)
    reason = models.CharField("사유", max_length=200, blank=True)

    class Meta:
        verbose_name = "발령"
        indexes = [models.Index(fields=["dong", "role"], name="ix_posted_dong")]
        constraints = [
            models.UniqueConstraint(
                fields=["dong"], condition=models.Q(is_duty=True, valid_to=None), name="uq_posted_one_duty_a_dong"
            ),
            models.CheckConstraint(
                condition=models.Q(dong__isnull=False) | models.Q(role__in=["gu_officer", "auditor", "administrator"]),
                name="ck_posted_dong_staff_has_dong",
            ),
        ]


class Draft(Guarded):
    """A half-filled form: kept on the server so that leaving, a crash or the time-out loses nothing."""

    privacy = Fields(public="id key saved_at", personal="account", sensitive="body")

    account = models.ForeignKey(Account, models.CASCADE, verbose_name="직원")
    key = models.CharField("양식", max_length=80)
    body = models.JSONField("쓰던 내용")
    saved_at = models.DateTimeField("저장한 때")

    class Meta:
        verbose_name = "임시 저장"
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="uq_draft_account_key")]
