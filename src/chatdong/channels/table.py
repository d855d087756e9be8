"""All channels. A new one is a folder and a row here."""

from chatdong.channels.channel import Channel
from chatdong.channels.listimport import door as listimport_door
from chatdong.channels.webform import door as webform_door

CHANNELS: tuple[Channel, ...] = (
    Channel(
        name="webform",
        korean="다른 누리집의 신고",
        route="report/",
        receive=webform_door.receive,
        sender="구청 누리집처럼 주민의 신고를 대신 보내는 곳",
        basis="사회보장급여법 제13조 제1항",
    ),
    Channel(
        name="listimport",
        korean="발굴명단 올리기",
        route="lists/",
        receive=listimport_door.receive,
        sender="명단을 올릴 권한이 있는 직원",
        basis="사회보장급여법 제12조, 제12조의2",
    ),
)
