"""The directory through its commands: in from JSON, zip or a folder, tried first, and out again."""

import io
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.domain.test_directory import SMALL

from chatdong.safetynet.benefits.hsds import package_of, profile_of
from chatdong.safetynet.benefits.models import Offering, Organization


def run(command, *words):
    said = StringIO()
    call_command(command, *map(str, words), stdout=said)
    return said.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "d.zip").write_bytes(package_of(SMALL))
    (tmp_path / "d.json").write_bytes(profile_of(SMALL))
    (tmp_path / "tables").mkdir()
    with zipfile.ZipFile(io.BytesIO(package_of(SMALL))) as package:
        package.extractall(tmp_path / "tables")
    return tmp_path


def test_all_three_forms_say_the_same(world, folder):
    assert "서비스: 더함 2, 바뀜 0" in run("import_directory", folder / "d.zip", "--gu", "서대문구")
    for form in ("d.json", "tables"):
        assert "서비스: 더함 0, 바뀜 0, 그대로 2" in run("import_directory", folder / form, "--gu", "서대문구")


def test_trying_writes_nothing(world, folder):
    assert "더함 2" in run("import_directory", folder / "d.json", "--gu", "서대문구", "--try")
    assert not Organization.objects.exists()


@pytest.mark.parametrize("form", ["out.zip", "out.json"])
def test_what_goes_out_comes_in_unchanged(world, folder, form):
    run("import_directory", folder / "d.zip", "--gu", "서대문구")
    assert "서비스 2" in run("export_directory", folder / form, "--gu", "서대문구")
    said = run("import_directory", folder / form, "--gu", "서대문구")
    assert "더함 1" not in said and "바뀜 1" not in said and "없어짐 0" in said
    assert Offering.objects.count() == 2


def test_mistakes_are_told_with_file_and_line(world, folder):
    (folder / "tables" / "services.csv").write_text("id,organization_id,name\nx,y,z\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"services\.csv:2: id"):
        run("import_directory", folder / "tables", "--gu", "서대문구")
    with pytest.raises(CommandError, match="모르는 자치구"):
        run("import_directory", folder / "d.zip", "--gu", "없는구")
    with pytest.raises(CommandError, match="열 수 없습니다"):
        run("import_directory", folder / "none.json", "--gu", "서대문구")
    with pytest.raises(CommandError, match=r"\.json이나 \.zip"):
        run("export_directory", folder / "out.txt")
