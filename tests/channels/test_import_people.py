"""A district's own register: loaded once, whatever is wrong with a line is told and stops nobody else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chatdong.ground.households.models import Household, Resident

HEADER = "가구,동,통,이름,생년월일,성별,관계,전화,도로명주소,상세주소,집의형태,사정,주소비공개\n"
LINES = (
    "1,천연동,1,배하늘,1950-03-02,여,세대주,010-0123-4567,통일로 900,지하 1호,반지하,기초생활수급,\n"
    "1,천연동,1,우바다,1948.1.5,남,배우자,,통일로 900,지하 1호,반지하,,\n"
    "2,홍제1동,2,진노을,85-07-09,여,세대주,010-0222-3333,세무서길 77,,일반,한부모,예\n"
)


def load(tmp_path, text, *options, encoding="utf-8"):
    file = tmp_path / "명부.csv"
    file.write_bytes(text.encode(encoding))
    said = StringIO()
    call_command("import_people", str(file), "--gu", "서대문구", *options, stdout=said)
    return said.getvalue()


def test_households_with_their_people(world, tmp_path):
    before = Household.objects.count()
    assert "넣음 2, 이미 있음 0, 오류 0" in load(tmp_path, HEADER + LINES, encoding="cp949")
    assert Household.objects.count() == before + 2
    basement = Resident.objects.get(name="배하늘").household
    assert basement.dwelling == "basement" and basement.residents.count() == 2
    assert basement.circumstances.get().kind == "basic_livelihood"
    hidden = Resident.objects.get(name="진노을").household
    assert hidden.address_hidden and not any("세무서" in token for token in hidden.tokens)


def test_the_same_file_again_changes_nothing(world, tmp_path):
    load(tmp_path, HEADER + LINES)
    before = Household.objects.count()
    said = load(tmp_path, HEADER + LINES.splitlines(keepends=True)[0])
    assert "넣음 0, 이미 있음 1" in said
    assert Household.objects.count() == before


def test_trying_writes_nothing(world, tmp_path):
    before = Household.objects.count()
    assert "넣음 2" in load(tmp_path, HEADER + LINES, "--try")
    assert Household.objects.count() == before


def test_a_faulty_household_is_told_and_the_others_come_in(world, tmp_path):
    bad = "3,없는동,1,신구름,20260231,중성,조카,12,길 1,,성채,부자,\n"
    said = load(tmp_path, HEADER + bad + LINES)
    assert "넣음 2, 이미 있음 0, 오류 1" in said
    told = (tmp_path / "명부.오류.csv").read_text(encoding="utf-8-sig")
    for word in ("없는동", "20260231", "중성", "조카", "성채", "부자", "2번째 줄"):
        assert word in told


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("이름,전화\n가,1\n", "가구, 동 칸이 없습니다"),
        ("가구,동,이름,주민등록번호\n1,천연동,가,1\n", "주민등록번호는 받지 않습니다"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(world, tmp_path, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        load(tmp_path, text)


def test_an_unknown_gu_is_refused(world, tmp_path):
    with pytest.raises(CommandError, match="모르는 자치구"):
        call_command("import_people", str(tmp_path / "x.csv"), "--gu", "없는구")
