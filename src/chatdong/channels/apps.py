"""The app of the channels: only their commands."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "chatdong.channels"
    label = "channels"
    verbose_name = "들어오는 길"
