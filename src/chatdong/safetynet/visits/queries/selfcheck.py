"""1·2·3 자기점검 (C-03, C-12): one's own day, week and month. Nobody sees another's, and there is no ranking."""

from datetime import date, datetime, time

from django.db.models import Q

from chatdong.engines import cohorts
from chatdong.ground.places.queries import rule, work_calendar
from chatdong.kernel.clock import KST, kst
from chatdong.kernel.period import Period
from chatdong.policy.actor import Actor
from chatdong.policy.roles import Role
from chatdong.safetynet.visits.models import Activity, Contact
from chatdong.safetynet.visits.queries.watches import end_of
from chatdong.safetynet.visits.states import ActivityKind, Way

HOME_VISIT = "home_visit"
NAMES = {HOME_VISIT: "가정방문"} | {kind.value: str(kind.label) for kind in ActivityKind}
LEADING = {Role.TEAM_LEAD, Role.DONG_HEAD}


def self_check(*, by: Actor, on: date) -> list[cohorts.CheckLine]:
    """The lines of the person's own goals: 1/1/1 for who leads a dong, 2/2/2 for everybody else (rules self_check.*).

    A home visit is any contact made by going there, alone or along with somebody, met or not.
    """
    goals = _goals(by, on)
    week, month = Period.week(on), Period.month(on.year, on.month)
    first, last = min(week.start, month.start), max(week.end, month.end)
    counts: dict[str, list[date]] = {goal.code: [] for goal in goals}
    for code, day in [*_visits(by, first, last), *_activities(by, first, last)]:
        if code in counts:
            counts[code].append(day)
    calendar = work_calendar()
    off = [] if calendar.is_working_day(on) else [on]
    return cohorts.self_check(goals, counts, Period(on, on), off)


def _goals(by: Actor, on: date) -> list[cohorts.Goal]:
    key = "self_check.lead" if by.roles & LEADING else "self_check.planner"
    held = rule(key, on, next(iter(sorted(by.gu_ids)), None))
    goals = []
    for name, target in held.value.items():
        code, _, per = name.rpartition("_")
        goals.append(cohorts.Goal(code, NAMES[code], cohorts.Per(per), int(target), held.source))
    return goals


def _visits(by: Actor, first: date, last: date) -> list[tuple[str, date]]:
    rows = Contact.objects.filter(
        Q(worker_id=by.account_id) | Q(companion_id=by.account_id),
        way=Way.VISIT,
        at__gte=datetime.combine(first, time(), tzinfo=KST),
        at__lte=end_of(last),
    )
    corrected = set(rows.filter(corrects__isnull=False).values_list("corrects_id", flat=True))
    return [(HOME_VISIT, kst(at).date()) for pk, at in rows.values_list("id", "at") if pk not in corrected]


def _activities(by: Actor, first: date, last: date) -> list[tuple[str, date]]:
    rows = Activity.objects.filter(account=by.account_id, on__gte=first, on__lte=last)
    return list(rows.values_list("kind", "on"))
