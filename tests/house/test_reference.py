"""docs/reference says what the code says: `make docs` writes it anew, and the difference is for review."""

import pytest
from tools.reference import FOLDER, WRITERS, diagram


@pytest.mark.parametrize("name", WRITERS)
def test_the_reference_is_what_the_code_says(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == WRITERS[name](), "run `make docs` and look at the difference"


def test_every_state_of_a_table_stands_in_its_diagram():
    from chatdong.safetynet.discovery.states import HANDOVER_TURNS, HandoverState

    said = "\n".join(diagram("x", HANDOVER_TURNS))
    assert all(state.label in said for state in HandoverState)
    assert "asked --> accepted" in said
    assert "accepted --> [*]" in said
