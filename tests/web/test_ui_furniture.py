"""The furniture of all screens: words beside color, typed values kept, nothing inline, nothing from outside."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template import engines

UI = Path(__file__).resolve().parents[2] / "src" / "chatdong" / "web" / "ui"
TEMPLATES = sorted((UI / "templates" / "ui").glob("*.html"))
STATIC = UI / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))
FRAMES = {"page.html", "staff.html", "public.html", "print.html"}


def macro(file: str, name: str):
    """A macro as pages get it, from the project's own environment."""
    return getattr(engines["jinja2"].env.get_template(f"ui/{file}").module, name)


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_templates_carry_nothing_inline(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"""<[^>]*\s(style|on\w+)=["']""", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "<style" not in text


@pytest.mark.parametrize("path", [*TEMPLATES, *SHEETS, *SCRIPTS], ids=names([*TEMPLATES, *SHEETS, *SCRIPTS]))
def test_nothing_comes_from_outside(path: Path) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in text
    assert "https:" not in text
    assert len(text.splitlines()) < 400


def test_styles_stay_small() -> None:
    assert sum(path.stat().st_size for path in SHEETS) < 60_000


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_every_macro_is_described_at_the_top_of_its_file(path: Path) -> None:
    text = path.read_text()
    head = re.match(r"\{#(.*?)#\}", text, re.S)
    assert head, "a furniture file opens with its parameters"
    for name in re.findall(r"\{%-? macro ([a-z]\w*)\(", text):
        assert re.search(rf"\b{name}\b", head[1]), f"{name} is not described"


def test_every_icon_and_file_that_is_named_exists() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    text = "\n".join(path.read_text() for path in TEMPLATES)
    named = set(re.findall(r"\bicon\('([\w-]+)'", text)) | set(re.findall(r"icon_name='([\w-]+)'", text))
    from chatdong.web.door.menu import MENU

    assert named | {place.icon for place in MENU} <= drawn
    assert {f"risk-{kind}" for kind in ("high", "medium", "low", "suicide", "overdue")} <= drawn
    for file in re.findall(r"static\('ui/([\w.-]+)'\)", text):
        assert (STATIC / file).is_file(), file


def luminance(color: str) -> float:
    digits = color.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens(high: bool) -> dict[str, str]:
    text = (STATIC / "tokens.css").read_text()
    found = dict(re.findall(r"--([\w-]+):\s*(#\w+)", text.split('[data-contrast="high"]')[0]))
    return {**found, **dict(re.findall(r"--([\w-]+):\s*(#\w+)", text.split('[data-contrast="high"]')[1]))} if high else found


TEXT_ON = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "link") for ground in ("paper", "ground", "sunk")],
    *[(tone, f"{tone}-wash") for tone in ("bad", "warn", "good", "info")],
    *[(f"risk-{grade}-ink", f"risk-{grade}-wash") for grade in ("high", "medium", "low")],
    ("risk-suicide-ink", "risk-suicide"),
    ("on-primary", "primary"),
    ("on-primary", "primary-deep"),
    ("on-bad", "bad"),
    ("primary-deep", "primary-wash"),
]


@pytest.mark.parametrize("high", [False, True], ids=["usual", "high-contrast"])
def test_text_stands_out_from_its_ground(high: bool) -> None:
    color = tokens(high)
    for ink, ground in TEXT_ON:
        assert contrast(color[ink], color[ground]) >= 4.5, (ink, ground)
    for edge in ("line-strong", "focus", "primary"):
        assert contrast(color[edge], color["paper"]) >= 3, edge


@pytest.mark.parametrize(("grade", "words"), [(1, "고위험"), ("medium", "중위험"), (3, "저위험")])
def test_a_grade_is_said_in_words_and_shape(grade: object, words: str) -> None:
    badge = str(macro("badges.html", "risk_badge")(grade))
    assert words in badge
    assert "#risk-" in badge
    short = str(macro("badges.html", "risk_badge")(grade, short=True))
    assert re.sub(r"<[^>]+>", "", short).strip() == words


def test_suicide_risk_has_its_own_sign_and_no_grade_shows_nothing() -> None:
    risk_badge = macro("badges.html", "risk_badge")
    assert "자살위험" in risk_badge(9, suicide=True)
    assert "#risk-suicide" in risk_badge(9, suicide=True)
    assert str(risk_badge(9)).strip() == ""


def test_a_field_keeps_what_was_typed_and_ties_its_sentences_to_itself() -> None:
    typed = '"><script>alert(1)</script>'
    html = str(macro("forms.html", "text")("name", "이름", typed, "이름을 적어 주세요.", "아는 만큼만"))
    assert "<script>" not in html
    assert "&gt;&lt;script&gt;alert(1)" in html
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name-error"' in html
    assert "(선택)" not in html
    assert "(선택)" in macro("forms.html", "text")("name", "이름", optional=True)


class VisitForm(forms.Form):
    outcome = forms.ChoiceField(choices=[("met", "만남"), ("absent", "부재")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(choices=[("a", "생계"), ("b", "건강")], widget=forms.CheckboxSelectMultiple, required=False)
    kind = forms.ChoiceField(choices=[("쉬움", [("1", "발굴")]), ("2", "주기")])
    seen = forms.CharField(widget=forms.Textarea(attrs={"rows": 7}))
    born = forms.DateField()
    count = forms.IntegerField()
    agree = forms.BooleanField()
    photo = forms.FileField(required=False)
    key = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput)


def typed_form() -> VisitForm:
    return VisitForm(
        {
            "outcome": "absent",
            "needs": ["b"],
            "kind": "2",
            "seen": "문을 두드림",
            "born": "1956-13-40",
            "count": "두 번",
            "agree": "on",
            "key": "k1",
            "secret": "비밀",
        }
    )


def test_fields_of_django_forms_show_what_was_typed() -> None:
    field, form = macro("forms.html", "field"), typed_form()
    assert re.search(r'value="absent" checked', field(form["outcome"]))
    assert re.search(r'value="b" checked', field(form["needs"]))
    kind = field(form["kind"])
    assert '<optgroup label="쉬움">' in kind
    assert '<option value="2" selected>' in kind
    assert 'rows="7"' in field(form["seen"])
    assert "문을 두드림</textarea>" in field(form["seen"])
    assert 'value="1956-13-40"' in field(form["born"])
    parts = field(form["born"], kind="date_parts")
    assert all(f'name="born_{part}"' in parts for part in ("year", "month", "day"))
    assert re.search(r'name="born_month"[^>]*value="13"', parts)
    assert 'value="두 번"' in field(form["count"])
    assert " checked" in field(form["agree"])
    assert 'type="file"' in field(form["photo"])
    assert str(field(form["key"])).strip() == '<input type="hidden" name="key" value="k1">'
    assert "비밀" not in field(form["secret"])


def test_the_error_summary_leads_to_the_first_control_of_each_field() -> None:
    form, field = typed_form(), macro("forms.html", "field")
    summary = str(macro("forms.html", "form_errors")(form))
    targets = re.findall(r'href="#(\w+)"', summary)
    assert targets == [f"id_{name}" for name in form.errors]
    page = "".join(str(field(form[name])) for name in form.errors)
    assert all(f'id="{target}"' in page for target in targets)
    assert str(macro("forms.html", "form_errors")(VisitForm())).strip() == ""


@pytest.mark.parametrize("frame", sorted(FRAMES - {"page.html"}))
def test_frames_have_their_landmarks(frame: str, rf) -> None:
    env = engines["jinja2"].env
    page = env.from_string(
        '{% extends "ui/' + frame + '" %}{% block title %}제목{% endblock %}{% block content %}<p>본문</p>{% endblock %}'
    )
    menu = [{"key": "today", "label": "오늘", "href": "/s/", "icon": "today", "count": None, "current": True}]
    html = page.render(
        actor=None, menu=menu, notices_count=0, messages=[{"level": "success", "text": "저장했습니다"}],
        idle_seconds=1800, district_name="서대문구", demo=True, csrf_input="",
    )  # fmt: skip
    assert html.count("<main") == 1
    assert '<html lang="ko">' in html
    assert 'class="skip" href="#main"' in html
    assert html.count("<p>본문</p>") == 1
    assert "<title>제목 · 서대문구 찾동</title>" in html
    if frame != "print.html":
        assert "저장했습니다" in html
        for number in ("112", "119", "109", "129", "120", "1366"):
            assert f'href="tel:{number}"' in html
