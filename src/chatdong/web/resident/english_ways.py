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
    "가족센터": "Family Center",
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
    "국민건강보험공단 지사(노인장기요양보험 운영센터)": ("branch of the National Health Insurance Service (long-term care desk)"),
    "국민건강보험공단 지사(의료급여는 구청)": (
        "branch of the National Health Insurance Service (Medical Benefit: district office)"
    ),
    "국민건강보험공단 지사나 카드사": "branch of the National Health Insurance Service, or your card company",
    "국민연금공단 지사": "branch of the National Pension Service",
    "근로복지공단 지사": "branch of the Workers' Compensation and Welfare Service",
    "금융감독원": "Financial Supervisory Service",
    "노숙인 종합지원센터": "support center for people without a home",
    "노인보호전문기관": "protection agency for older people",
    "누리집": "website",
    "누리집(서울시 모집)": "website (Seoul takes applications)",
    "다니는 병원이나 국민건강보험공단 지사": "your hospital, or branch of the National Health Insurance Service",
    "대한법률구조공단 지부": "branch of the Korea Legal Aid Corporation",
    "도시가스회사 또는 주소지 동주민센터": "gas company, or the community center where you live",
    "돌아가신 분 주소지 동주민센터": "community center where the person who died lived",
    "동주민센터, 시니어클럽, 노인복지관, 대한노인회": (
        "community center, Senior Club, senior welfare center or Korean Senior Citizens Association"
    ),
    "동주민센터나 국민연금공단 지사": "community center, or branch of the National Pension Service",
    "동주민센터나 누리집": "community center, or website",
    "몽땅정보 만능키 누리집": "Mongttang family website of Seoul",
    "범죄피해자지원센터": "Crime Victim Support Center",
    "보건소나 정해진 병의원": "health center or a listed clinic",
    "보훈지청": "veterans office",
    "서민금융통합지원센터": "Microfinance Support Center",
    "서울시": "City of Seoul",
    "서울시 전월세종합지원센터·구청": "Seoul Rental Support Center, or the district office",
    "서울시 청년 누리집 또는 동주민센터": "Seoul youth website, or a community center",
    "서울시복지재단 자산형성지원사업 누리집": "savings program website of the Seoul Welfare Foundation",
    "서울주거포털 누리집": "Seoul Housing Portal (website)",
    "세무서": "tax office",
    "소상공인시장진흥공단": "Small Enterprise and Market Service",
    "신용회복위원회 지부": "branch of the Credit Counseling and Recovery Service",
    "양육비이행관리원": "Child Support Agency",
    "일한 곳을 맡는 지방고용노동청": "labor office for the place you worked",
    "장기요양기관(요양원)": "care home",
    "장애인권익옹호기관": "advocacy agency for disabled people",
    "전화": "by phone",
    "전화·문자": "by phone or text",
    "전화·채팅": "by phone or chat",
    "주소지 동주민센터": "community center where you live",
    "주소지 동주민센터 또는 KBS·한국전력": "community center where you live, or KBS or KEPCO",
    "주소지 동주민센터 또는 구 푸드마켓": "community center where you live, or the food market of your district",
    "주소지 동주민센터 또는 국민건강보험공단": "community center where you live, or the National Health Insurance Service",
    "주소지 동주민센터 또는 보건소": "community center where you live, or a health center",
    "주소지 동주민센터 또는 복지관": "community center where you live, or a welfare center",
    "주소지 동주민센터(정부지원)와 아이돌봄 누리집": (
        "community center where you live (for the subsidy) and the childcare website"
    ),
    "주소지 동주민센터나 구청": "community center where you live, or the district office",
    "주소지 동주민센터나 국민연금공단 지사": "community center where you live, or branch of the National Pension Service",
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
    "지내던 시설이나 가정위탁지원센터와 구청": "the home you lived in or the foster care center, and the district office",
    "지정 병원(서울의료원 등)": "listed hospitals (Seoul Medical Center and others)",
    "청년몽땅정보통 누리집": "Seoul youth website",
    "청소년쉼터": "youth shelter",
    "치매안심센터(치매)나 동주민센터(발달·정신장애)": (
        "Dementia Center (dementia) or community center (developmental or mental disability)"
    ),
    "카드사와 누리집": "card company and website",
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
    "고용24에서 신청하거나 방문": "Apply at Work24 or in person.",
    "고용24에서 신청하거나 방문(휴가·휴직이 끝나고 12개월 안에)": (
        "Apply at Work24 or in person (within 12 months after the leave)."
    ),
    "그냥 가면 됩니다. 곳은 120에 물어보세요": "Just go. Ask 120 where it is.",
    "긴급지원을 신청할 때 함께 말합니다.": "Ask for it when you apply for emergency help.",
    "누리집에서 신청": "Apply on the website.",
    "누리집에서 신청(폐업 신고와 철거를 하기 전에 먼저 상담)": (
        "Apply on the website (ask before you close the business or clear the shop)."
    ),
    "대부분 자동으로 됩니다. 안 깎였으면 공단에 전화하세요.": "Mostly by itself. If it was not lowered, call the insurer.",
    "동 직원에게 말하면 됩니다": "Tell the staff of the community center.",
    "동 직원에게 말하면 이어 드립니다": "Tell the staff of the community center: they connect you.",
    "동 직원이나 복지관이 추천": "The community center or a welfare center recommends you.",
    "동에서 먼저 연락합니다. 전화로 부탁해도 됩니다.": "The community center calls you first. You may also ask by phone.",
    "동에서 추천": "The community center recommends you.",
    "동주민센터 방문이나 누리집·전화": "Go to the community center, or use the website or phone.",
    "동주민센터 방문이나 복지로에서 신청(본인이나 보호자)": "At the community center or at Bokjiro (you or a guardian).",
    "동주민센터 방문이나 전화": "Go to the community center or call.",
    "동주민센터의 추천을 받아 이용": "The community center recommends you.",
    "먼저 양육비 받아 내기를 신청하고 선지급을 함께 신청": (
        "Apply for help to collect child support, and for the advance with it."
    ),
    "모집 공고를 보고 신청(수급자는 동주민센터)": "Apply when it is announced (recipients: at the community center).",
    "모집 기간에 가족센터나 누리집에서 신청": "At the Family Center or website when applications are open.",
    "모집 기간에 누리집이나 정부24+에서 신청": "On the website or Gov24+ when applications are open.",
    "모집 기간에 방문하거나 복지로에서 신청": "Go there or apply at Bokjiro when applications are open.",
    "몸이 괜찮은 날 신분증을 가지고 갑니다.": "Go with your ID on a day you feel well.",
    "방문 신청": "Apply in person.",
    "방문 신청 뒤 은행 통장을 만듭니다.": "Apply in person, then open a bank account.",
    "방문 신청. 가족이 대신해도 됩니다.": "Apply in person. Family may do it for you.",
    "방문 신청. 결과는 국민건강보험공단이 알립니다.": "Apply in person. The health insurer tells you the result.",
    "방문 신청. 사망신고 때 함께 할 수 있습니다.": "Apply in person, also when the death is registered.",
    "방문 신청. 지역자활센터에서 일합니다.": "Apply in person. The work is at a self-support center.",
    "방문 신청. 출생신고 때 함께 할 수 있습니다.": "Apply in person, also when the birth is registered.",
    "방문, 우편, 팩스, 누리집으로 신청. 가족이 대신해도 됩니다.": (
        "In person, by post, fax or website. Family may do it for you."
    ),
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
    "병원 원무과나 사회사업실에 말합니다. 말이 어려우면 1577-1366": (
        "Tell the hospital's office or social worker. For an interpreter call 1577-1366."
    ),
    "병원이 임신을 등록한 뒤 카드사나 공단에 신청합니다.": (
        "After the hospital has registered the pregnancy, apply at the card company or the insurer."
    ),
    "보건소에 등록하고 신청": "Register at the health center and apply.",
    "보건소에 임산부로 등록하거나 전화로 신청": "Register at the health center as pregnant, or apply by phone.",
    "보통 11~12월에 다음 해 참여자를 모읍니다. 빈자리는 그때그때 모읍니다.": (
        "Mostly in November and December for the next year; free places in between."
    ),
    "복지로 누리집이나 방문": "At Bokjiro (website) or in person.",
    "본인이나 가족이 방문·전화로 신청": "You or your family apply in person or by phone.",
    "본인이나 가족이 신청": "You or your family apply.",
    "본인이나 이웃이 전화": "You or a neighbor call.",
    "뽑는 때에 누리집에서 신청": "Apply on the website when it is open.",
    "사기 전에 병원에서 처방을 받고, 등록된 가게에서 산 뒤 신청": (
        "Get a prescription first, buy at a registered shop, then apply."
    ),
    "산정특례에 등록한 뒤 보건소에 신청": "Register for the special copay, then apply at the health center.",
    "상담하면 기관이 법원에 신청해 드림": "Talk to them: they apply to the court for you.",
    "서울런 누리집에서 가입 신청": "Join on the Seoul Learn website.",
    "수술 전에 보건소에 신청하고 연락을 받은 뒤 수술합니다.": (
        "Apply at the health center before the surgery, and wait for its call before you have it."
    ),
    "시설·센터의 선생님과 함께 신청합니다.": "Apply together with the staff of the home or center.",
    "시술 전에 보건소 방문이나 e보건소·정부24에서 신청": "Before treatment, at the health center, e-Health or Gov24.",
    "신분증을 가지고 가면 교통카드를 만들어 드립니다.": "Bring your ID: you are given a transport card.",
    "신청 기간(대개 11월)에 누리집이나 동주민센터에서 신청": (
        "On the website or at the community center when open (mostly November)."
    ),
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
    "전화 117, 문자 #0117, 급하면 112": "Call 117 or text #0117; 112 in danger.",
    "전화 123이나 동주민센터에서 신청": "Call 123 or go to the community center.",
    "전화 129(국번 없이), 서울시 일은 120": "Call 129; for Seoul matters 120.",
    "전화 1308(이름을 말하지 않아도 됩니다)": "Call 1308 (no name needed).",
    "전화 132로 상담을 예약": "Call 132 for an appointment.",
    "전화 1332": "Call 1332.",
    "전화 1336, 누리집 채팅": "Call 1336 or chat on the website.",
    "전화 1350으로 묻고, 노동포털에서 진정을 내거나 방문": "Ask at 1350; file a complaint at the labor portal or in person.",
    "전화 1355로 묻고 방문·우편·누리집으로 신청(5년이 지나면 못 받을 수 있음)": (
        "Ask at 1355; apply in person, by post or website (after 5 years it may be too late)."
    ),
    "전화 1397이나 '서민금융 잇다' 앱으로 예약하고 방문": "Make an appointment at 1397 or with the 'Itda' app and go.",
    "전화 1523이나 통신사 114·동주민센터에서 신청": ("Call 1523, or your phone company at 114, or go to the community center."),
    "전화 1533-1179로 예약(가기 며칠 전이 좋고 급하면 당일도 물어봅니다)": (
        "Book at 1533-1179 (some days ahead; ask for the same day if urgent)."
    ),
    "전화 1577-1366": "Call 1577-1366.",
    "전화(위급하면 112)": "Call (112 in danger).",
    "전화나 누리집으로 상담하고 신청": "Talk by phone or website and apply.",
    "전화나 방문": "Call or go there.",
    "전화나 방문. 가족·이웃이 대신 신청해도 됩니다.": "Call or go there. Family or a neighbor may apply for you.",
    "전화나 방문. 누구나 알릴 수 있습니다.": "Call or go there. Anybody may report.",
    "전화나 방문. 본인·이웃·통장 누구나 알릴 수 있습니다.": ("Call or go there. You, a neighbor, a warden: anybody may report."),
    "전화나 방문. 서울은 가족돌봄청년 지원기관이 따로 있습니다.": (
        "Call or go there. Seoul has an agency of its own for young carers."
    ),
    "전화나 방문. 이웃이 알려도 됩니다.": "Call or go there. A neighbor may report.",
    "전화로 날을 잡고 갑니다. 못 오시면 집으로 가기도 합니다.": (
        "Make an appointment by phone. If you cannot come, they may come to you."
    ),
    "전화로 묻고 공단이나 다니는 병원에서 신청(회사 도장은 없어도 됩니다)": (
        "Ask by phone; apply at the agency or your hospital (no stamp of the employer needed)."
    ),
    "전화로 상담하고 신청합니다.": "Talk by phone and apply.",
    "전화로 상담하고 피해자 결정을 신청(이사하기 전에 먼저 상담)": (
        "Talk by phone and apply to be recognized as a victim (before you move out)."
    ),
    "전화로 예약하고 방문": "Make an appointment by phone and go.",
    "전화로 예약하고 방문하거나 앱으로 신청": "Make an appointment by phone, or use the app.",
    "전화하거나 동·경찰이 연결(위급하면 112)": "Call, or be connected by the community center or police (112 in danger).",
    "전화하거나 바로 찾아가기(1366이 이어 드립니다)": "Call or go there at once (1366 connects you).",
    "전화하거나 방문": "Call or go there.",
    "전화하거나 카카오톡 천사톡으로 보내세요": "Call, or write to 'Angel Talk' on KakaoTalk.",
    "전화하면 담당자가 찾아갑니다.": "Call: somebody comes to you.",
    "전화하면 이어 드립니다": "Call: they connect you.",
    "전화하면 이어 드립니다(위급하면 112)": "Call: they connect you (112 in danger).",
    "전화하면 찾아갑니다": "Call: they come to you.",
    "지금은 새로 뽑지 않습니다.": "Nobody new is taken in now.",
    "지원을 먼저 신청하고 돌보미를 부릅니다.": "Apply for the subsidy first, then ask for a carer.",
    "진단받은 병원에서 등록을 부탁하면 됩니다": "Ask the hospital that diagnosed you to register you.",
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
    "카드를 만들고 누리집이나 앱에 회원 가입": "Get the card and join on the website or app.",
    "퇴원하기 전에 전화나 방문. 병원 사회사업실에 말해도 됩니다.": (
        "Call or go there before leaving hospital, or tell the hospital's social worker."
    ),
    "퇴원한 다음 날부터 180일 안에 방문 신청": "In person within 180 days after leaving hospital.",
    "퇴원한 뒤 보건소에 신청(기한이 있으니 먼저 전화)": (
        "Apply at the health center after leaving hospital (there is a time limit: call first)."
    ),
    "학기마다 신청 기간에 누리집에서 신청": "On the website, in each term's application time.",
    "해마다 5월에 홈택스나 전화로 신청": "Every May at Hometax or by phone.",
}
