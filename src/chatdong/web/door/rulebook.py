"""The rule book in force, as every screen asks for it."""

from chatdong.kernel import clock
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.queries.rules import catalog_in_force


def catalog() -> Catalog:
    """The catalog to answer with now: what was released last, else what this software is delivered with."""
    return catalog_in_force(at=clock.now())
