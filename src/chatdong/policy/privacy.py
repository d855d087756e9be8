"""Every field of every table is public, personal or sensitive (개인정보 보호법 §2, §23); a test finds one that is not said."""

from dataclasses import dataclass
from enum import StrEnum


class Privacy(StrEnum):
    """How a field is to be treated."""

    PUBLIC = "public"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Fields:
    """The classes of one table's fields, each a string of names parted by spaces."""

    public: str = ""
    personal: str = ""
    sensitive: str = ""

    def of(self, name: str) -> Privacy | None:
        """The class of a field; None where nobody said it."""
        for kind in Privacy:
            if name in getattr(self, kind.value).split():
                return kind
        return None

    def names(self) -> set[str]:
        """All names that are classified."""
        return {name for kind in Privacy for name in getattr(self, kind.value).split()}
