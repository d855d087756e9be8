"""The everyday words of the report form: what people can choose, and which pathway a choice is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chatdong.safetynet.discovery.states import Pathway

Word = str | Promise

WHO: tuple[tuple[str, Word, Word], ...] = (
    ("neighbor", _("이웃이나 아는 분이 걱정돼요"), _("옆집, 같은 건물, 가게 손님, 친구")),
    ("family", _("가족이나 친척이 걱정돼요"), _("따로 사는 부모님, 형제, 친척")),
    ("work", _("일하다가 알게 된 분이 걱정돼요"), _("통장, 병원, 학교, 관리사무소, 검침원, 집배원")),
    ("me", _("제가 도움이 필요해요"), _("본인, 함께 사는 가족")),
)


@dataclass(frozen=True)
class Worry:
    """One worry, said about somebody else and about oneself."""

    code: str
    other: Word
    own: Word


WORRIES: tuple[Worry, ...] = (
    Worry("unseen", _("며칠째 안 보이세요"), _("며칠째 집 밖에 못 나갔어요")),
    Worry("food", _("끼니를 거르세요"), _("먹을 것이 떨어졌어요")),
    Worry("sick", _("아픈데 치료를 못 받으세요"), _("아픈데 치료를 못 받고 있어요")),
    Worry("money", _("월세나 공과금이 밀린 것 같아요"), _("월세나 공과금이 밀렸어요")),
    Worry("cut", _("전기나 가스, 수도가 끊겼어요"), _("전기나 가스, 수도가 끊겼어요")),
    Worry("job", _("일자리를 잃으셨어요"), _("일자리를 잃었어요")),
    Worry("alone", _("혼자 지내고 찾아오는 사람이 없어요"), _("혼자 지내고 찾아오는 사람이 없어요")),
    Worry("house", _("집이 너무 춥거나 덥거나 위험해요"), _("집이 너무 춥거나 덥거나 위험해요")),
    Worry("mail", _("우편물이나 쓰레기가 쌓여 있어요"), _("집안일을 할 힘이 없어요")),
    Worry("care", _("아이나 아픈 가족을 혼자 돌보세요"), _("아이나 아픈 가족을 혼자 돌보고 있어요")),
    Worry("hurt", _("맞거나 욕을 듣는 것 같아요"), _("맞거나 욕을 듣고 있어요")),
    Worry("die", _("죽고 싶다는 말을 하세요"), _("죽고 싶다는 생각이 들어요")),
    Worry("drink", _("술을 너무 많이 드세요"), _("술을 너무 많이 마셔요")),
    Worry("other", _("그 밖의 걱정이 있어요"), _("그 밖의 어려움이 있어요")),
)


# The questions of engines.risk as statements to tick: about somebody else, and about oneself ("" is not asked).
DANGERS: tuple[Worry, ...] = (
    Worry("life_in_danger", _("목숨이 위험해 보여요"), _("목숨이 위험해요")),
    Worry("being_hurt", _("누가 때리거나 위협해요"), _("누가 때리거나 위협해요")),
    Worry("wants_to_die", _("죽고 싶다는 말을 해요"), _("죽고 싶은 마음이 들어요")),
    Worry("child_alone", _("어린아이가 돌보는 사람 없이 있어요"), _("어린아이를 돌볼 사람이 없어요")),
    Worry("not_seen", _("며칠째 보이지 않아요"), ""),
    Worry(
        "no_food_or_heat", _("먹을 것이 없거나 전기, 수도, 난방이 끊겼어요"), _("먹을 것이 없거나 전기, 수도, 난방이 끊겼어요")
    ),
)
NOTHING, UNSURE = "nothing", "unsure"


@dataclass(frozen=True)
class Category:
    """Who somebody is who reports (사회보장급여법 제13조 제2항, its 26 groups in everyday words) and the pathway that makes."""

    code: str
    word: Word
    pathway: Pathway


CATEGORIES: tuple[Category, ...] = (
    Category("neighbor", _("이웃 주민"), Pathway.NEIGHBOR),
    Category("warden", _("통장·이장·반장"), Pathway.WARDEN),
    Category("citizen", _("찾아가는 이웃·나눔이웃·시민찾동이"), Pathway.CITIZEN),
    Category("council", _("협의체 위원"), Pathway.COUNCIL),
    Category("welfare", _("복지시설·활동지원·장기요양 종사자"), Pathway.WELFARE_AGENCY),
    Category("shelter", _("상담소·가족센터·보호시설 종사자"), Pathway.WELFARE_AGENCY),
    Category("medical", _("병원·의원·보건소·정신건강복지센터 종사자"), Pathway.HEALTH),
    Category("school", _("어린이집·유치원·학교·학원 교직원"), Pathway.SCHOOL),
    Category("police", _("경찰"), Pathway.POLICE),
    Category("fire", _("소방·구급대"), Pathway.FIRE),
    Category("meter", _("검침·안전점검원, 집배원"), Pathway.METER),
    Category("housing", _("아파트 관리사무소"), Pathway.HOUSING),
    Category("counter", _("국민연금·건강보험·근로복지공단 상담 직원"), Pathway.OTHER),
    Category("finance", _("금융상담센터"), Pathway.FINANCE),
    Category("legal", _("법률 상담 기관"), Pathway.LEGAL),
    Category("other", _("그 밖의 분"), Pathway.OTHER),
)


def worries_for(who: str) -> list[tuple[str, Word]]:
    """The worries in the words of the one who is asked."""
    return [(row.code, row.own if who == "me" else row.other) for row in WORRIES]


def dangers_for(who: str) -> list[tuple[str, Word]]:
    """The dangers to tick, with none and not knowing at the end."""
    rows = [(row.code, row.own if who == "me" else row.other) for row in DANGERS]
    return [*((code, word) for code, word in rows if word), (NOTHING, _("위험한 일은 없어요")), (UNSURE, _("잘 모르겠어요"))]


def pathway_of(who: str, category: str) -> Pathway:
    """발굴경로 of a report, from who is worried about and who reports."""
    if who in ("me", "family"):
        return Pathway.SELF
    return next((row.pathway for row in CATEGORIES if row.code == category), Pathway.NEIGHBOR)
