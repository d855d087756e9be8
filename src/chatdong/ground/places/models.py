"""시 > 자치구 > 행정동 > 통 > 반, keyed by 행정표준코드 (10 digits), each with the dates between which it exists."""

from django.db import models

from chatdong.ground.places.states import Turn
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields


class Dated(Guarded):
    """A place that exists from a day on, and perhaps until a day (the first on which it no longer does)."""

    valid_from = models.DateField("생긴 날")
    valid_to = models.DateField("없어진 날", null=True, blank=True)

    class Meta:
        abstract = True


def _once(name: str, *fields: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=[*fields, "valid_from"], name=f"uq_{name}_from"),
        models.CheckConstraint(
            condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")), name=f"ck_{name}_dates"
        ),
    ]


class City(Dated):
    """시·도."""

    privacy = Fields(public="id code name valid_from valid_to")

    code = models.CharField("행정표준코드", max_length=10)
    name = models.CharField("이름", max_length=30)

    class Meta:
        verbose_name = "시"
        constraints = _once("city", "code")

    def __str__(self) -> str:
        return self.name


class Gu(Dated):
    """자치구."""

    privacy = Fields(public="id code name city valid_from valid_to")

    code = models.CharField("행정표준코드", max_length=10)
    name = models.CharField("이름", max_length=30)
    city = models.ForeignKey(City, models.PROTECT, verbose_name="시", related_name="gus")

    class Meta:
        verbose_name = "자치구"
        constraints = _once("gu", "code")

    def __str__(self) -> str:
        return self.name


class Dong(Dated):
    """행정동. `statistics_code` is Statistics Korea's own number, which differs from the 행정표준코드."""

    privacy = Fields(public="id code name gu statistics_code lon lat phone valid_from valid_to")

    code = models.CharField("행정표준코드", max_length=10)
    name = models.CharField("이름", max_length=30)
    gu = models.ForeignKey(Gu, models.PROTECT, verbose_name="자치구", related_name="dongs")
    statistics_code = models.CharField("통계청 코드", max_length=10, blank=True)
    lon = models.FloatField("경도", null=True)
    lat = models.FloatField("위도", null=True)
    phone = models.CharField("주민센터 전화", max_length=20, blank=True)

    class Meta:
        verbose_name = "행정동"
        constraints = _once("dong", "code")

    def __str__(self) -> str:
        return self.name


class Outline(Guarded):
    """A dong's boundary as a GeoJSON geometry, with where it comes from; apart, so that lists of dong stay light."""

    privacy = Fields(public="id dong geometry source valid_from")

    dong = models.ForeignKey(Dong, models.CASCADE, verbose_name="행정동", related_name="outlines")
    geometry = models.JSONField("경계")
    source = models.CharField("출처", max_length=200)
    valid_from = models.DateField("적용일")

    class Meta:
        verbose_name = "동 경계"
        constraints = [models.UniqueConstraint(fields=["dong", "valid_from"], name="uq_outline_from")]


class Tong(Dated):
    """통."""

    privacy = Fields(public="id dong number valid_from valid_to")

    dong = models.ForeignKey(Dong, models.PROTECT, verbose_name="행정동", related_name="tongs")
    number = models.PositiveSmallIntegerField("통")

    class Meta:
        verbose_name = "통"
        constraints = _once("tong", "dong", "number")

    def __str__(self) -> str:
        return f"{self.number}통"


class Ban(Dated):
    """반."""

    privacy = Fields(public="id tong number valid_from valid_to")

    tong = models.ForeignKey(Tong, models.PROTECT, verbose_name="통", related_name="bans")
    number = models.PositiveSmallIntegerField("반")

    class Meta:
        verbose_name = "반"
        constraints = _once("ban", "tong", "number")

    def __str__(self) -> str:
        return f"{self.number}반"


class LegalDong(Dated):
    """법정동, the dong of addresses and land; several share an 행정동 and the other way round."""

    privacy = Fields(public="id code name gu valid_from valid_to")

    code = models.CharField("법정동코드", max_length=10)
    name = models.CharField("이름", max_length=30)
    gu = models.ForeignKey(Gu, models.PROTECT, verbose_name="자치구", related_name="legal_dongs")

    class Meta:
        verbose_name = "법정동"
        constraints = _once("legal_dong", "code")

    def __str__(self) -> str:
        return self.name


class DongPart(Dated):
    """Which 법정동 an 행정동 covers (KIKmix)."""

    privacy = Fields(public="id dong legal_dong valid_from valid_to")

    dong = models.ForeignKey(Dong, models.CASCADE, verbose_name="행정동", related_name="parts")
    legal_dong = models.ForeignKey(LegalDong, models.CASCADE, verbose_name="법정동", related_name="parts")

    class Meta:
        verbose_name = "행정동과 법정동"
        constraints = _once("dong_part", "dong", "legal_dong")


class Succession(Guarded):
    """A dong that became another on a day: 분동, 통합 (오류2동 to 항동 2020-01-01, 강일동 to 상일제2동 2021-07-01)."""

    privacy = Fields(public="id before after on turn")

    before = models.ForeignKey(Dong, models.CASCADE, verbose_name="전 행정동", related_name="successors")
    after = models.ForeignKey(Dong, models.CASCADE, verbose_name="뒤 행정동", related_name="predecessors")
    on = models.DateField("바뀐 날")
    turn = models.CharField("종류", max_length=10, choices=Turn.choices)

    class Meta:
        verbose_name = "동의 분동·통합"
        constraints = [models.UniqueConstraint(fields=["before", "after", "on"], name="uq_succession")]


class Setting(Guarded):
    """A rule of one gu (or of all, where `gu` is empty) from a day on, with its source. Shipped ones stand in defaults.toml."""

    privacy = Fields(public="id gu key value valid_from source set_at", personal="set_by")

    gu = models.ForeignKey(Gu, models.CASCADE, verbose_name="자치구", null=True, blank=True)
    key = models.CharField("항목", max_length=60)
    value = models.JSONField("값")
    valid_from = models.DateField("적용일")
    source = models.CharField("근거", max_length=300)
    set_by = models.BigIntegerField("정한 사람", null=True)
    set_at = models.DateTimeField("정한 때")

    class Meta:
        verbose_name = "구 설정"
        indexes = [models.Index(fields=["key", "gu", "valid_from"], name="ix_setting_key")]


class ExtraDay(Guarded):
    """A day off (or a working day after all) that the holiday library does not know: 임시공휴일, elections."""

    privacy = Fields(public="id day name is_off source")

    day = models.DateField("날짜", unique=True)
    name = models.CharField("이름", max_length=60)
    is_off = models.BooleanField("쉬는 날", default=True)
    source = models.CharField("근거", max_length=300)

    class Meta:
        verbose_name = "임시 공휴일"
