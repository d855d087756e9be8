"""What must not show to whom: the words that would place or name a household out of somebody's reach."""

import io
import zipfile
from typing import Any
from urllib.parse import quote

NEAR = ("최말순", "010-3333-4444", "01033334444", "홍제내길", "126.9471", "37.5791")
FAR = ("오세라", "010-5555-6666", "01055556666", "마포대로", "126.9521", "37.5512")
OWN = ("김영숙", "010-2345-6789", "01023456789", "독립문로8길", "126.9561", "37.5722")
HIDDEN = ("숨은집길", "501호", "126.9555", "37.5711")
# Who stands at 천연동, and what none of their screens may show.
OUT_OF_REACH = {
    "planner": (*NEAR, *FAR, *HIDDEN),
    "nurse": (*NEAR, *FAR, *HIDDEN),
    "team_lead": (*NEAR, *FAR),
    "dong_head": (*NEAR, *FAR),
    "gu_officer": (*FAR, *HIDDEN),
    "area_officer": (*OWN, *NEAR, *FAR, *HIDDEN, "한가람"),
    "auditor": (*OWN, *NEAR, *FAR, *HIDDEN, "한가람"),
    "administrator": (*OWN, *NEAR, *FAR, *HIDDEN, "한가람"),
}


def body_of(answer: Any) -> str:
    """What was answered as text; a workbook is unpacked."""
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return answer.content.decode("utf-8", "replace") + str(dict(answer.headers))


def shown(answer: Any, role: str, typed: str = "") -> list[str]:
    """The words out of a role's reach that an answer shows; what the person typed stands in the box again and is no leak."""
    body = body_of(answer)
    for echo in filter(None, (typed, quote(typed))):
        body = body.replace(echo, "")
    return [word for word in OUT_OF_REACH.get(role, ()) if word in body]
