"""The English of our own sentences; names, summaries and questions have theirs in the catalog. A test finds what is missing."""

SENTENCES: dict[str, str] = {
    "지금 위험하면 먼저 전화하세요.": "In danger now? Call first.",
    "돈과 일": "Money and work",
    "집": "Home",
    "건강과 마음": "Health and feelings",
    "돌봄": "Care",
    "장애": "Disability",
    "가족과 아이": "Family and children",
    "그 밖의 일": "Other",
    "무슨 일인지 알아듣지 못했습니다. 다르게 적거나 아래에서 골라 주세요. 120이나 129에 전화하셔도 됩니다.": (
        "We did not understand. Write it another way, choose below, or call 120 or 129."
    ),
    "동주민센터는 오늘 %(opens)s부터 %(closes)s까지 엽니다.": (
        "The community center is open today from %(opens)s to %(closes)s."
    ),
    "동주민센터는 지금 닫혀 있고 %(day)s %(opens)s에 엽니다. 120은 밤에도 받습니다.": (
        "The community center is closed now and opens on %(day)s at %(opens)s. 120 answers at night, too."
    ),
    "%(day)s에 찾아본 것입니다. 기준은 바뀔 수 있습니다.": "Looked up on %(day)s. The rules may change.",
    "가": "A",
    "찾동": "Chatdong",
    "본문으로 바로가기": "Skip to the content",
    "누리집 안내": "About this website",
    "이 누리집은 대한민국 공식 전자정부 누리집입니다.": "This is an official website of the Republic of Korea.",
    "시연 안내": "Demonstration",
    "시연용 화면입니다. 나오는 사람과 주소는 모두 지어낸 것입니다.": ("A demonstration. All people and addresses are made up."),
    "연결이 끊겼습니다. 잠시 뒤 다시 해 주세요.": "No connection. Please try again in a moment.",
    "처리하지 못했습니다. 화면을 새로 고친 뒤 다시 해 주세요.": "That did not work. Reload the page and try again.",
    "닫기": "Close",
    "글자·화면": "Text and contrast",
    "글자 크기": "Text size",
    "작게": "small",
    "보통": "usual",
    "조금 크게": "larger",
    "크게": "large",
    "가장 크게": "largest",
    "고대비 화면": "High contrast",
    "오류:": "Error:",
    "(선택)": "(optional)",
    "가능성 높음": "Likely",
    "더 알아볼 것": "Not clear yet",
    "남은 질문 %(n)s개쯤": "about %(n)s more",
    "해당하는 것이 없어요": "None of these",
    "혼자 사시면 본인 것만 적고 '다음'을 눌러 주세요.": "If you live alone, write only your own and press 'Next'.",
    "말로 찾기": "Say it in your own words",
    "질문에 답하며 찾기": "Answer a few questions",
    "전화로 물어보기": "Ask by phone",
    "화면이 어려우시면 전화하세요. 대신 찾아 드립니다.": "If this page is difficult, call. They look for you.",
    "다산콜: 서울시 안내, 언제나": "Dasan Call: Seoul, at any hour, in English too",
    "보건복지 상담: 생활비와 돌봄": "Welfare call center: money and care",
    "먼저 이것부터 알아보세요": "Begin with these",
    "오늘 하실 일": "What to do today",
    "전화해서 물어보기": "call and ask",
    "신청하러 가기": "go and apply",
    "이렇게 말씀하세요": "Say this, or show it",
    "이것도 받으실 가능성이 높습니다": "You are likely to get these as well",
    "아직 딱 맞는 것을 찾지 못했습니다": "Nothing certain was found yet",
    "질문에 더 답하시거나 129, 120에 전화해 보세요. 동에서 전화를 드릴 수도 있습니다.": (
        "Answer more questions or call 129 or 120. The community center can call you, too."
    ),
    "%(n)s가지가 이 답에 달려 있습니다": "%(n)s depend on this answer",
    "답하기": "Answer",
    "누리집": "Website",
    "다른 사람의 전화나 컴퓨터라면 마지막에 눌러 주세요.": (
        "If this is somebody else's phone or computer, press this at the end."
    ),
    "%(n)s가지 보기": "Show %(n)s",
    "%(n)s가지와 그 까닭 보기": "Show %(n)s and the reasons",
    "%(n)s개월": "%(n)s months",
    "%(n)s번째 분": "Person %(n)s",
    "%(n)s번째 분 빼기": "Remove person %(n)s",
    "%(n)s번째 질문": "Question %(n)s",
    "%(n)s세": "age %(n)s",
    "%(won)s 넘음": "More than %(won)s",
    "%(won)s까지": "Up to %(won)s",
    "가져갈 것": "What to bring",
    "개월": "months",
    "개월 수는 0부터 35까지 숫자로 적어 주세요. 세 살부터는 나이를 적어 주세요.": (
        "Months are a number from 0 to 35. From three years on, write the age."
    ),
    "거절하면": "If you refuse",
    "건강이나 소득처럼 남에게 말하기 어려운 것도 들어 있습니다. 고르지 않으면 보내지 않습니다.": (
        "They hold private things such as health and income. They are not sent unless you tick this."
    ),
    "결과로 돌아가기": "Back to the result",
    "고르지 않은 것은 잘 모르겠어요": "I am not sure about those I did not tick",
    "고르지 않음": "Not chosen",
    "고치기": "Change",
    "고친 것으로 다시 찾기": "Search again with these",
    "고칠 곳이 있습니다": "Something needs correcting",
    "공공 목록": "Public lists",
    "구청에 확인": "Ask the district office",
    "구청에 확인해 주세요": "Please ask the district office",
    "그만하고 결과 보기": "Stop and see the result",
    "금액": "Amount",
    "금액을 숫자로 적어 주세요. 예: 850000 또는 85만": "Write the amount in numbers. For example: 850000",
    "급하면 바로 전화하세요": "In an emergency, call",
    "까지 전화를 드리거나 찾아갑니다.": "is when we will have called or visited you at the latest.",
    "나도 받을 수 있는지 확인": "Check whether I can get these",
    "나머지 %(n)s가지 보기": "Show the other %(n)s",
    "나이 모름": "age unknown",
    "나이(만)": "Age in full years",
    "나이는 0부터 124까지 숫자로 적어 주세요. 예: 68": "Age is a number from 0 to 124. For example: 68",
    "나이를 적어 주세요.": "Please write the age.",
    "나이와 개월 수가 서로 다릅니다. 아기는 개월 수만 적으셔도 됩니다.": (
        "Age and months do not agree. For a baby, months alone are enough."
    ),
    "나중에 답하기": "Answer later",
    "남성": "man",
    "누구나 쓸 수 있는 곳": "Open to everyone",
    "다른 기관이 올린 안내를 그대로 보여 드립니다. 맞는지는 따져 보지 않았으니 그 기관에 물어봐 주세요.": (
        "Shown as other offices wrote it. We did not check whether it fits you: please ask that office."
    ),
    "다른 사람에게 보내기": "Send to somebody",
    "다른 일이면 여기에서 골라 주세요": "If it is something else, choose here",
    "다시 접기": "Fold again",
    "다시 한번 적어 주세요": "Please try other words",
    "다음": "Next",
    "답하신 것": "Your answers",
    "답한 것이 주소 안에 들어갑니다. 믿는 사람에게만 보내 주세요. 저희 컴퓨터에는 남지 않습니다.": (
        "Your answers are part of the link. Send it only to somebody you trust. Our computers keep nothing."
    ),
    "더 알려 주시면 알 수 있습니다": "We could tell if we knew more",
    "더 알릴 것이 있으면 접수번호를 말씀해 주세요.": "If there is more to say, tell us the receipt number.",
    "더 알아야 하는 것": "Still to be told",
    "더 여쭐 것이 없습니다. 여기까지 답해 주셔서 고맙습니다.": "There is nothing more to ask. Thank you for your answers.",
    "도움 찾기": "Find help",
    "도움으로 이어지지 않으면 %(days)s일 뒤 지웁니다": "Deleted after %(days)s days unless it leads to help",
    "도움이 될 만한 것": "What may help",
    "동에서 전화해 드릴까요?": "Shall the community center call you?",
    "동에서 전화해 드립니다": "The community center will call you",
    "동에서 전화해 주세요": "Please call me",
    "동을 고르거나 주소를 적어 주세요.": "Choose a dong or write an address.",
    "동의하지 않을 수 있습니다. 그때는 129나 120으로 전화해 주세요": "You may refuse. In that case call 129 or 120",
    "동주민센터 직원이 읽고 전화를 드립니다. 적으신 것은 그 일에만 씁니다.": (
        "The staff of the community center read this and call you. It is used for nothing else."
    ),
    "또는 주소나 가까운 곳": "Or an address or a place nearby",
    "로그인 없이 찾아봅니다. 이름은 묻지 않고, 적으신 것은 아무 데도 저장하지 않습니다.": (
        "No log-in, no names. What you write is not stored anywhere."
    ),
    "마지막으로 고친 날": "Last changed",
    "많게는 약 %(won)s": "up to about %(won)s",
    "말하듯이 적으시면 됩니다. 이름이나 주민등록번호는 적지 마세요.": (
        "Write as you would say it, in English or Korean. No names or registration numbers."
    ),
    "맞음": "met",
    "맞지 않음": "Not met",
    "먼저 전화해 주세요": "Please call first",
    "모름": "Not known",
    "목록에서 동을 골라 주세요.": "Choose a dong from the list.",
    "목록을 받은 날": "Received",
    "무엇": "What",
    "무엇에 동의하나요?": "What do I agree to?",
    "무엇을": "What",
    "물어볼 곳": "Ask at",
    "바로 연결됩니다": "They answer at once",
    "받으실 수 있는 도움": "Help you may get",
    "받을 수 있는 도움 찾기": "Find the help you may get",
    "법": "Law",
    "별명도 됩니다. 적지 않으셔도 됩니다.": "Any name will do. You may leave it empty.",
    "보내신 답 가운데 읽지 못한 것이 있습니다. 여기부터 다시 봐 주세요.": (
        "We could not read some of the answers. Please look again from here."
    ),
    "보내신 답을 읽지 못했습니다. 다시 골라 주세요.": "We could not read this answer. Please choose again.",
    "보낼 주소": "Link to send",
    "보낼 주소 만들기": "Make a link",
    "복사": "Copy",
    "복사하지 못했습니다. 글을 끌어서 복사해 주세요.": "Could not copy. Please select the text and copy it.",
    "복사했습니다": "Copied",
    "보여 드리지 못했습니다. 잠시 뒤 다시 눌러 주세요.": "Could not be shown. Please press again in a moment.",
    "본인": "You",
    "사는 동": "Dong you live in",
    "석 달에": "for three months",
    "성별": "Sex",
    "세": "years",
    "세 살 아래 아기는 개월 수": "Months, if under three",
    "소득인정액 셈": "How recognized income was worked out",
    "소득인정액을 이렇게 셈했습니다": "How recognized income was worked out",
    "신청하는 법과 가져갈 것": "How to apply and what to bring",
    "아니요": "No",
    "아닌 것은 빼 주세요.": "Untick what is wrong.",
    "아직 모름": "Not known yet",
    "약 %(won)s": "about %(won)s",
    "어디에서": "Where",
    "어떤 일로 힘드세요?": "What is troubling you?",
    "어떤 일로 힘드신지 적어 주세요.": "Please write what is troubling you.",
    "어떻게": "How",
    "얼마나": "How long",
    "없음 (0원)": "None (0 won)",
    "여성": "woman",
    "연결이 끊겼습니다. 잠시 뒤 다시 눌러 주세요.": "No connection. Please press again in a moment.",
    "예": "Yes",
    "올해의 기준을 아직 확인하지 못해 답해 드릴 수 없습니다. 전화로 물어봐 주세요.": (
        "We could not confirm this year's figures, so we cannot tell. Please ask by phone."
    ),
    "왜": "Why",
    "왜 이렇게 보았나요?": "Why do we think so?",
    "외 %(n)s가지": "and %(n)s more",
    "원": " won",
    "이 결과는 안내입니다.": "This is guidance.",
    "받을 수 있는지는 신청하시면 동주민센터와 구청의 담당자가 살펴보고 정합니다(개인정보 보호법 제37조의2).": (
        "When you apply, staff of the community center and the district office decide (Personal Information Protection "
        "Act, Article 37-2)."
    ),
    "금액은 함께 받을 수 없는 것이 있어 더하지 않았습니다.": "Amounts are not added up, as some cannot be received together.",
    "이 말로 찾기": "Search with these words",
    "이 화면 인쇄": "Print this page",
    "이런 도움이 있습니다": "This may help",
    "이런 일인가요?": "Is it one of these?",
    "이렇게 적어도 됩니다. 눌러 보세요.": "For example (press one):",
    "이름이나 부를 이름": "Your name, or what to call you",
    "이름이나 부를 이름, 전화번호, 사는 곳": "Name, phone number, where you live",
    "이어서 답하기": "Go on answering",
    "이전 질문": "Previous question",
    "인쇄": "Print",
    "인쇄하기 좋게 펼치기": "Unfold for printing",
    "잘 모르겠어요": "I do not know",
    "적으신 말": "Your words",
    "전화를 드리고 받을 수 있는 도움을 함께 찾으려고": "To call you and find help together",
    "전화를 드리려고 이름, 전화번호, 사는 곳을 받는 데 동의합니다": (
        "I agree that my name, phone number and place are taken so that I can be called"
    ),
    "전화를 드리려면 동의가 필요합니다. 동의하지 않으시면 129나 120으로 전화해 주세요.": (
        "We need your consent to call you. If you do not agree, call 129 or 120."
    ),
    "전화번호": "Phone number",
    "전화번호를 다시 확인해 주세요. 예: 010-1234-5678": "Please check the phone number. For example: 010-1234-5678",
    "전화해 달라고 보내기": "Send: please call me",
    "접수번호": "Receipt number",
    "접수했습니다": "We received it",
    "정확한 금액을 적을게요": "I will write the exact amount",
    "주민등록번호는 적지 말아 주세요. 번호를 지우고 다시 눌러 주세요.": (
        "Please do not write a registration number. Delete it and press again."
    ),
    "지금 위험하면 이 화면보다 전화가 먼저입니다.": "If you are in danger now, call before anything else.",
    "지금까지 찾은 것": "So far",
    "지금은 기준에 맞지 않습니다": "Not met now",
    "찾아갈 수 있는 곳": "Places to go",
    "지우고 처음부터": "Clear and start again",
    "질문에 답하기": "Answer questions",
    "질문에 답한 것도 함께 보냅니다": "Send my answers along",
    "찾아가는 동주민센터": "Visiting Community Center",
    "처음 화면": "First page (Korean)",
    "처음으로": "Start",
    "하나를 골라 주세요. 모르시면 '잘 모르겠어요'를 눌러 주세요.": (
        "Please choose one. If you do not know, press 'I do not know'."
    ),
    "하루에": "a day",
    "한 달": "A month",
    "한 달에": "a month",
    "한 번에": "once",
    "한 번에 하나씩 쉬운 말로 여쭙니다. 모르는 것은 건너뛰어도 됩니다.": (
        "One question at a time, in plain words. You may skip what you do not know."
    ),
    "한 사람도 빠짐없이": "Nobody left out",
    "한 시간에": "an hour",
    "한 시간에 보낼 수 있는 것을 모두 보내셨어요. 급하면 지금 전화해 주세요.": (
        "You have sent all you can in an hour. If it is urgent, please call now."
    ),
    "한 해에": "a year",
    "함께 사는 사람 더하기": "Add somebody who lives with you",
    "해당 없음": "None",
    "해당하는 것을 모두 골라 주세요": "Tick everything that applies",
    "해당하는 것이 없으면 고르지 말고 '다음'을 눌러 주세요.": "If nothing applies, tick nothing and press 'Next'.",
    "혼자 신청하기 어려우시면 동주민센터 직원이 전화를 드립니다.": (
        "If applying alone is difficult, the staff of the community center call you."
    ),
}

# hints of questions that have no English in the catalog
HINTS: dict[str, str] = {
    "모두 골라 주세요. 없으면 아무것도 고르지 마세요.": "Tick all of them. If none, tick nothing.",
    "모르시면 모름을 고르세요.": "If you do not know, press 'I do not know'.",
}

DISTRICTS: dict[str, str] = {
    "종로구": "Jongno-gu", "중구": "Jung-gu", "용산구": "Yongsan-gu", "성동구": "Seongdong-gu", "광진구": "Gwangjin-gu",
    "동대문구": "Dongdaemun-gu", "중랑구": "Jungnang-gu", "성북구": "Seongbuk-gu", "강북구": "Gangbuk-gu", "도봉구": "Dobong-gu",
    "노원구": "Nowon-gu", "은평구": "Eunpyeong-gu", "서대문구": "Seodaemun-gu", "마포구": "Mapo-gu", "양천구": "Yangcheon-gu",
    "강서구": "Gangseo-gu", "구로구": "Guro-gu", "금천구": "Geumcheon-gu", "영등포구": "Yeongdeungpo-gu", "동작구": "Dongjak-gu",
    "관악구": "Gwanak-gu", "서초구": "Seocho-gu", "강남구": "Gangnam-gu", "송파구": "Songpa-gu", "강동구": "Gangdong-gu",
    "서울특별시": "Seoul",
}  # fmt: skip

HOTLINES: dict[str, tuple[str, str]] = {
    "119": ("Fire, ambulance", "Hurt or collapsed, fire, smell of gas"),
    "112": ("Police", "Beaten or threatened, a child in danger, somebody missing"),
    "109": ("Suicide prevention", "Thoughts of dying"),
    "1366": ("Women's hotline", "Violence at home, sexual violence"),
    "1577-1389": ("Protection of older people", "An older person is abused"),
    "1644-8295": ("Rights of disabled people", "A disabled person is abused"),
    "1388": ("Youth line", "A young person needs help or left home"),
    "129": ("Welfare call center", "No food, no shelter, no money for treatment"),
    "120": ("Dasan Call", "If you do not know whom to ask"),
    "132": ("Legal aid", "Legal help"),
    "1397": ("Microfinance", "Trouble with debts"),
}
