"""The search over the delivered catalog: files that agree, names, danger first, nothing slow, nothing kept."""

import time
from pathlib import Path

import pytest
import yaml

from chatdong.config.env import Env
from chatdong.engines.situations import Example, Lexicon, Model
from chatdong.safetynet.benefits import finding
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.catalog.sayings import Sayings, SayingsError, sayings
from chatdong.safetynet.benefits.finding import Listed, Shelf, find, warm

SENTENCES = Path(__file__).parent / "sentences"
MEASURING = ("tune.yaml", "others_tune.yaml", "held.yaml", "others_held.yaml")


@pytest.fixture(scope="module", autouse=True)
def _learned():
    """The delivered sentences, learned once for all stages of a test run."""
    warm(Env().var)


def ids(words: str, limit: int = 5) -> list[str]:
    return [hit.id for hit in find(words, limit).hits]


FEW = Sayings(
    (Example("월세가 밀렸어요", ("rent",), ("housing",)), Example("아기를 낳았어요", ("birth",), ("voucher",))),
    {"rent": ("housing",), "birth": ("voucher",)}, {}, {}, {"rent": ("월세", "방세")}, "few",
)  # fmt: skip


def learned(folder: Path) -> Model:
    return finding._model(FEW, Lexicon.of(FEW.concepts), folder)


def test_the_model_is_kept_as_plain_numbers_and_read_again(tmp_path, monkeypatch):
    before = learned(tmp_path)
    assert [file.name for file in (tmp_path / "finding").iterdir()] == ["few.npz"]
    monkeypatch.setattr(finding, "fit", None)  # read, not learned again
    after = learned(tmp_path)
    assert after.benefits == before.benefits == ("housing", "voucher")
    assert (after.heard("방세를 못 내요").benefits == before.heard("방세를 못 내요").benefits).all()


def test_a_damaged_file_is_fitted_anew(tmp_path):
    before = learned(tmp_path).heard("방세를 못 내요").benefits
    (tmp_path / "finding" / "few.npz").write_bytes(b"not numbers")
    assert (learned(tmp_path).heard("방세를 못 내요").benefits == before).all()
    assert (tmp_path / "finding" / "few.npz").stat().st_size > 1_000


def test_sentences_name_benefits_and_situations_that_exist_and_every_benefit_is_named():
    told = sayings()
    named = [name for one in told.examples for name in one.helps]
    assert set(named) | set(told.calls) <= set(catalog().pages)
    assert [key for key in catalog().pages if named.count(key) < 8] == []
    assert max(len(one.helps) for one in told.examples) <= 5
    assert len({one.says for one in told.examples}) == len(told.examples)


def test_every_situation_has_sentences_and_benefits_that_exist():
    told = sayings()
    assert set(catalog().situations) <= set(told.benefits)
    spoken = [name for one in told.examples for name in one.situations]
    for name, benefits in told.benefits.items():
        assert spoken.count(name) >= 30, name
        assert benefits and set(benefits) <= set(catalog().pages), name


def test_measuring_sentences_are_no_examples():
    written = "\n".join((SENTENCES / name).read_text(encoding="utf-8") for name in MEASURING)
    copied = [one.says for one in sayings().examples if f'"{one.says}"' in written and len(one.says) > 12]
    assert copied == []


@pytest.mark.parametrize(
    ("words", "benefit"),
    [
        ("월세가 밀려서 쫓겨날 것 같아요", "emergency_housing"),
        ("애 낳았는데 뭐 받나요", "first_encounter"),
        ("월세가밀려서쫓겨날거같아요", "emergency_housing"),
        ("기초연굼", "basic_pension"),
        ("기초연금", "basic_pension"),
        ("ㄱㅊㅇㄱ", "basic_pension"),
        ("돌봄sos", "dolbom_sos"),
        ("알바비를 안 줘요", "wage_arrears_1350"),
        ("일하다 손을 다쳤어요", "work_injury"),
        ("전세금을 못 돌려받고 있어요", "jeonse_fraud_support"),
        ("전남편이 양육비를 안 보내요", "child_support_advance"),
        ("암이래요 병원비가 걱정이에요", "special_copay"),
        ("보청기를 하고 싶은데 비싸요", "assistive_device"),
        ("혼자 병원 가기 힘들어요", "hospital_escort"),
        ("I have no food", "food_bank"),
    ],
)
def test_everyday_words_find_what_helps(words, benefit):
    assert benefit in ids(words)


def test_a_name_typed_directly_comes_first():
    for key, page in list(catalog().pages.items())[::7]:
        assert key in ids(page.name, limit=3), page.name


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("죽고 싶어요", "109"),
        ("남편이 때려요", "1366"),
        ("아들이 저를 때리고 연금을 뺏어가요", "1577-1389"),
        ("옆집 아이를 매일 때려요", "112"),
        ("숨을 안 쉬어요", "119"),
    ],
)
def test_danger_shows_whom_to_call(words, number):
    assert number in [line.number for line in find(words).hotlines]


@pytest.mark.parametrize("words", ["월세가 비싸요", "독감 주사", "배고파 죽겠네", "등록금", "기초연금"])
def test_harmless_words_show_no_number(words):
    assert find(words).hotlines == ()


@pytest.mark.parametrize(("name", "recall"), [("tune", 0.83), ("others_tune", 0.85)])
def test_the_tuning_sentences_keep_what_they_had(name, recall):
    """A guard against falling back; what the search is worth is measured on the held sentences (`make bench`)."""
    told = yaml.safe_load((SENTENCES / f"{name}.yaml").read_text(encoding="utf-8"))
    shares = [len(set(ids(one["says"])) & set(one["benefits"])) / len(one["benefits"]) for one in told if one["benefits"]]
    assert sum(shares) / len(shares) >= recall
    assert sum(map(bool, shares)) / len(shares) >= 0.97


def test_danger_in_the_tuning_sentences_is_met_with_a_number():
    told = yaml.safe_load((SENTENCES / "tune.yaml").read_text(encoding="utf-8"))
    assert [one["says"] for one in told if one.get("danger") and not find(one["says"]).hotlines] == []


def test_nothing_asked_finds_nothing():
    assert find("") == find("   ") == find("???")
    assert find("").hits == () and find("").hotlines == ()


def test_what_is_listed_beside_the_book_is_found_by_name_and_by_situation():
    kitchen = Listed("service", "s1", ("햇살 경로식당",), ("cannot_cook",))
    entry = Listed("entry", "e1", ("신혼부부 임차보증금 이자지원",))
    shelf = Shelf.of([kitchen, entry])
    assert find("햇살 경로식당", 5, shelf).hits[0].id == "s1"
    assert find("신혼부부 임차보증금", 5, shelf).hits[0].kind == "entry"
    assert "s1" in [hit.id for hit in find("밥을 해먹을 수가 없어요", 10, shelf).hits]


def test_a_limit_is_kept_and_scores_go_down():
    hits = find("남편이 실직해서 월세가 밀리고 쌀도 떨어졌어요", 3).hits
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_very_long_story_is_no_slower_than_a_moment():
    story = "어머니가 작년에 넘어지시고 집에만 계시는데 " * 200
    find(story)
    began = time.perf_counter()
    find(story)
    assert time.perf_counter() - began < 0.5


def test_wrong_files_are_refused(tmp_path):
    (tmp_path / "situations").mkdir()
    (tmp_path / "situations" / "rent.yaml").write_text("id: other\nsays: |\n  말\n", encoding="utf-8")
    with pytest.raises(SayingsError, match=r"rent\.yaml"):
        sayings(tmp_path)
    (tmp_path / "situations" / "rent.yaml").write_text("id: rent\nsays: |\n  말 @nowhere\n", encoding="utf-8")
    with pytest.raises(SayingsError, match="nowhere"):
        sayings(tmp_path)
