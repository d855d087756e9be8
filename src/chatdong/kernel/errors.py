"""The few ways a request is turned down, each with a sentence a person can act on.

A `Refusal` is meant for the person at the screen; `HouseRuleBroken` is meant for us and never shown.
"""

from collections.abc import Mapping


class Refusal(Exception):
    """What was asked for is not done, and this Korean sentence says why. `field` names the form field at fault, if one is.

    The sentence may be a lazily translated text; it is read when shown.
    """

    sentence_by_default = "지금은 처리할 수 없어요."

    def __init__(self, sentence: str | None = None, field: str | None = None):
        self.sentence = self.sentence_by_default if sentence is None else sentence
        self.field = field
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class Forbidden(Refusal):
    """The actor has no right to this."""

    sentence_by_default = "이 일을 할 권한이 없어요."


class NotFound(Refusal):
    """There is no such thing, or the actor's reach does not include it: the two look the same on purpose."""

    sentence_by_default = "찾으시는 내용이 없어요."


class Invalid(Refusal):
    """What was typed cannot be accepted; `fields` maps a field name to its sentence ("" for the form as a whole).

    Raises ValueError when there is no field at all: a refusal without a reason helps nobody.
    """

    def __init__(self, fields: Mapping[str, str]):
        if not fields:
            raise ValueError("Invalid needs at least one field and its sentence")
        self.fields = dict(fields)
        field, sentence = next(iter(self.fields.items()))
        super().__init__(sentence, field or None)


class Conflict(Refusal):
    """Somebody else changed it first, or its present state does not allow the step."""

    sentence_by_default = "그사이 다른 사람이 내용을 바꿨어요. 새로 열어 확인해 주세요."


class HouseRuleBroken(Exception):
    """A programmer's mistake: an action that checked nothing, a write outside an action. Never caught to be shown."""
