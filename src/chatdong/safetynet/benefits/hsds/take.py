"""A directory file of either form, told apart by its bytes."""

from chatdong.kernel.errors import Refusal
from chatdong.safetynet.benefits.hsds.package import files_of_zip, read_package
from chatdong.safetynet.benefits.hsds.profile import read_profile
from chatdong.safetynet.benefits.hsds.rows import Directory

MOST_BYTES = 20 * 1024 * 1024


def read_directory(content: bytes, name: str) -> Directory:
    """The directory in a JSON file or a zip of CSV tables. Raises Refusal in words; Mistakes with every mistake's place."""
    if not content.strip():
        raise Refusal("빈 파일입니다. 내용이 있는 파일인지 확인해 주세요.", "file")
    if len(content) > MOST_BYTES:
        raise Refusal(f"파일이 너무 큽니다. {MOST_BYTES // 1024 // 1024}MB까지 올릴 수 있습니다.", "file")
    if content.startswith(b"PK"):
        return read_package(files_of_zip(content))
    return read_profile(content, name)
