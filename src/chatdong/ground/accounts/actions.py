"""Making accounts, posting people, keeping drafts."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chatdong.ground.accounts.models import Account, Draft, Posted
from chatdong.ground.accounts.states import PostedRole
from chatdong.ground.places.queries import rule
from chatdong.kernel.errors import Conflict, Forbidden, Invalid
from chatdong.policy.action import action, mark_checked
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, ensure, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record


@action
def open_account(
    *, by: Actor, login_id: str, name: str, password: str, at: datetime, phone: str = "", hashed: str = ""
) -> Account:
    """Open an account for one person. `hashed` takes a ready hash instead of a password, for loading many.

    Raises:
        Invalid: the id is taken, the name is empty, or the password is too weak (fields `login_id`, `name`, `password`).
    """
    ensure(by, Permission.ACCOUNT_GRANT, NOWHERE)
    if not name.strip():
        raise Invalid({"name": "이름을 적어 주세요."})
    account = Account(login_id=login_id.strip(), name=name.strip(), phone=phone, created_at=at)
    if not hashed:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise Invalid({"password": " ".join(error.messages)}) from error
    account.password = hashed or make_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Invalid({"login_id": "이미 쓰고 있는 아이디입니다. 다른 아이디를 적어 주세요."}) from error
    record("account.open", by=by, at=at, about=account)
    return account


@action
def post_person(
    *, by: Actor, account: Account, role: PostedRole, gu_id: int, dong_id: int | None, on: date, at: datetime,
    tongs: list[int] | None = None, is_duty: bool = False, reason: str = "",
) -> Posted:  # fmt: skip
    """발령: a person works as a role at a place from a day. Raises Forbidden outside the actor's own gu."""
    ensure(by, Permission.ACCOUNT_GRANT, NOWHERE)
    if not reach(by, Permission.ACCOUNT_GRANT).everywhere and gu_id not in by.gu_ids:
        raise Forbidden("다른 구의 직원은 발령할 수 없습니다.")
    if dong_id is None and role not in (PostedRole.GU_OFFICER, PostedRole.AUDITOR, PostedRole.ADMINISTRATOR):
        raise Invalid({"dong": "동에서 일하는 역할은 동을 골라야 합니다."})
    if is_duty and Posted.objects.filter(dong_id=dong_id, is_duty=True, valid_to=None).exists():  # type: ignore[misc]
        raise Conflict("이 동에는 이미 접수 담당이 있습니다. 먼저 그 발령을 마쳐 주세요.")
    posted = Posted.objects.create(
        account=account, role=role, gu_id=gu_id, dong_id=dong_id, tongs=tongs or [], is_duty=is_duty, valid_from=on,
        granted_by=by.account_id, granted_at=at, reason=reason,
    )  # fmt: skip
    record("posting.grant", by=by, at=at, about=posted, dong_id=dong_id, gu_id=gu_id, details={"role": str(role)})
    return posted


@action
def hire_person(
    *, by: Actor, login_id: str, name: str, password: str, role: PostedRole, gu_id: int, dong_id: int | None, on: date,
    at: datetime, phone: str = "", tongs: list[int] | None = None,
) -> Account:  # fmt: skip
    """Open an account and post its person, both or neither. Raises as `open_account` and `post_person`."""
    ensure(by, Permission.ACCOUNT_GRANT, NOWHERE)
    account = open_account(by=by, login_id=login_id, name=name, password=password, phone=phone, at=at)
    post_person(by=by, account=account, role=role, gu_id=gu_id, dong_id=dong_id, on=on, at=at, tongs=tongs)
    record("account.hire", by=by, at=at, about=account, dong_id=dong_id, gu_id=gu_id)
    return account


@action
def end_posting(*, by: Actor, posting_id: int, on: date, at: datetime, reason: str = "") -> Posted:
    """End a posting from a day on. What the person answers for was given on first: discovery.release_worker does both."""
    posted = Posted.at(posting_id)
    ensure(by, Permission.ACCOUNT_GRANT, NOWHERE)
    if not reach(by, Permission.ACCOUNT_GRANT).everywhere and posted.gu_id not in by.gu_ids:
        raise Forbidden("다른 구의 직원은 발령할 수 없습니다.")
    posted.valid_to, posted.ended_by, posted.ended_at, posted.is_duty = on, by.account_id, at, False
    posted.reason = reason or posted.reason
    posted.save()
    record("posting.end", by=by, at=at, about=posted, dong_id=posted.dong_id, gu_id=posted.gu_id)
    return posted


@action
def note_sign_in(*, by: Actor, at: datetime) -> None:
    """Log that somebody logged in (접속일시, 접속지)."""
    _came_in(by)
    record("account.sign_in", by=by, at=at)


@action
def note_sign_out(*, by: Actor, at: datetime) -> None:
    """Log that somebody logged out."""
    _came_in(by)
    record("account.sign_out", by=by, at=at)


def _came_in(by: Actor) -> None:
    # Somebody without a posting may come in and see that there is nothing for them; that visit is logged too.
    if by.postings:
        ensure(by, Permission.SIGN_IN)
    elif by.is_person:
        mark_checked()
    else:
        raise Forbidden("로그인한 사람만 할 수 있습니다.")


@action
def keep_draft(*, by: Actor, key: str, body: dict[str, Any], at: datetime) -> Draft:
    """Keep a half-filled form of the person; a later one replaces it."""
    ensure(by, Permission.DRAFT_KEEP)
    draft, _made = Draft.objects.update_or_create(account_id=by.account_id, key=key[:80], defaults={"body": body, "saved_at": at})  # type: ignore[misc]
    record("draft.keep", by=by, at=at, about=draft)
    return draft


@action
def drop_draft(*, by: Actor, key: str, at: datetime) -> None:
    """Forget a draft: the form was sent, or the person threw it away."""
    ensure(by, Permission.DRAFT_KEEP)
    Draft.objects.filter(account_id=by.account_id, key=key).delete()  # type: ignore[misc]
    record("draft.drop", by=by, at=at)


@action
def purge_drafts(*, by: Actor, at: datetime) -> int:
    """Forget drafts that nobody came back to (rule retention.draft_days); how many."""
    ensure(by, Permission.RETENTION_RUN, NOWHERE)
    days = int(rule("retention.draft_days", on=at.date()).value["days"])
    count, _ = Draft.objects.filter(saved_at__lt=at - timedelta(days=days)).delete()
    record("retention.drafts", by=by, at=at, count=count)
    return count
