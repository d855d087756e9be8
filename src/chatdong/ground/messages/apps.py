"""The app of messages."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "chatdong.ground.messages"
    label = "notices"
    verbose_name = "알림"
