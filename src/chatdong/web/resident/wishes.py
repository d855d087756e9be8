"""What the first page offers to say, for those who do not know how to begin."""

from chatdong.web.resident.language import ENGLISH, KOREAN

EXAMPLES: dict[str, tuple[str, ...]] = {
    KOREAN: (
        "월세가 밀려서 쫓겨날 것 같아요",
        "애 낳았는데 뭐 받나요",
        "혼자 사시는 어머니 밥을 못 챙겨 드려요",
        "일자리를 잃어서 생활비가 없어요",
        "병원비가 너무 많이 나왔어요",
    ),
    ENGLISH: (
        "I am behind on rent",
        "I had a baby",
        "I lost my job",
        "I cannot pay the hospital",
        "My Korean is not good",
    ),
}
