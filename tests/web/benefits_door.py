"""Somebody at 맞춤복지검색, as a browser without scripts would have it: fills each screen, sends it, reads what comes."""

import html
import re
from dataclasses import dataclass, field

from django.test import Client

from chatdong.engines.eligibility.book import Kind
from chatdong.safetynet.benefits.catalog import catalog

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Family:
    """Persons as typed ({"age": "42", "sex": "f"}, {"months": "5"}) with their facts, and the home's; the rest is none."""

    people: list[dict]
    home: dict = field(default_factory=dict)

    def value(self, slot: str):
        fact, _, person = slot.partition("-")
        return (self.people[int(person)] if person else self.home).get(fact, 0)


def hidden(body: str) -> dict[str, str]:
    """The form's own fields; the page's last question wins."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(body.split('<aside class="tally"')[0])}


def members(people: list[dict]) -> dict[str, str]:
    rows = {"question": "members", "rows": str(len(people)), "do": "next", "state": ""}
    for i, one in enumerate(people):
        rows |= {f"age-{i}": one.get("age", ""), f"months-{i}": one.get("months", ""), f"sex-{i}": one.get("sex", "")}
    return rows


def picked(slot: str, family: Family) -> dict[str, str]:
    """What is chosen on a group of choices."""
    fact, value = catalog().book.facts[slot.partition("-")[0]], family.value(slot)
    if fact.kind == Kind.CHOICE:
        return {slot: value or fact.options[0].id}
    if fact.kind == Kind.YES_NO:
        return {slot: str(int(value))}
    return {slot: "exact", f"{slot}-exact": f"{value:,}"}


def answer(body: str, family: Family) -> dict[str, str | list[str]]:
    """The fields to send for the question that a page shows."""
    fields: dict = hidden(body)
    slots = {part: [one for one in fields.get(part, "").split(",") if one] for part in ("ticks", "picks")}
    fields["ticked"] = [one for one in slots["ticks"] if family.value(one) not in (0, "none")]
    for slot in slots["picks"]:
        fields |= picked(slot, family)
    return {**fields, "do": "next"}


def walk(client: Client, family: Family, at: str = "/benefits/ask/", most: int = 40) -> tuple[str, int]:
    """Every question answered; the result's page and how many screens it took."""
    page = client.post(at, members(family.people))
    for screens in range(1, most):
        assert page.status_code == 200, page.content.decode()
        body = page.content.decode()
        if 'id="likely"' in body or 'id="answers"' in body:
            return body, screens
        page = client.post(at, answer(body, family))
    raise AssertionError("the questions do not end")


def shown(body: str, *groups: str) -> list[str]:
    """The benefits of parts of the result in their order; the most useful and then the other likely ones if none is named."""
    found = []
    for group in groups or ("first", "likely"):
        part = body.split(f'id="{group}"')[1].split('<section class="section"')[0] if f'id="{group}"' in body else ""
        found += re.findall(r'id="benefit-([a-z0-9_]+)"', part)
    return found
