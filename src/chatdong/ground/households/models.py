"""Households, their residents, what they consented to and what makes them ones to visit."""

from django.db import models

from chatdong.ground.households.states import (
    Circumstances,
    ConsentKind,
    Dwelling,
    HouseholdState,
    Relation,
    ResidentState,
    Sex,
)
from chatdong.ground.households.tokens import TokensField
from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields


class Household(Guarded):
    """People who live together, at one address, in one dong. Never deleted; merged ones point at what they became."""

    privacy = Fields(
        public="id dong tong ban legal_dong state merged_into address_hidden two_workers created_at changed_at version",
        personal="road_address address_detail dwelling building_key lon lat phone tokens",
        sensitive="staff_note",
    )

    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동")
    tong = models.ForeignKey("places.Tong", models.PROTECT, verbose_name="통", null=True, blank=True)
    ban = models.ForeignKey("places.Ban", models.PROTECT, verbose_name="반", null=True, blank=True)
    legal_dong = models.ForeignKey("places.LegalDong", models.PROTECT, verbose_name="법정동", null=True, blank=True)
    state = models.CharField("상태", max_length=12, choices=HouseholdState.choices, default=HouseholdState.LIVING)
    merged_into = models.ForeignKey("self", models.PROTECT, verbose_name="합쳐진 가구", null=True, blank=True)
    road_address = models.CharField("도로명주소", max_length=120, blank=True)
    address_detail = models.CharField("상세주소", max_length=60, blank=True)
    dwelling = models.CharField("집의 형태", max_length=10, choices=Dwelling.choices, blank=True)
    building_key = models.CharField("건물", max_length=80, blank=True)
    address_hidden = models.BooleanField("주소 비공개", default=False)
    lon = models.FloatField("경도", null=True, blank=True)
    lat = models.FloatField("위도", null=True, blank=True)
    phone = models.CharField("가구 전화", max_length=20, blank=True)
    two_workers = models.BooleanField("2인 1조", default=False)
    staff_note = models.CharField("방문 안전 메모", max_length=300, blank=True)
    tokens = TokensField("검색 낱말", default=list, blank=True)
    created_at = models.DateTimeField("만든 때")
    changed_at = models.DateTimeField("바꾼 때")
    version = models.PositiveIntegerField("판", default=1)

    class Meta:
        verbose_name = "가구"
        indexes = [
            models.Index(fields=["dong", "id"], name="ix_household_dong"),
            models.Index(fields=["tong", "id"], name="ix_household_tong"),
            models.Index(fields=["dong", "building_key"], name="ix_household_building"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(merged_into__isnull=False), name="ck_household_merged_into"
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged") | models.Q(merged_into__isnull=True), name="ck_household_not_merged"
            ),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, household_id=self.pk)


class Resident(Guarded):
    """One person of a household. No 주민등록번호: birth date and sex are enough here."""

    privacy = Fields(
        public="id household state created_at",
        personal="name birth_date birth_year sex relation phone moved_on",
        sensitive="died_on",
    )

    household = models.ForeignKey(Household, models.PROTECT, verbose_name="가구", related_name="residents")
    name = models.CharField("이름", max_length=60, blank=True)
    birth_date = models.DateField("생년월일", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField("태어난 해", null=True, blank=True)
    sex = models.CharField("성별", max_length=1, choices=Sex.choices, blank=True)
    relation = models.CharField("관계", max_length=10, choices=Relation.choices, default=Relation.OTHER)
    phone = models.CharField("전화", max_length=20, blank=True)
    state = models.CharField("상태", max_length=10, choices=ResidentState.choices, default=ResidentState.LIVING)
    died_on = models.DateField("사망일", null=True, blank=True)
    moved_on = models.DateField("옮긴 날", null=True, blank=True)
    created_at = models.DateTimeField("만든 때")

    class Meta:
        verbose_name = "주민"
        indexes = [
            models.Index(fields=["household"], name="ix_resident_household"),
            models.Index(fields=["birth_date"], name="ix_resident_birth"),
        ]


class Circumstance(Guarded):
    """What makes a household one to visit, from a day until a day, with its source."""

    privacy = Fields(public="id household resident since until", personal="noted_by", sensitive="kind source")

    household = models.ForeignKey(Household, models.PROTECT, verbose_name="가구", related_name="circumstances")
    resident = models.ForeignKey(Resident, models.PROTECT, verbose_name="주민", null=True, blank=True)
    kind = models.CharField("사정", max_length=20, choices=Circumstances.choices)
    since = models.DateField("부터")
    until = models.DateField("까지", null=True, blank=True)
    source = models.CharField("출처", max_length=100, blank=True)
    noted_by = models.BigIntegerField("적은 사람", null=True)

    class Meta:
        verbose_name = "사정"
        indexes = [models.Index(fields=["kind", "household"], name="ix_circumstance_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"], condition=models.Q(until=None, resident=None), name="uq_circumstance_open"
            )
        ]


class Consent(Guarded):
    """One consent: given with a text of a version, withdrawn on a day. Never overwritten."""

    privacy = Fields(
        public="id household resident kind text_version given_at withdrawn_at", personal="way witness noted_by withdrawn_by"
    )

    household = models.ForeignKey(Household, models.PROTECT, verbose_name="가구", related_name="consents")
    resident = models.ForeignKey(Resident, models.PROTECT, verbose_name="주민", null=True, blank=True)
    kind = models.CharField("동의", max_length=12, choices=ConsentKind.choices)
    text_version = models.CharField("동의문 판", max_length=20)
    given_at = models.DateTimeField("동의한 때")
    way = models.CharField("방법", max_length=20, blank=True)
    witness = models.CharField("확인한 사람", max_length=40, blank=True)
    noted_by = models.BigIntegerField("적은 사람", null=True)
    withdrawn_at = models.DateTimeField("거둔 때", null=True)
    withdrawn_by = models.BigIntegerField("거둠을 적은 사람", null=True)

    class Meta:
        verbose_name = "동의"


class KnownName(Guarded):
    """A name that lives in a gu: what a mistyped name is compared with. How many carry it is not kept."""

    privacy = Fields(public="id gu", personal="name")

    gu = models.ForeignKey("places.Gu", models.CASCADE, verbose_name="자치구")
    name = models.CharField("이름", max_length=60)

    class Meta:
        verbose_name = "아는 이름"
        constraints = [models.UniqueConstraint(fields=["gu", "name"], name="uq_known_name")]
