"""Changing the rule book: one person proposes texts and sees who gains and loses, another releases them or sends them back."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chatdong.engines.eligibility import Household
from chatdong.engines.eligibility.book import Rules
from chatdong.ground.places.queries import rule
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.catalog import Catalog, CatalogError
from chatdong.safetynet.benefits.catalog.changes import Change, gains_and_losses
from chatdong.safetynet.benefits.catalog.texts import catalog_of, differing, wrong_cases
from chatdong.safetynet.benefits.models import Release
from chatdong.safetynet.benefits.queries.rules import catalog_in_force, forget_catalog, households_told
from chatdong.safetynet.benefits.queries.told import told_of_many
from chatdong.safetynet.benefits.small_cells import small_hidden
from chatdong.safetynet.benefits.standard import family_of, standard
from chatdong.safetynet.benefits.states import ReleaseState

FEW, MANY = 300, 5000  # households a change is tried on: while somebody waits, and from the command line
EVERY = 5  # of the invented families, while somebody waits
AT_ONCE = 500


@action
def propose_rules(*, by: Actor, texts: Mapping[str, str], why: str, day: date, at: datetime, thorough: bool = False) -> Release:
    """Propose the files of a rule book. They are read as strictly as those delivered, and must agree with their worked cases.

    `day`: the day on which gains and losses are counted, over known households of the proposer's gu and invented families.

    Raises:
        CatalogError: every mistake with file, line and what to do.
        Invalid: no reason (`why`), or nothing changes (`texts`).
        Conflict: another proposal waits.
    """
    ensure(by, Permission.RULES_PROPOSE)
    if by.account_id is None:
        raise Forbidden(_("기준은 사람이 올립니다."))
    why = " ".join(why.split())[:500]
    if not why:
        raise Invalid({"why": _("왜 바꾸는지 적어 주세요. 근거가 되는 고시나 공문을 함께 적어 주세요.")})
    old, new = catalog_in_force(at=at), catalog_of(texts)
    if problems := wrong_cases(new):
        raise CatalogError(problems)
    if new.book.fingerprint == old.book.fingerprint:
        raise Invalid({"texts": _("지금 기준과 다른 것이 없습니다.")})
    try:
        with transaction.atomic():
            row = Release.objects.create(
                fingerprint=new.book.fingerprint, texts=dict(texts), why=why, proposed_by=by.account_id, proposed_at=at,
                changes=_changes(by, old, new, day, at, thorough),
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("확인을 기다리는 다른 기준이 있습니다. 먼저 시행하거나 돌려보내 주세요.")) from error
    record("rules.propose", by=by, at=at, about=row, details={"fingerprint": row.fingerprint})
    return row


@action
def release_rules(*, by: Actor, release_id: int, at: datetime) -> Release:
    """A second person lets proposed texts take effect, in every process within a minute.

    Raises Forbidden (RULES_RELEASE, the proposer), Conflict (decided already), CatalogError (this version cannot read them).
    """
    row = _waiting(by, release_id)
    catalog_of(row.texts)
    row = _decided(row, ReleaseState.RELEASED, by, at)
    record("rules.release", by=by, at=at, about=row, details={"fingerprint": row.fingerprint})
    transaction.on_commit(forget_catalog)
    return row


@action
def refuse_rules(*, by: Actor, release_id: int, reason: str, at: datetime) -> Release:
    """A second person sends a proposal back and says why. Raises Invalid (`reason`), Forbidden, Conflict."""
    row = _waiting(by, release_id)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Invalid({"reason": _("왜 돌려보내는지 적어 주세요.")})
    row.changes = {**row.changes, "refused": reason}
    row = _decided(row, ReleaseState.REFUSED, by, at)
    record("rules.refuse", by=by, at=at, about=row, why=reason)
    return row


@action
def withdraw_rules(*, by: Actor, release_id: int, at: datetime) -> None:
    """The proposer takes a proposal back. Raises Forbidden (somebody else's), Conflict (decided already)."""
    ensure(by, Permission.RULES_PROPOSE)
    row = _locked(release_id)
    if row.proposed_by != by.account_id:
        raise Forbidden(_("올린 사람만 거둘 수 있습니다."))
    record("rules.withdraw", by=by, at=at, about=row, details={"fingerprint": row.fingerprint})
    row.delete()


def _locked(release_id: int) -> Release:
    row = Release.objects.select_for_update(of=("self",)).filter(pk=release_id).first()
    if row is None:
        raise NotFound
    if row.state != ReleaseState.PROPOSED:
        raise Conflict(_("이미 정해진 기준입니다."))
    return row


def _waiting(by: Actor, release_id: int) -> Release:
    ensure(by, Permission.RULES_RELEASE)
    row = _locked(release_id)
    if by.account_id is None or row.proposed_by == by.account_id:
        raise Forbidden(_("올린 사람은 시행하거나 돌려보낼 수 없습니다. 다른 사람이 확인해 주세요."))
    return row


def _decided(row: Release, state: ReleaseState, by: Actor, at: datetime) -> Release:
    row.state, row.decided_by, row.decided_at = state, by.account_id, at
    row.save()
    return row


def _changes(by: Actor, old: Catalog, new: Catalog, day: date, at: datetime, thorough: bool) -> dict[str, Any]:
    """What is kept of a comparison: words, counts of known households with small ones hidden, and of invented families."""
    today = kst(at).date()
    rules = old.book.on(day, today=today), new.book.on(day, today=today)
    ids = households_told(by.gu_ids, MANY if thorough else FEW)
    known = [
        one.household
        for start in range(0, len(ids), AT_ONCE)
        for one in told_of_many(ids[start : start + AT_ONCE], new.book, at=at, day=day).values()
    ]
    invented = _invented(rules[0], 1 if thorough else EVERY)
    of_known, of_invented = gains_and_losses(*rules, known), gains_and_losses(*rules, invented)
    least = int(rule("benefit.small_cell", today, min(by.gu_ids, default=None)).value["least"])
    felt = [key for key in of_known if of_known[key].is_felt or of_invented[key].is_felt]
    return {
        "day": day.isoformat(),
        "words": differing(old, new),
        "known": small_hidden(len(known), least).text,
        "invented": len(invented),
        "benefits": [
            {"name": of_known[key].name, "known": _counts(of_known[key], least), "invented": _counts(of_invented[key], 0)}
            for key in felt
        ],
    }


def _counts(change: Change, least: int) -> dict[str, str]:
    return {
        name: small_hidden(len(places), least).text
        for name, places in (
            ("gains", change.gains), ("losses", change.losses), ("unsettled", change.unsettled),
            ("more", change.more), ("less", change.less),
        )
    }  # fmt: skip


def _invented(rules: Rules, every: int) -> list[Household]:
    """Families of the standardized support (C-04): situation by income, property and supporter, each known in bands only."""
    if not isinstance(rules.figures["median_income"].value if "median_income" in rules.figures else None, tuple):
        return []
    return [family_of(rules, example, bands) for example, bands in islice(standard().cells(), 0, None, every)]
