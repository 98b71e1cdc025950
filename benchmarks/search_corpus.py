"""A corpus for measuring search: invented documents, and questions whose answers are known from the making.

The same seed gives the same corpus. Every organ, place, person and number in it is invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from gongkai.web.search.engine.schema import Document, File

# What documents are about, with words that people use for it besides.
TOPICS: dict[str, tuple[str, ...]] = {
    "老旧小区加装电梯": ("加装电梯", "电梯"),
    "农村生活垃圾分类": ("垃圾分类", "生活垃圾"),
    "小型水利工程管护": ("水利工程", "水利"),
    "高标准农田建设": ("农田建设", "农田"),
    "社区居家养老服务": ("养老服务", "养老"),
    "困难群众临时救助": ("临时救助", "救助"),
    "中小学课后服务": ("课后服务", "课后"),
    "新能源汽车充电桩布局": ("充电桩", "新能源汽车"),
    "防汛抗旱应急预案": ("防汛抗旱", "防汛"),
    "森林防灭火督查": ("森林防火", "防灭火"),
    "城镇燃气安全整治": ("燃气安全", "燃气"),
    "食品小作坊登记": ("食品小作坊", "小作坊"),
    "秸秆综合利用": ("秸秆利用", "秸秆"),
    "河湖长巡查制度": ("河湖长", "巡查制度"),
    "住房公积金提取": ("公积金提取", "公积金"),
    "城乡居民医疗保险参保": ("医疗保险", "医保"),
    "残疾人两项补贴发放": ("残疾人补贴", "残疾人"),
    "退役军人就业创业扶持": ("退役军人", "就业创业"),
    "农村危房改造": ("危房改造", "危房"),
    "公共租赁住房分配": ("公共租赁住房", "公租房"),
    "重大动物疫病防控": ("动物疫病", "疫病防控"),
    "非机动车停放管理": ("非机动车", "停放管理"),
    "户外广告设施设置": ("户外广告", "广告设施"),
    "建筑垃圾消纳处置": ("建筑垃圾", "消纳"),
    "饮用水水源保护区划定": ("饮用水", "水源保护"),
    "义务教育阶段招生": ("义务教育", "招生"),
    "公办幼儿园收费": ("幼儿园收费", "幼儿园"),
    "人才引进安家补助": ("人才引进", "安家补助"),
    "中小微企业贷款贴息": ("贷款贴息", "中小微企业"),
    "安全生产责任保险": ("安全生产", "责任保险"),
    "消防车通道清理": ("消防车通道", "消防"),
    "道路交通事故多发路段治理": ("交通事故", "多发路段"),
    "乡村公路养护": ("公路养护", "乡村公路"),
    "土地征收补偿安置": ("土地征收", "征收补偿"),
    "财政预算绩效评价": ("预算绩效", "绩效评价"),
    "政府采购意向公告": ("政府采购", "采购意向"),
    "殡葬服务价格": ("殡葬服务", "殡葬"),
    "婚姻登记预约": ("婚姻登记", "预约"),
    "流浪犬收容处置": ("流浪犬", "收容"),
    "网络预约出租汽车许可": ("网约车", "出租汽车"),
}
# Of each topic a document treats one side; people ask for it in their own words.
ASPECTS: dict[str, tuple[str, str]] = {
    "申请条件": ("申请人应当符合下列条件，并按照属地原则提出申请。", "怎么申请，需要什么条件"),
    "补助标准": ("补助标准按照类别核定，资金由财政分两次拨付。", "能补助多少钱，标准是什么"),
    "办理材料": ("办理时应当提交身份证明、申请表等办理材料。", "办理要带哪些材料"),
    "监督检查": ("主管部门应当加强监督检查，对违规行为依法处理。", "由谁来监督检查"),
    "工作分工": ("各成员单位按照工作分工履行职责，定期会商。", "工作分工是怎么定的"),
}
_FORMS = ("实施方案", "管理办法", "工作通知", "公告", "情况通报", "政策解读")
_VERBS = (
    "落实",
    "推进",
    "完善",
    "加强",
    "统筹",
    "组织",
    "开展",
    "健全",
    "规范",
    "优化",
    "核实",
    "评估",
    "汇总",
    "公示",
)
_NOUNS = (
    *("工作机制", "台账", "专项资金", "服务流程", "网格员", "基层站所", "考核指标", "信息系统", "村民委员会"),
    *(
        "实施主体",
        "年度计划",
        "风险隐患",
        "联席会议",
        "群众意见",
        "责任清单",
        "技术规范",
        "验收报告",
        "宣传活动",
    ),
    *(
        "档案资料",
        "示范点",
        "第三方机构",
        "监测数据",
        "应急队伍",
        "公开栏",
        "物资储备",
        "培训课程",
        "便民窗口",
    ),
)
_ADVERBS = (
    "按季度",
    "分批次",
    "及时",
    "逐级",
    "统一",
    "依法",
    "稳妥",
    "全面",
    "重点",
    "定期",
    "如实",
    "同步",
)
_PLACE = "青桐柳溪云岭梅竹松石泉湖沙渡桥塘坪岗洼湾堰浦港原川霞雁鹭鹤枫榆槐桑莲荷菱"
_PLACE_END = ("镇", "乡", "街道")
_SURNAMES = "皇端司宇文轩辕令狐呼延东方澹台公冶"
_GIVEN = "澄岚屿沅汐昀珩琛瑄璟钰栩楠梓晏晗曜烨煦熠苒芃茗荻葳"
_FIRM = ("晟", "瀚", "沐", "翎", "珞", "霁", "澜", "垚", "骐", "嵘", "沁", "禾", "榕", "隽", "淼", "硕")
_FIRM_END = ("建设有限公司", "环境科技有限公司", "养老服务中心", "农业合作社", "物业有限公司")
_ORGANS = ("政", "政办", "民", "建", "水", "农", "教", "卫", "财", "人社", "应急", "市监")
# A character, and one that sounds the same.
_SAME_SOUND = """
梯题 垃拉 圾级 汛训 旱汗 燃然 秸桔 征正 贴帖 殡宾 葬藏 婚昏 犬劝 桩庄
驿译 湖胡 危为 农浓 医衣 险显 救旧 助住 租组 赁吝 招昭 幼又 贷代 消肖
采彩 购够 绩积 效笑 养氧 老姥 服伏 务物 补捕 军君 役易 疫异 防房 林临
停亭 告稿 饮引 源圆 义议 育玉 才材 企起 产铲 安按 路陆 公工
"""
_HOMOPHONES = {pair[0]: pair[1] for pair in _SAME_SOUND.split()}
ZONE = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its judged answers: the id of a document with 3, 2 or 1; what is not named is wrong."""

    kind: str
    text: str
    answers: dict[int, int]


@dataclass(slots=True)
class Told:
    """What a document was made with."""

    document: Document
    topic: str
    aspect: str
    place: str
    name: str
    number: str
    in_file: str = ""


@dataclass(slots=True)
class Corpus:
    told: list[Told] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def documents(self) -> list[Document]:
        return [one.document for one in self.told]


def documents(count: int, seed: int = 6, sentences: int = 24) -> Iterator[Told]:
    """`count` documents of about `sentences` × 30 characters, every fourth with an attachment."""
    chance = Random(seed)
    places = sorted({f"{a}{b}{chance.choice(_PLACE_END)}" for a in _PLACE[:20] for b in _PLACE[20:]})
    serial = dict.fromkeys(_ORGANS, 0)
    for pk in range(1, count + 1):
        organ = chance.randrange(len(_ORGANS))
        word = _ORGANS[organ]
        serial[word] += 1
        number = f"虚{word}发〔{_year(pk)}〕{serial[word]}号"
        topic, aspect = chance.choice(list(TOPICS)), chance.choice(list(ASPECTS))
        place, name = chance.choice(places), _name(chance)
        in_file = f"{_name(chance)}承接项目" if pk % 4 == 0 else ""
        lines = [_sentence(chance, topic) for _ in range(max(2, round(sentences * chance.uniform(0.4, 1.6))))]
        lines[0] = f"为做好{place}{topic}工作，{ASPECTS[aspect][0]}"
        lines.insert(len(lines) // 2, f"具体事务由{name}承担，联系人为{_person(chance)}。")
        text = f"{topic}明细表\n{in_file}\n{_sentence(chance, topic)}"
        document = Document(
            pk,
            organ + 1,
            f"{place}关于{topic}{aspect}的{chance.choice(_FORMS)}",
            number,
            f"11999999000000001X/{_year(pk)}-{pk:06d}",
            keywords=f"{topic} {aspect}",
            summary=f"{place}{topic}{aspect}",
            organ_names=f"虚构市{place}",
            body="\n".join(lines),
            files=(File(f"附件{pk % 3 + 1}.docx", text),) if in_file else (),
        )
        yield Told(_with_facets(document), topic, aspect, place, name, number, in_file)


def _with_facets(document: Document) -> Document:
    """What results can be narrowed and sorted by, spread over the documents."""
    pk, organ, year = document.id, document.organ, _year(document.id)
    moment = dt.datetime(year, 1 + pk % 12, 1 + pk % 28, tzinfo=ZONE)
    return replace(
        document,
        category=f"20.{1 + organ % 8:02d}",
        theme=f"{1 + organ % 9:02d}",
        genre="circular",
        kind="document",
        year=year,
        validity="in_force" if pk % 7 else "repealed",
        published=int(moment.timestamp()) * 1_000_000,
        in_force=bool(pk % 7),
    )


def _year(pk: int) -> int:
    return 2010 + pk % 15


def corpus(count: int = 3_000, each: int = 32, seed: int = 6) -> Corpus:
    """Documents, and `each` questions of each of seven kinds."""
    from benchmarks.search_questions import questions

    made = Corpus(list(documents(count, seed)))
    made.questions = list(questions(made.told, each, Random(seed + 1)))
    return made


def misspelt(word: str, chance: Random) -> str:
    """The word with a character that sounds the same, else with two characters turned round."""
    places = [at for at, one in enumerate(word) if one in _HOMOPHONES]
    if places:
        at = chance.choice(places)
        return word[:at] + _HOMOPHONES[word[at]] + word[at + 1 :]
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _sentence(chance: Random, topic: str) -> str:
    said = f"{chance.choice(_ADVERBS)}{chance.choice(_VERBS)}{chance.choice(_NOUNS)}"
    more = f"{chance.choice(_VERBS)}{chance.choice(_NOUNS)}"
    about = chance.choice((topic[:4], topic[-4:], "有关事项", "本项工作", "各项任务"))
    return f"围绕{about}，{said}，{more}，第{chance.randrange(1, 40)}项任务由{_person(chance)}负责。"


def _person(chance: Random) -> str:
    return f"{chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}{chance.choice(_GIVEN)}"


def _name(chance: Random) -> str:
    return f"{chance.choice(_FIRM)}{chance.choice(_GIVEN)}{chance.choice(_FIRM)}{chance.choice(_FIRM_END)}"
