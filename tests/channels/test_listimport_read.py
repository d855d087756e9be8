"""The reader of discovery lists: real dirt is read or told, and nothing but a sentence comes out of a file that is no list."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.sheets import HEADER, package, text, workbook

from chatdong.channels.listimport import grid, kinds
from chatdong.channels.listimport.columns import SYNONYMS, TAKEN_OUT, field_of, without_resident_number
from chatdong.channels.listimport.read import Sheet, SheetChoice, read
from chatdong.kernel.errors import Refusal
from chatdong.safetynet.discovery.states import ListField

ROWS = [
    [1, "천연동", "홍길동", date(1956, 3, 12), 1012345678, "서울 서대문구 독립문로 1", "단전"],
    [2, "천연동", "김영희", 19560312, "010-1111-2222", "서울 서대문구 독립문로 2", "건강보험료 체납"],
]


def column(sheet: Sheet, name: str) -> list[str]:
    return [row[sheet.columns.index(name)] for row in sheet.rows]


def test_every_field_a_list_can_have_is_known_by_its_header():
    assert set(SYNONYMS) == set(ListField.values)
    assert [field_of(word) for word in ("성 명(한글)", "대상자명", "휴대전화", "도로명 주소", "입수정보", "담당자")] == [
        "name", "name", "phone", "address", "reason", "",
    ]  # fmt: skip


def test_a_workbook_under_a_title_with_dates_and_numbers():
    sheet = read(workbook(("3차", [["2026년 3차 발굴명단"], [], HEADER, *ROWS]), merged=["A1:G1"]))
    assert sheet.columns == tuple(HEADER)
    assert sheet.numbers == (4, 5)
    assert column(sheet, "생년월일") == ["1956-03-12", "19560312"]
    assert column(sheet, "연락처") == ["1012345678", "010-1111-2222"]
    assert sheet.mapping == {
        "dong": "행정동", "name": "성명", "birth": "생년월일", "phone": "연락처", "address": "주소", "reason": "발굴사유",
    }  # fmt: skip
    assert any("3번째 줄" in sentence for sentence in sheet.problems)


def test_a_header_of_two_levels():
    rows = [["성명", "인적사항", ""], ["", "생년월일", "연락처"], ["홍길동", "19560312", "01012345678"]]
    sheet = read(workbook(("명단", rows), merged=["A1:A2", "B1:C1"]))
    assert sheet.columns == ("성명", "생년월일", "연락처")
    assert sheet.rows == (("홍길동", "19560312", "01012345678"),)


def test_merged_cells_fill_down_and_are_told():
    rows = [HEADER, ROWS[0], [2, None, *ROWS[1][2:]], [3, "홍제1동", *ROWS[1][2:]]]
    sheet = read(workbook(("명단", rows), merged=["B2:B3"]))
    assert column(sheet, "행정동") == ["천연동", "천연동", "홍제1동"]
    assert any("합쳐진 칸" in sentence for sentence in sheet.problems)


def test_a_formula_gives_its_cached_value_or_is_told():
    plain = workbook(("명단", [HEADER, [1, "천연동", '="홍"&"길동"', *ROWS[0][3:]]]))
    without = read(plain)
    assert column(without, "성명") == [""]
    assert any("수식" in sentence and "줄 2" in sentence for sentence in without.problems)
    cached = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(cached, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                body = body.replace(b"<v></v>", "<v>홍길동</v>".encode()).replace(b"<v />", "<v>홍길동</v>".encode())
                body = body.replace(b'<c r="C2"', b'<c t="str" r="C2"')
            new.writestr(name, body)
    assert column(read(cached.getvalue()), "성명") == ["홍길동"]


def test_hidden_rows_are_read_and_told():
    sheet = read(workbook(("명단", [HEADER, *ROWS]), hidden_rows=[3]))
    assert len(sheet.rows) == 2
    assert any("숨긴 줄 1개" in sentence for sentence in sheet.problems)


def test_several_sheets_have_to_be_chosen_from():
    book = workbook(("1월", [HEADER, ROWS[0]]), ("빈 시트", []), ("2월", [HEADER, ROWS[1]]))
    with pytest.raises(SheetChoice) as choice:
        read(book)
    assert choice.value.names == ["1월", "2월"]
    assert column(read(book, "2월"), "성명") == ["김영희"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_in_every_encoding_and_separator(encoding, separator):
    sheet = read(text([HEADER, ["1", "천연동", "홍길똠", "560312", "01012345678", "독립문로 1", "단수"]], encoding, separator))
    assert sheet.columns == tuple(HEADER)
    assert column(sheet, "성명") == ["홍길똠"]


def test_columns_that_stand_crosswise_are_mapped_by_what_they_hold():
    sheet = read(text([["성명", "전화번호"], ["010-1234-5678", "홍길동"], ["01022223333", "김영희"]]))
    assert (sheet.mapping["name"], sheet.mapping["phone"]) == ("전화번호", "성명")
    assert any("서로 바뀐" in sentence for sentence in sheet.problems)


def test_resident_numbers_are_never_read():
    header = ["성명", "주민등록번호", "생년월일", "비고"]
    sheet = read(text([header, ["홍길동", "560312-1234567", "560312-1******", "번호 5603121234567 확인"]]))
    assert sheet.columns == ("성명", "생년월일", "비고")
    assert column(sheet, "비고") == [f"번호 {TAKEN_OUT} 확인"]
    assert column(sheet, "생년월일") == ["560312-1******"]
    assert "1234567" not in str(sheet)
    assert sum("주민등록번호" in sentence for sentence in sheet.problems) == 2
    assert without_resident_number("560312-1234567")[1] and not without_resident_number("010-1234-5678 19560312")[1]


def test_repeated_headers_and_totals_are_left_out_and_told():
    rows = [HEADER, *ROWS, HEADER, *ROWS, ["합계", 4]]
    sheet = read(workbook(("명단", rows)))
    assert sheet.numbers == (2, 3, 5, 6)
    assert any("되풀이된 머리글" in sentence and "줄 4" in sentence for sentence in sheet.problems)
    assert any("합계 줄" in sentence and "줄 7" in sentence for sentence in sheet.problems)


def test_columns_of_the_same_name_and_without_a_name():
    sheet = read(text([["성명", "연락처", "연락처", ""], ["홍길동", "01012345678", "023121234", "단수"]]))
    assert sheet.columns == ("성명", "연락처", "연락처 (2)", "4번째 칸")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "빈 파일"),
        (b"\0" * 100, "빈 파일"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "옛 엑셀 형식"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "암호가 걸린"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"HWP Document File", "한글 문서"),
        (b"<html><table><tr><td>", "웹 페이지"),
        (b"%PDF-1.7", "표가 아닌"),
        (b"\x89PNG\r\n\x1a\n\0\0", "표가 아닌"),
        (b"PK\x03\x04 broken", "깨져"),
        (package(xl__workbook_dot_xml=b"<a/>", xl__vbaProject_dot_bin=b"x"), "매크로"),
        (package(xl__workbook_dot_bin=b"x"), "이 형식의 표"),
        (package(mimetype=b"application/hwp+zip"), "한글 문서"),
        (package(a_dot_txt=b"x"), "압축 파일"),
        (package(xl__workbook_dot_xml=b"<not closed"), "깨져"),
        ("성명,주소\n".encode(), "줄이 없습니다"),
        (b"\xff\x80\x81\x82", "글자를 읽을 수 없는"),
    ],
)
def test_other_files_are_refused_in_words(content, words):
    with pytest.raises(Refusal, match=words):
        read(content)


def test_a_file_that_is_too_large_is_refused_by_its_size(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_BYTES", 100)
    with pytest.raises(Refusal, match="너무 큽니다"):
        read(text([["성명"], *[["홍길동"]] * 50]))


def test_a_packed_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Refusal, match="지나치게 커지는"):
        read(package(xl__workbook_dot_xml=b" " * (grid.MOST_UNPACKED + 1)))


def test_an_entity_bomb_is_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><workbook><sheets/>&c;</workbook>'
    with pytest.raises(Refusal, match="깨져"):
        read(package(xl__workbook_dot_xml=bomb, xl___rels__workbook_dot_xml_dot_rels=b"<Relationships/>"))


def test_fifty_thousand_lines_and_no_more():
    rows = [["성명", "주소"], *[["홍길동", f"독립문로 {number}"] for number in range(50_001)]]
    with pytest.raises(Refusal, match="50,000줄까지"):
        read(text(rows))
    assert len(read(text(rows[:-1])).rows) == 50_000


def only_a_refusal(content: bytes) -> None:
    try:
        sheet = read(content)
    except Refusal:
        return
    assert len(sheet.rows) == len(sheet.numbers)
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    assert len(set(sheet.columns)) == len(sheet.columns)
    assert set(sheet.mapping.values()) <= set(sheet.columns)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(content):
    only_a_refusal(content)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_random_text_is_read_or_refused(rows, encoding):
    only_a_refusal(text([[cell.encode("utf-8", "ignore").decode() for cell in row] for row in rows], encoding))


WHOLE = workbook(("명단", [HEADER, *ROWS]), merged=["B2:B3"])
MEMBERS = {name: zipfile.ZipFile(io.BytesIO(WHOLE)).read(name) for name in zipfile.ZipFile(io.BytesIO(WHOLE)).namelist()}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(MEMBERS)), st.integers(0, 4000), st.binary(min_size=1, max_size=12), st.booleans())
def test_a_damaged_workbook_is_read_or_refused(name, place, junk, inside):
    if inside:  # a member's XML is damaged, the package is whole
        body = MEMBERS[name]
        place %= len(body)
        members = MEMBERS | {name: body[:place] + junk + body[place + len(junk) :]}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as damaged:
            for member, content in members.items():
                damaged.writestr(member, content)
        only_a_refusal(buffer.getvalue())
    else:
        place %= len(WHOLE)
        only_a_refusal(WHOLE[:place] + junk + WHOLE[place + len(junk) :])
