"""A comparison with a fixed number, without what is only calculated for it: 65 years are 780 months, so nobody needs the years.

Rules speak of years, percentages and amounts above a free part; many of their comparisons are one comparison of what is told.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdong.engines.eligibility.graph import Node

MIRRORED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "==": "==", "!=": "!="}


def bared(relation: str, node: "Node", limit: int) -> tuple[str, "Node", int]:
    """What says the same of fewer calculations: only <= and >= are left of <, <=, > and >=."""
    if relation in ("==", "!="):
        return relation, node, limit
    if relation in ("<", ">"):
        relation, limit = f"{relation}=", limit + (1 if relation == ">" else -1)
    is_floor = relation == ">="
    while True:
        if node.op == "divide" and node.parts[1].op == "constant":
            by = node.parts[1].held
            limit = limit * by + (0 if is_floor else by - 1)
        elif node.op == "sum" and len(node.parts) == 1 and node.held[0][0] > 0:
            factor, rest = node.held[0][0], limit - node.held[1]
            limit = -(-rest // factor) if is_floor else rest // factor
        elif not (node.op in ("greatest", "least") and len(node.parts) == 2 and _is_idle(node, is_floor, limit)):
            return relation, node, limit
        node = node.parts[0]


def _is_idle(node: "Node", is_floor: bool, limit: int) -> bool:
    """Whether the fixed number in max(x, number) or min(x, number) leaves the comparison to x."""
    bound = node.parts[1]
    if bound.op != "constant":
        return False
    if node.op == "greatest":
        return limit > bound.held if is_floor else limit >= bound.held
    return limit <= bound.held if is_floor else limit < bound.held
