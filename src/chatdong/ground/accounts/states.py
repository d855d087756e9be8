"""The word lists of accounts."""

from django.db.models import TextChoices

from chatdong.policy.roles import ROLES, Role


class PostedRole(TextChoices):
    """The roles a person can be posted as, with the names of policy.roles."""

    PLANNER = Role.PLANNER.value, ROLES[Role.PLANNER].korean
    NURSE = Role.NURSE.value, ROLES[Role.NURSE].korean
    AREA_OFFICER = Role.AREA_OFFICER.value, ROLES[Role.AREA_OFFICER].korean
    TEAM_LEAD = Role.TEAM_LEAD.value, ROLES[Role.TEAM_LEAD].korean
    DONG_HEAD = Role.DONG_HEAD.value, ROLES[Role.DONG_HEAD].korean
    GU_OFFICER = Role.GU_OFFICER.value, ROLES[Role.GU_OFFICER].korean
    AUDITOR = Role.AUDITOR.value, ROLES[Role.AUDITOR].korean
    ADMINISTRATOR = Role.ADMINISTRATOR.value, ROLES[Role.ADMINISTRATOR].korean
