"""Is the reported person somebody already known? Three outcomes, and why.

A false match is an omission: somebody nobody has seen yet is taken for served and is not visited. A missed match is a duplicate:
somebody is visited twice. The first is worse, so a match is made without a person only when nothing speaks against it; in doubt
a person is asked, and only what resembles nobody becomes new.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from chatdong.engines.linkage.person import FIELDS, Person, still_needed
from chatdong.engines.linkage.weigh import Weighing, weigh
from chatdong.engines.linkage.weights import WEIGHTS_2026, Level, WeightTable

SURE_AT = 0.99  # probability from which a match may be made without a person
SURE_ALONE_AT = 0.999  # the same when name and birth agree and neither phone nor home does
NEW_BELOW = 0.05  # probability below which a candidate is not shown
TOO_CLOSE = 3.0  # bits: two candidates this near to each other are for a person to tell apart
MOST_CANDIDATES = 5


class Outcome(StrEnum):
    """What to do with the report."""

    SURE = "sure"
    ASK = "ask"
    NEW = "new"


@dataclass(frozen=True)
class Verdict:
    """The outcome for one report.

    `match` is the known person's ref when sure. `candidates` are for a person to choose from, likeliest first, each with its
    reasons. `same_home` are known people of another name with the same phone or home: family, so the household is known even
    when the person is new. `ask_for` names the fields (see `FIELDS`) that would settle it; `because` says it in Korean.
    """

    outcome: Outcome
    match: object = None
    candidates: tuple[Weighing, ...] = ()
    same_home: tuple[Weighing, ...] = ()
    ask_for: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


def probability(bits: float, register_size: int) -> float:
    """The chance that a weighing is one person, when a register of this many people was looked through. 0 to 1."""
    odds_bits = max(-500.0, min(500.0, bits - log2(max(register_size, 2))))
    return 1 / (1 + 2.0**-odds_bits)


def judge(
    report: Person, candidates: Iterable[Person], *, register_size: int = 300_000, table: WeightTable = WEIGHTS_2026
) -> Verdict:
    """Decide about one report. `candidates` come from `lookup_blocks`; `register_size` is how many people were searched.

    SURE needs all of this: two of name, birth, phone and full address agree and the name is one of them, nothing told on both
    sides contradicts, the probability is at least `SURE_AT` (`SURE_ALONE_AT` when neither phone nor home agrees), and no other
    candidate is within `TOO_CLOSE` bits.
    """
    weighed = sorted((weigh(report, known, table) for known in candidates), key=lambda one: (-one.bits, str(one.ref)))
    ask_for = still_needed(report)
    same_home = tuple(one for one in weighed if _is_family(one))
    shown = tuple(one for one in weighed if _is_worth_asking(one, register_size, bool(ask_for)))[:MOST_CANDIDATES]
    if not shown:
        because = ["아는 분 가운데 비슷한 분이 없어요."]
        if same_home:
            because.append("같은 집이나 같은 전화번호를 쓰는 가족이 있어요.")
        return Verdict(Outcome.NEW, None, (), same_home, ask_for, tuple(because))
    doubts = _doubts(shown, ask_for, register_size)
    if not doubts:
        return Verdict(Outcome.SURE, shown[0].ref, shown, same_home, (), shown[0].reasons)
    return Verdict(Outcome.ASK, None, shown, same_home, ask_for, doubts)


def _doubts(shown: tuple[Weighing, ...], ask_for: tuple[str, ...], register_size: int) -> tuple[str, ...]:
    """Why the likeliest candidate may not be taken without a person; empty when it may."""
    best = shown[0]
    doubts = []
    if ask_for:
        doubts.append(f"{', '.join(FIELDS[field] for field in ask_for)} 가운데 더 알아야 확실해요.")
    if len(shown) > 1 and best.bits - shown[1].bits < TOO_CLOSE:
        doubts.append("비슷한 분이 둘 이상이에요.")
    name, birth, phone, address = (best.level(field) for field in FIELDS)
    if name not in (Level.SAME, Level.HEARD):
        doubts.append("이름이 꼭 같지는 않아요." if name is not Level.UNKNOWN else "이름을 몰라요.")
    supports = [birth is Level.SAME, phone is Level.SAME, address is Level.HOME]
    needed = 1 if name is Level.SAME else 2  # 영재 and 영제 may be brothers: what sounds alike needs more
    if sum(supports) < needed or (name is Level.HEARD and birth is not Level.SAME):
        doubts.append("이름 말고 더 맞는 것이 있어야 해요.")
    if birth in (Level.DIFFERENT, Level.SAME_YEAR, Level.LUNAR, Level.ONE_READING):
        doubts.append("생년월일이 맞지 않아요.")
    if best.level("sex") is Level.DIFFERENT:
        doubts.append("성별이 맞지 않아요.")
    threshold = SURE_AT if phone is Level.SAME or address is Level.HOME else SURE_ALONE_AT
    if not doubts and probability(best.bits, register_size) < threshold:
        doubts.append("흔한 이름이거나 다른 것이 맞지 않아 확실하지 않아요.")
    return tuple(doubts)


def _is_worth_asking(one: Weighing, register_size: int, thin: bool) -> bool:
    if probability(one.bits, register_size) >= NEW_BELOW:
        return True
    # A report that tells little cannot reach the bar; whoever bears the name, or lives there, is shown all the same.
    agrees = one.level("name") in (Level.SAME, Level.HEARD, Level.ONE_SLIP, Level.HIDDEN, Level.ROMANIZED)
    contradicts = Level.DIFFERENT in (one.level("birth"), one.level("name"))
    return thin and not contradicts and (agrees or one.level("address") in (Level.HOME, Level.BUILDING))


def _is_family(one: Weighing) -> bool:
    shares = one.level("phone") is Level.SAME or one.level("address") is Level.HOME
    return shares and one.level("name") is Level.DIFFERENT
