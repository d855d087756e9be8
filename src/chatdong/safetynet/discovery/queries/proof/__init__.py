"""The proof that nobody is dropped: every way in which somebody could be, each with a sentence and where to open it."""

from chatdong.safetynet.discovery.queries.proof.found import Area, Orphan
from chatdong.safetynet.discovery.queries.proof.whole import proof, proof_of_dong

__all__ = ["Area", "Orphan", "proof", "proof_of_dong"]
