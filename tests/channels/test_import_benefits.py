"""The public catalogs as the portal answers them: lists, details, errors, and tables; nothing is fetched."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chatdong.safetynet.benefits.models import Entry
from chatdong.safetynet.benefits.publiclist import read_answer

CENTRAL = """<?xml version="1.0" encoding="UTF-8"?>
<wantedList><totalCount>2</totalCount><pageNo>1</pageNo><numOfRows>10</numOfRows><resultCode>0</resultCode><resultMessage>SUCCESS</resultMessage>
<servList><servId>WLF00000001</servId><servNm>지어낸 생활 지원</servNm><jurMnofNm>지어낸부</jurMnofNm><jurOrgNm>생활과</jurOrgNm>
<servDgst>생활비를 &lt;br/&gt;돕습니다.</servDgst><lifeArray>004,006</lifeArray><trgterIndvdlArray>저소득</trgterIndvdlArray>
<intrsThemaArray>030</intrsThemaArray><sprtCycNm>월</sprtCycNm><srvPvsnNm>현금지급</srvPvsnNm><servDtlLink>https://example.org/1</servDtlLink></servList>
<servList><servId>WLF00000002</servId><servNm>지어낸 돌봄</servNm><servDtlLink>javascript:alert(1)</servDtlLink></servList>
</wantedList>"""
DETAIL = """<wantedDtl><servId>WLF00000001</servId><servNm>지어낸 생활 지원</servNm><tgtrDtlCn>혼자 사는 분</tgtrDtlCn>
<slctCritCn>소득이 적은 분</slctCritCn><alwServCn>○ 다달이 돈을
 드립니다</alwServCn><crtrYr>2026</crtrYr>
<applmetList><servSeDetailNm>동주민센터에 신청</servSeDetailNm>
<servSeDetailLink>129</servSeDetailLink></applmetList></wantedDtl>"""
LOCAL = """<wantedList><totalCount>1</totalCount><resultCode>0</resultCode>
<servList><servId>WLF00000009</servId><servNm>지어낸 구 수당</servNm><ctpvNm>서울특별시</ctpvNm><sggNm>서대문구</sggNm>
<bizChrDeptNm>복지정책과</bizChrDeptNm><lifeNmArray>노년</lifeNmArray><aplyMtdNm>방문</aplyMtdNm><lastModYmd>20260401</lastModYmd></servList></wantedList>"""
NOTHING = (
    "<wantedList><totalCount>0</totalCount><resultCode>40</resultCode><resultMessage>NO DATA FOUND</resultMessage></wantedList>"
)
ERROR = """<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>
<returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg></cmmMsgHeader></OpenAPI_ServiceResponse>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><wantedList><servList><servId>&b;</servId></servList></wantedList>'


def run(tmp_path, *files, source="central", complete=False):
    paths = []
    for number, text in enumerate(files):
        path = tmp_path / f"목록{number}.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(str(path))
    said = StringIO()
    call_command("import_benefits", *paths, "--source", source, *(["--complete"] if complete else []), stdout=said)
    return said.getvalue()


def test_lists_and_details_become_entries_in_their_own_words(world, tmp_path):
    said = run(tmp_path, CENTRAL, DETAIL, complete=True)
    assert "더함 2, 바뀜 0, 그대로 0, 사라짐 0" in said
    assert "목록0.xml 2번째 서비스" in said and "http" in said
    entry = Entry.objects.get(serv_id="WLF00000001")
    assert (entry.summary, entry.gives) == ("생활비를\n돕습니다.", "○ 다달이 돈을\n드립니다")
    assert (entry.life_stages, entry.groups, entry.themes) == ("청년, 노년", "저소득", "생활지원")
    assert (entry.ministry, entry.department, entry.year, entry.url) == ("지어낸부", "생활과", 2026, "https://example.org/1")
    assert (entry.targets, entry.criteria, entry.apply) == ("혼자 사는 분", "소득이 적은 분", "동주민센터에 신청 129")
    assert Entry.objects.get(serv_id="WLF00000002").url == ""
    assert "그대로 2" in run(tmp_path, CENTRAL, DETAIL, complete=True)


def test_a_district_has_its_area_and_day(world, tmp_path):
    run(tmp_path, LOCAL, NOTHING, source="local")
    entry = Entry.objects.get()
    assert (entry.area, entry.department, entry.apply, str(entry.changed_on)) == (
        "서울특별시 서대문구", "복지정책과", "방문", "2026-04-01",
    )  # fmt: skip


def test_a_part_is_not_taken_for_the_whole(world, tmp_path):
    half = CENTRAL.replace("<totalCount>2<", "<totalCount>2310<")
    with pytest.raises(CommandError, match="2,310건 가운데 2건"):
        run(tmp_path, half, complete=True)
    assert not Entry.objects.exists()
    assert "더함 2" in run(tmp_path, half)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ERROR, "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"), (BOMB, "XML로 읽을 수 없습니다"),
        ("<wantedList>", "XML로 읽을 수 없습니다"),
        ("<a><resultCode>22</resultCode><resultMessage>LIMITED NUMBER</resultMessage></a>", "LIMITED NUMBER"),
        ("이름,전화\n가,나\n", "서비스 번호 칸이 없습니다"), ("servId\n", "머리글 아래에 줄이 없습니다"), (b"", "빈 파일"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_words_and_nothing_comes_in(world, tmp_path, text, said):
    with pytest.raises(CommandError, match=said):
        run(tmp_path, CENTRAL, text)
    assert not Entry.objects.exists()


def test_a_table_with_korean_column_names(world, tmp_path):
    head = "서비스아이디,서비스명,소관부처명,지원대상,최종수정일\n"
    table = head + "A1,지어낸 급여,지어낸부,누구나,2026-03-02\n,번호 없음,,,\nA2,,,,어제\n"
    said = run(tmp_path, table.encode("cp949"))
    entry = Entry.objects.get()
    assert (entry.name, entry.ministry, entry.targets, str(entry.changed_on)) == (
        "지어낸 급여",
        "지어낸부",
        "누구나",
        "2026-03-02",
    )
    assert "3번째 줄" in said and "4번째 줄" in said and "A2" in said


def test_a_missing_file_is_told(world, tmp_path):
    with pytest.raises(CommandError, match="열 수 없습니다"):
        call_command("import_benefits", str(tmp_path / "없음.xml"), "--source", "local", stdout=StringIO())


def test_texts_too_long_are_cut_and_told():
    answer = read_answer(f"<a><servList><servId>1</servId><servNm>{'가' * 300}</servNm></servList></a>".encode(), "긴.xml")
    assert len(answer.rows[0].told["name"]) == 200 and "긴.xml 1번째 서비스" in answer.problems[0]
