"""Services and centers near home in the shape of Open Referral HSDS 3, and entries of the public welfare catalogs."""

from django.db import models

from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.benefits.states import AttendingType, EntrySource


class Organization(Guarded):
    """HSDS organization: who offers services."""

    privacy = Fields(public="id key gu name description email website phone legal_status changed_at")

    key = models.CharField("HSDS 번호", max_length=64, unique=True)
    gu = models.ForeignKey("places.Gu", models.PROTECT, verbose_name="자치구", null=True, related_name="+")
    name = models.CharField("이름", max_length=120)
    description = models.TextField("소개", blank=True)
    email = models.CharField("전자우편", max_length=120, blank=True)
    website = models.CharField("누리집", max_length=200, blank=True)
    phone = models.CharField("전화", max_length=30, blank=True)
    legal_status = models.CharField("법인 형태", max_length=60, blank=True)
    changed_at = models.DateTimeField("바꾼 때")

    class Meta:
        verbose_name = "복지기관"


class Location(Guarded):
    """HSDS location: where services are given."""

    privacy = Fields(public="id key organization dong name address lon lat phone accessibility")

    key = models.CharField("HSDS 번호", max_length=64, unique=True)
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="복지기관", null=True, related_name="locations")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", null=True, related_name="+")
    name = models.CharField("이름", max_length=120, blank=True)
    address = models.CharField("주소", max_length=160, blank=True)
    lon = models.FloatField("경도", null=True)
    lat = models.FloatField("위도", null=True)
    phone = models.CharField("전화", max_length=30, blank=True)
    accessibility = models.CharField("편의시설", max_length=200, blank=True)

    class Meta:
        verbose_name = "복지시설 위치"


class Offering(Guarded):
    """HSDS service: what is offered, to whom in words, and who assured it when."""

    privacy = Fields(
        public="id key organization name description status application fees eligibility minimum_age maximum_age phone url "
        "assured_date assurer_email situations benefits taxonomy"
    )

    key = models.CharField("HSDS 번호", max_length=64, unique=True)
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="복지기관", related_name="offerings")
    name = models.CharField("이름", max_length=120)
    description = models.TextField("내용", blank=True)
    status = models.CharField("상태", max_length=16, default="active")
    application = models.TextField("신청 방법", blank=True)
    fees = models.CharField("비용", max_length=200, blank=True)
    eligibility = models.TextField("대상", blank=True)
    minimum_age = models.PositiveSmallIntegerField("최소 나이", null=True)
    maximum_age = models.PositiveSmallIntegerField("최대 나이", null=True)
    phone = models.CharField("전화", max_length=30, blank=True)
    url = models.CharField("누리집", max_length=200, blank=True)
    assured_date = models.DateField("확인한 날", null=True)
    assurer_email = models.CharField("확인한 사람의 전자우편", max_length=120, blank=True)
    taxonomy = models.JSONField("분류", default=list)
    situations = models.JSONField("맞는 사정", default=list)
    benefits = models.JSONField("이어진 혜택", default=list)

    class Meta:
        verbose_name = "복지서비스"


class ServiceAtLocation(Guarded):
    """HSDS service_at_location: a service at one of its places."""

    privacy = Fields(public="id key offering location description")

    key = models.CharField("HSDS 번호", max_length=64, unique=True)
    offering = models.ForeignKey(Offering, models.PROTECT, verbose_name="복지서비스", related_name="places")
    location = models.ForeignKey(Location, models.PROTECT, verbose_name="복지시설 위치", related_name="services")
    description = models.CharField("설명", max_length=300, blank=True)

    class Meta:
        verbose_name = "서비스 장소"
        constraints = [models.UniqueConstraint(fields=["offering", "location"], name="uq_service_at_location")]


class Schedule(Guarded):
    """HSDS schedule: when a service is open, as an RRULE line or in words."""

    privacy = Fields(
        public="id key offering place valid_from valid_to dtstart freq byday opens_at closes_at description attending_type"
    )

    key = models.CharField("HSDS 번호", max_length=64, unique=True)
    offering = models.ForeignKey(Offering, models.PROTECT, verbose_name="복지서비스", null=True, related_name="schedules")
    place = models.ForeignKey(ServiceAtLocation, models.PROTECT, verbose_name="서비스 장소", null=True, related_name="schedules")
    valid_from = models.DateField("부터", null=True)
    valid_to = models.DateField("까지", null=True)
    dtstart = models.DateField("첫날", null=True)
    freq = models.CharField("되풀이", max_length=10, blank=True)
    byday = models.CharField("요일", max_length=60, blank=True)
    opens_at = models.TimeField("여는 시각", null=True)
    closes_at = models.TimeField("닫는 시각", null=True)
    description = models.CharField("설명", max_length=300, blank=True)
    attending_type = models.CharField("이용 방법", max_length=12, choices=AttendingType.choices, blank=True)

    class Meta:
        verbose_name = "이용 시간"


class CostOption(Guarded):
    """HSDS cost_option: what a service costs, in whole won."""

    privacy = Fields(public="id key offering valid_from valid_to option currency amount amount_description")

    key = models.CharField("HSDS 번호", max_length=64, unique=True)
    offering = models.ForeignKey(Offering, models.PROTECT, verbose_name="복지서비스", related_name="cost_options")
    valid_from = models.DateField("부터", null=True)
    valid_to = models.DateField("까지", null=True)
    option = models.CharField("구분", max_length=120, blank=True)
    currency = models.CharField("통화", max_length=3, default="KRW")
    amount = models.BigIntegerField("금액", null=True)
    amount_description = models.CharField("설명", max_length=200, blank=True)

    class Meta:
        verbose_name = "이용료"


class Entry(Guarded):
    """One service of a public catalog, in its own words: to search beside ours, without rules."""

    privacy = Fields(
        public="id source serv_id name ministry area department summary targets criteria gives life_stages groups themes "
        "cycle way apply url year changed_on imported_at gone_at"
    )

    source = models.CharField("출처", max_length=8, choices=EntrySource.choices)
    serv_id = models.CharField("서비스 번호", max_length=20)
    name = models.CharField("이름", max_length=200)
    ministry = models.CharField("부처", max_length=80, blank=True)
    area = models.CharField("지역", max_length=60, blank=True)
    department = models.CharField("부서", max_length=120, blank=True)
    summary = models.TextField("요약", blank=True)
    targets = models.TextField("대상", blank=True)
    criteria = models.TextField("기준", blank=True)
    gives = models.TextField("내용", blank=True)
    life_stages = models.CharField("생애주기", max_length=200, blank=True)
    groups = models.CharField("가구 유형", max_length=200, blank=True)
    themes = models.CharField("관심 주제", max_length=200, blank=True)
    cycle = models.CharField("지원 주기", max_length=60, blank=True)
    way = models.CharField("제공 방법", max_length=60, blank=True)
    apply = models.TextField("신청 방법", blank=True)
    url = models.CharField("누리집", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("기준 연도", null=True)
    changed_on = models.DateField("마지막으로 고친 날", null=True)
    imported_at = models.DateTimeField("가져온 때")
    gone_at = models.DateTimeField("사라진 때", null=True)

    class Meta:
        verbose_name = "공공 목록의 복지서비스"
        constraints = [models.UniqueConstraint(fields=["source", "serv_id"], name="uq_entry_once")]
