"""Each night: the proof that nobody is dropped, gu by gu."""

from django_tasks import task

from chatdong.ground.places.queries import gus
from chatdong.kernel import clock
from chatdong.policy.actor import system
from chatdong.safetynet.discovery.actions import run_proof


@task
def prove_all() -> dict[str, int]:
    """How many things each gu's proof found, by the gu's code; its officers are told."""
    at = clock.now()
    return {gu.code: len(run_proof(by=system("빠짐없음 점검"), gu_id=gu.pk, at=at)) for gu in gus(at.date())}
