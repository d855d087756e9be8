"""The English of where to apply and how. The Korean of a place stands beside it, to be shown on the way there."""

PLACES: dict[str, str] = {
    "1366 또는 가정폭력상담소": "1366 or a family violence counseling center",
    "1388 또는 동주민센터": "1388 or a community center",
    "LH 또는 SH공사·주소지 동주민센터": "LH, SH, or the community center where you live",
    "가까운 검진기관": "a clinic nearby that does checkups",
    "가까운 쉼터": "a shelter nearby",
    "가까운 영유아 검진기관": "a clinic nearby that does child checkups",
    "가까운 우리동네키움센터": "a Kium after-school center nearby",
    "가까운 재가 장기요양기관": "a home care agency nearby",
    "가까운 지정 병의원·보건소": "a listed clinic or health center nearby",
    "가까운 치과": "a dentist nearby",
    "고용센터": "Job Center",
    "구 가족센터": "Family Center of your district",
    "구 꿈드림센터": "Kkumdream youth center of your district",
    "구 드림스타트센터나 동주민센터": "Dream Start center of your district, or a community center",
    "구 위기가정 통합지원센터": "Crisis Family center of your district",
    "구 정신건강복지센터": "Mental Health Center of your district",
    "구 주거안심종합센터 또는 동주민센터": "Housing Support Center of your district, or a community center",
    "구 치매안심센터": "Dementia Center of your district",
    "구 치매안심센터(보건소)": "Dementia Center of your district (health center)",
    "구청 가족 담당 부서나 동주민센터": "family desk of the district office, or a community center",
    "구청·동주민센터(법률홈닥터 오는 날)": "district office or community center (on the lawyer's day)",
    "국민건강보험공단": "National Health Insurance Service",
    "국민건강보험공단 지사": "branch of the National Health Insurance Service",
    "국민건강보험공단 지사(노인장기요양보험 운영센터)": "branch of the National Health Insurance Service (long-term care desk)",
    "국민건강보험공단 지사나 카드사": "branch of the National Health Insurance Service, or your card company",
    "금융감독원": "Financial Supervisory Service",
    "노숙인 종합지원센터": "support center for people without a home",
    "노인보호전문기관": "protection agency for older people",
    "대한법률구조공단 지부": "branch of the Korea Legal Aid Corporation",
    "도시가스회사 또는 주소지 동주민센터": "gas company, or the community center where you live",
    "돌아가신 분 주소지 동주민센터": "community center where the person who died lived",
    "동주민센터, 시니어클럽, 노인복지관, 대한노인회": (
        "community center, Senior Club, senior welfare center or Korean Senior Citizens Association"
    ),
    "동주민센터나 국민연금공단 지사": "community center, or branch of the National Pension Service",
    "몽땅정보 만능키 누리집": "Mongttang family website of Seoul",
    "범죄피해자지원센터": "Crime Victim Support Center",
    "보건소나 정해진 병의원": "health center or a listed clinic",
    "보훈지청": "veterans office",
    "서울시": "City of Seoul",
    "서울시 청년 누리집 또는 동주민센터": "Seoul youth website, or a community center",
    "서울시복지재단 자산형성지원사업 누리집": "savings program website of the Seoul Welfare Foundation",
    "서울주거포털 누리집": "Seoul Housing Portal (website)",
    "세무서": "tax office",
    "신용회복위원회 지부": "branch of the Credit Counseling and Recovery Service",
    "장기요양기관(요양원)": "care home",
    "장애인권익옹호기관": "advocacy agency for disabled people",
    "전화": "by phone",
    "주소지 동주민센터": "community center where you live",
    "주소지 동주민센터 또는 KBS·한국전력": "community center where you live, or KBS or KEPCO",
    "주소지 동주민센터 또는 구 푸드마켓": "community center where you live, or the food market of your district",
    "주소지 동주민센터 또는 국민건강보험공단": ("community center where you live, or the National Health Insurance Service"),
    "주소지 동주민센터 또는 보건소": "community center where you live, or a health center",
    "주소지 동주민센터 또는 복지관": "community center where you live, or a welfare center",
    "주소지 동주민센터(정부지원)와 아이돌봄 누리집": (
        "community center where you live (for the subsidy) and the childcare website"
    ),
    "주소지 동주민센터나 구청": "community center where you live, or the district office",
    "주소지 동주민센터나 국민연금공단 지사": ("community center where you live, or branch of the National Pension Service"),
    "주소지 동주민센터나 노인복지관": "community center where you live, or a senior welfare center",
    "주소지 동주민센터나 노인복지관·장애인복지관": (
        "community center where you live, or a welfare center for older or disabled people"
    ),
    "주소지 동주민센터나 보건소": "community center where you live, or a health center",
    "주소지 동주민센터나 신한은행": "community center where you live, or Shinhan Bank",
    "주소지 동주민센터나 청년미래센터": "community center where you live, or a Youth Future Center",
    "주소지 보건소": "health center where you live",
    "주소지 보건소나 동주민센터": "health center or community center where you live",
    "중독관리통합지원센터": "addiction support center",
    "지내던 시설이나 가정위탁지원센터와 구청": ("the home you lived in or the foster care center, and the district office"),
    "청년몽땅정보통 누리집": "Seoul youth website",
    "청소년쉼터": "youth shelter",
    "통신사 또는 주소지 동주민센터": "phone company, or the community center where you live",
    "하나센터": "Hana Center",
    "한국법무보호복지공단 지부": "branch of the Korea Rehabilitation Agency",
    "한국장학재단": "Korea Student Aid Foundation",
    "한국전력 또는 주소지 동주민센터": "KEPCO, or the community center where you live",
    "해바라기센터": "Sunflower Center",
}

WAYS: dict[str, str] = {
    "109로 전화": "Call 109.",
    "112로 전화": "Call 112.",
    "1366으로 전화": "Call 1366.",
    "1388로 전화하거나 문자·카카오톡": "Call 1388, or write by text or KakaoTalk.",
    "65세 생일이 있는 달의 한 달 전부터 신청하세요. 복지로에서도 됩니다.": (
        "Apply from one month before the month of the 65th birthday. Also at Bokjiro."
    ),
    "가스회사 고객센터에 전화하거나 동주민센터 방문": "Call the gas company or go to the community center.",
    "검진기관에 전화로 예약": "Make an appointment by phone.",
    "고용24 누리집이나 고용센터 방문": "At the Work24 website or a Job Center.",
    "고용24에 구직 등록을 하고 방문": "Register at Work24 as looking for work, then go there.",
    "그냥 가면 됩니다. 곳은 120에 물어보세요": "Just go. Ask 120 where it is.",
    "긴급지원을 신청할 때 함께 말합니다.": "Ask for it when you apply for emergency help.",
    "누리집에서 신청": "Apply on the website.",
    "대부분 자동으로 됩니다. 안 깎였으면 공단에 전화하세요.": "Mostly by itself. If it was not lowered, call the insurer.",
    "동 직원에게 말하면 됩니다": "Tell the staff of the community center.",
    "동 직원에게 말하면 이어 드립니다": "Tell the staff of the community center: they connect you.",
    "동 직원이나 복지관이 추천": "The community center or a welfare center recommends you.",
    "동에서 먼저 연락합니다. 전화로 부탁해도 됩니다.": "The community center calls you first. You may also ask by phone.",
    "동에서 추천": "The community center recommends you.",
    "동주민센터 방문이나 누리집·전화": "Go to the community center, or use the website or phone.",
    "동주민센터 방문이나 전화": "Go to the community center or call.",
    "동주민센터의 추천을 받아 이용": "The community center recommends you.",
    "모집 공고를 보고 신청(수급자는 동주민센터)": "Apply when it is announced (recipients: at the community center).",
    "모집 기간에 방문하거나 복지로에서 신청": "Go there or apply at Bokjiro when applications are open.",
    "몸이 괜찮은 날 신분증을 가지고 갑니다.": "Go with your ID on a day you feel well.",
    "방문 신청": "Apply in person.",
    "방문 신청 뒤 은행 통장을 만듭니다.": "Apply in person, then open a bank account.",
    "방문 신청. 가족이 대신해도 됩니다.": "Apply in person. Family may do it for you.",
    "방문 신청. 결과는 국민건강보험공단이 알립니다.": "Apply in person. The health insurer tells you the result.",
    "방문 신청. 사망신고 때 함께 할 수 있습니다.": "Apply in person, also when the death is registered.",
    "방문 신청. 지역자활센터에서 일합니다.": "Apply in person. The work is at a self-support center.",
    "방문 신청. 출생신고 때 함께 할 수 있습니다.": "Apply in person, also when the birth is registered.",
    "방문, 우편, 팩스, 누리집으로 신청. 가족이 대신해도 됩니다.": "In person, by post, fax or website. Family may do it for you.",
    "방문, 전화, 복지로로 신청. 가족이나 이웃이 대신해도 됩니다.": (
        "In person, by phone or at Bokjiro. Family or a neighbor may do it for you."
    ),
    "방문이나 전화로 신청": "Apply in person or by phone.",
    "방문이나 전화로 신청. 가족이 대신해도 됩니다.": "Apply in person or by phone. Family may do it for you.",
    "방문하거나 누리집에서 신청": "Apply in person or on the website.",
    "방문하거나 누리집에서 신청. 출생신고 때 함께 할 수 있습니다.": (
        "Apply in person or on the website, also when the birth is registered."
    ),
    "방문하거나 복지로·교육비원클릭에서 신청": "Apply in person, at Bokjiro or at One-Click for school costs.",
    "방문하거나 복지로에서 신청": "Apply in person or at Bokjiro.",
    "방문하거나 복지로에서 신청. 나오기 30일 전부터 신청할 수 있습니다.": (
        "Apply in person or at Bokjiro, from 30 days before leaving care."
    ),
    "방문하거나 복지로에서 신청. 이웃, 선생님, 통장도 대신 신청할 수 있습니다.": (
        "Apply in person or at Bokjiro. A neighbor, teacher or warden may apply for the child."
    ),
    "방문하거나 복지로에서 신청. 장애 정도는 국민연금공단이 심사합니다.": (
        "Apply in person or at Bokjiro. The National Pension Service looks at the disability."
    ),
    "방문하거나 복지로에서 신청. 주택조사는 LH가 합니다.": "Apply in person or at Bokjiro. LH comes to see the home.",
    "방문하거나 복지로에서 신청. 태어난 지 60일 안에 신청하면 태어난 때부터 드립니다.": (
        "Apply in person or at Bokjiro. Within 60 days of the birth it is paid from the birth on."
    ),
    "병원이 임신을 등록한 뒤 카드사나 공단에 신청합니다.": (
        "After the hospital has registered the pregnancy, apply at the card company or the insurer."
    ),
    "보건소에 임산부로 등록하거나 전화로 신청": "Register at the health center as pregnant, or apply by phone.",
    "보통 11~12월에 다음 해 참여자를 모읍니다. 빈자리는 그때그때 모읍니다.": (
        "Mostly in November and December for the next year; free places in between."
    ),
    "복지로 누리집이나 방문": "At Bokjiro (website) or in person.",
    "본인이나 가족이 방문·전화로 신청": "You or your family apply in person or by phone.",
    "본인이나 가족이 신청": "You or your family apply.",
    "본인이나 이웃이 전화": "You or a neighbor call.",
    "뽑는 때에 누리집에서 신청": "Apply on the website when it is open.",
    "수술 전에 보건소에 신청하고 연락을 받은 뒤 수술합니다.": (
        "Apply at the health center before the surgery, and wait for its call before you have it."
    ),
    "시설·센터의 선생님과 함께 신청합니다.": "Apply together with the staff of the home or center.",
    "신분증을 가지고 가면 교통카드를 만들어 드립니다.": "Bring your ID: you are given a transport card.",
    "신청하면 공단이 집에 와서 조사하고 시간을 정합니다.": "After you apply, they visit your home and set the hours.",
    "아기를 낳은 날부터 여섯 달 안에 신청. e보건소 누리집에서도 됩니다.": (
        "Within six months of the birth. Also on the e-Health website."
    ),
    "안내문을 받으면 전화·누리집·방문으로 신청": "When you get the letter, apply by phone, website or in person.",
    "어린이집에 가기 전에 신청하세요. 복지로에서도 됩니다.": "Apply before daycare begins. Also at Bokjiro.",
    "언제든지 1388에 전화하거나 문자하세요.": "Call or text 1388 at any time.",
    "예약하고 방문": "Make an appointment and go.",
    "우리동네키움포털에서 신청하거나 센터에 전화합니다.": "Apply at the Kium website or call the center.",
    "인정서를 보여 주고 기관과 계약합니다. 기관은 공단이 알려 드립니다.": (
        "Show the certificate and sign with an agency. The insurer tells you which there are."
    ),
    "인정서를 보여 주고 시설과 계약합니다.": "Show the certificate and sign with the care home.",
    "장애인 등록증(교통카드 기능)을 신청합니다. 장애인콜택시는 1588-4388입니다.": (
        "Apply for the disability card with transport. Call taxis for disabled people: 1588-4388."
    ),
    "전화 123이나 동주민센터에서 신청": "Call 123 or go to the community center.",
    "전화 132로 상담을 예약": "Call 132 for an appointment.",
    "전화 1332": "Call 1332.",
    "전화 1523이나 통신사 114·동주민센터에서 신청": ("Call 1523, or your phone company at 114, or go to the community center."),
    "전화 1577-1366": "Call 1577-1366.",
    "전화(위급하면 112)": "Call (112 in danger).",
    "전화나 방문": "Call or go there.",
    "전화나 방문. 가족·이웃이 대신 신청해도 됩니다.": "Call or go there. Family or a neighbor may apply for you.",
    "전화나 방문. 누구나 알릴 수 있습니다.": "Call or go there. Anybody may report.",
    "전화나 방문. 본인·이웃·통장 누구나 알릴 수 있습니다.": "Call or go there. You, a neighbor, a warden: anybody may report.",
    "전화나 방문. 서울은 가족돌봄청년 지원기관이 따로 있습니다.": (
        "Call or go there. Seoul has an agency of its own for young carers."
    ),
    "전화나 방문. 이웃이 알려도 됩니다.": "Call or go there. A neighbor may report.",
    "전화로 날을 잡고 갑니다. 못 오시면 집으로 가기도 합니다.": (
        "Make an appointment by phone. If you cannot come, they may come to you."
    ),
    "전화로 상담하고 신청합니다.": "Talk by phone and apply.",
    "전화로 예약하고 방문": "Make an appointment by phone and go.",
    "전화로 예약하고 방문하거나 앱으로 신청": "Make an appointment by phone, or use the app.",
    "전화하거나 동·경찰이 연결(위급하면 112)": ("Call, or be connected by the community center or police (112 in danger)."),
    "전화하거나 바로 찾아가기(1366이 이어 드립니다)": "Call or go there at once (1366 connects you).",
    "전화하거나 방문": "Call or go there.",
    "전화하거나 카카오톡 천사톡으로 보내세요": "Call, or write to 'Angel Talk' on KakaoTalk.",
    "전화하면 담당자가 찾아갑니다.": "Call: somebody comes to you.",
    "전화하면 이어 드립니다": "Call: they connect you.",
    "전화하면 이어 드립니다(위급하면 112)": "Call: they connect you (112 in danger).",
    "전화하면 찾아갑니다": "Call: they come to you.",
    "지금은 새로 뽑지 않습니다.": "Nobody new is taken in now.",
    "지원을 먼저 신청하고 돌보미를 부릅니다.": "Apply for the subsidy first, then ask for a carer.",
    "출산 예정일 40일 전부터 태어난 뒤 60일까지 신청. 복지로에서도 됩니다.": (
        "From 40 days before the due date to 60 days after the birth. Also at Bokjiro."
    ),
    "출생신고를 하며 함께 신청하세요. 복지로·정부24에서도 됩니다. 태어난 날부터 2년 안에 씁니다.": (
        "Apply when you register the birth, also at Bokjiro or Gov24. To be used within 2 years of the birth."
    ),
    "출생신고를 하며 함께 신청하세요. 복지로·정부24에서도 됩니다. 태어난 지 60일 안에 신청하면 태어난 달부터 드립니다.": (
        "Apply when you register the birth, also at Bokjiro or Gov24. Within 60 days it is paid from the month of the birth on."
    ),
    "치과가 공단에 등록해 드립니다. 치료를 시작하기 전에 물어보세요.": (
        "The dentist registers you with the insurer. Ask before treatment begins."
    ),
    "퇴원하기 전에 전화나 방문. 병원 사회사업실에 말해도 됩니다.": (
        "Call or go there before leaving hospital, or tell the hospital's social worker."
    ),
    "퇴원한 다음 날부터 180일 안에 방문 신청": "In person within 180 days after leaving hospital.",
    "학기마다 신청 기간에 누리집에서 신청": "On the website, in each term's application time.",
    "해마다 5월에 홈택스나 전화로 신청": "Every May at Hometax or by phone.",
}
