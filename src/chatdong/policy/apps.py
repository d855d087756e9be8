"""The policy app: its tables are the log of reads and writes, and broken glasses."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "chatdong.policy"
    label = "policy"
    verbose_name = "권한과 기록"
