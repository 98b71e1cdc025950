"""Words of illness, disability and relief near a name (PII.HEALTH): the whole of them, never half a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.wording.personal.names import Name
from gongkai.wording.personal.surroundings import Hit

# A programme, an office or a text is named for an illness or a group; that is nobody's condition.
_PROGRAMME = (
    r"(?!两项|[的]?(?:防治|防控|预防|筛查|管理|康复|服务|医院|中心|专科|疫苗|知识|救助|医疗|补贴|补助|生活|护理|保障|联合会|联"
    r"|事业|权益|就业|托养|辅助|辅具|专项|按比例|教育|福利|政策|名单|名册|信息|工作|组织|体育|标准|资金|金|发放|审[核批]|待遇"
    r"|动态|认定|证|研究|宣传|监测|规划|方案|门诊))"
)
_ORGAN = (
    "肺|胃|肝|乳腺|宫颈|直肠|结肠|肠|食道|食管|胰腺|卵巢|前列腺|膀胱|甲状腺|鼻咽|喉|皮肤|淋巴"
    "|骨|肾|舌|胆囊|胆管|子宫内膜|子宫|脑|血"
)
_ILLNESSES = (
    rf"(?:{_ORGAN})癌|癌症?|恶性肿瘤|肿瘤|艾滋病|尿毒症|白血病|抑郁症|焦虑症|双相情感障碍|精神分裂症?|精神障碍|精神病|智力障碍"
    r"|肺结核|结核病?|[甲乙丙]?型?肝炎|[乙丙]肝|梅毒|淋病|性病|糖尿病|高血压|冠心病|心脏病|脑梗死?|脑出血|脑瘫|中风|癫痫|血友病"
    r"|帕金森病?|阿尔茨海默病?|老年痴呆|自闭症|孤独症|唐氏综合征|瘫痪|截瘫|偏瘫|失明|聋哑|肾衰竭|肾病|肝硬化|红斑狼疮|尘肺病?"
    r"|矽肺病?|吸毒|怀孕|流产|病历"
)
_STAGE = "(?:[早中晚末]期|中晚期)?+(?:患者|病人|感染者|携带者|后遗症)?+"
_GRADE = "(?:[一二三四1-4]级)?+"
_HEALTH = re.compile(
    rf"患有?[一-龥]{{1,8}}?(?:病|症|癌|炎|瘤|狼疮|障碍){_STAGE}{_PROGRAMME}"
    rf"|(?:确诊[为患]?|患有?|身患|罹患)?+(?:{_ILLNESSES}){_STAGE}{_PROGRAMME}"
    rf"|{_GRADE}(?:重度|轻度|中度)?+(?:智力|肢体|视力|听力|言语|精神|多重)残疾(?:人员?|者)?+{_GRADE}{_PROGRAMME}"
    rf"|{_GRADE}(?:重度|轻度|中度)?+残疾(?:人员?|者|儿童)?+{_GRADE}{_PROGRAMME}"
    rf"|低保(?:边缘)?+(?:户|对象|人员|家庭)?+{_PROGRAMME}"
)
# How far from a name a word of illness still speaks of its bearer.
_NEAR = 15
_LONGEST = 18  # characters of such words
_STOP = re.compile(r"[。;!?\n]")


def find_health(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    """PII.HEALTH: looked for only around names, which are few."""
    told = 0
    for name in names:
        first = max(told, name.start - _NEAR - _LONGEST, 0)
        for found in _HEALTH.finditer(text, first, name.end + _NEAR + _LONGEST):
            if _near(text, found.start(), found.end(), name):
                told = max(told, found.end())
                yield Hit("PII.HEALTH", found.start(), found.end(), "private")


def _near(text: str, start: int, end: int, name: Name) -> bool:
    """Whether the words stand in one clause with the name, a few characters away."""
    first, last = (name.end, start) if name.end <= start else (end, name.start)
    return 0 <= last - first <= _NEAR and not _STOP.search(text, first, last)
