"""Which kind of file this is, from its bytes and not from its name; every kind that cannot be read is refused in words."""

import io
import zipfile
from enum import StrEnum

from chatdong.channels.listimport.grid import MOST_BYTES, MOST_UNPACKED
from chatdong.kernel.errors import Refusal

SAVE_AGAIN = "엑셀에서 열어 '다른 이름으로 저장'에서 'Excel 통합 문서(.xlsx)'나 'CSV'를 골라 저장한 뒤 다시 올려 주세요."
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MEGABYTE = 1024 * 1024


class Kind(StrEnum):
    """The two kinds that are read."""

    WORKBOOK = "xlsx"
    TEXT = "csv"


def kind_of(content: bytes) -> Kind:
    """The kind of a file.

    Raises Refusal for an empty or oversized file, an old or encrypted workbook, one with macros, a packed bomb, a Hangul
    document, a web page saved as .xls, a picture, a PDF, and anything else that is no table.
    """
    if not content.strip(b"\0 \r\n\t"):
        raise Refusal("빈 파일입니다. 내용이 있는 파일인지 확인해 주세요.")
    if len(content) > MOST_BYTES:
        raise Refusal(
            f"파일이 너무 큽니다({len(content) // _MEGABYTE + 1}MB). {MOST_BYTES // _MEGABYTE}MB까지 올릴 수 있습니다. "
            "나누어 올려 주세요."
        )
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(_OLE):
        raise Refusal(_ole(content))
    _refuse_other(content)
    return Kind.TEXT


def _zipped(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            mimetype = package.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Refusal(f"파일이 깨져 있어 읽을 수 없습니다. {SAVE_AGAIN}") from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refusal(f"암호가 걸린 파일입니다. 암호를 풀고 저장해 주세요. {SAVE_AGAIN}")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refusal("압축을 풀면 지나치게 커지는 파일이라 읽지 않았습니다. 필요한 시트만 남겨 다시 저장해 주세요.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refusal(f"매크로가 든 파일은 받지 않습니다. {SAVE_AGAIN}")
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    if b"hwp" in mimetype or "Contents/content.hpf" in names:
        raise Refusal("한글 문서입니다. 표를 엑셀로 옮겨 .xlsx로 저장한 뒤 올려 주세요.")
    if "xl/workbook.bin" in names or b"spreadsheet" in mimetype:
        raise Refusal(f"이 형식의 표는 읽을 수 없습니다. {SAVE_AGAIN}")
    raise Refusal(f"압축 파일이거나 다른 문서입니다. 엑셀(.xlsx)이나 CSV 파일만 읽습니다. {SAVE_AGAIN}")


def _ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return f"암호가 걸린 엑셀 파일입니다. 암호를 풀고 저장해 주세요. {SAVE_AGAIN}"
    if b"HWP Document File" in content or "HwpSummaryInformation".encode("utf-16-le") in content:
        return "한글 문서입니다. 표를 엑셀로 옮겨 .xlsx로 저장한 뒤 올려 주세요."
    return f"옛 엑셀 형식(.xls)이라 읽을 수 없습니다. {SAVE_AGAIN}"


def _refuse_other(content: bytes) -> None:
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<div")):
        raise Refusal(f"이름은 엑셀이지만 속은 웹 페이지입니다. {SAVE_AGAIN}")
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")):
        raise Refusal(f"표가 아닌 파일입니다. 엑셀(.xlsx)이나 CSV 파일만 읽습니다. {SAVE_AGAIN}")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if b"\0" in content:
        raise Refusal(f"표가 아닌 파일입니다. 엑셀(.xlsx)이나 CSV 파일만 읽습니다. {SAVE_AGAIN}")
