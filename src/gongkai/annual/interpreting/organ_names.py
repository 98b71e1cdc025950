"""Names of organs: what one looks like, and where in a title or a sentence it stands."""

from __future__ import annotations

import re

HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"  # names of places have rare characters
# fmt: off
_SUFFIX = (
    "(?:人民政府(?:办公[厅室])?|街道办事处|办事处|行政公署|管理委员会|管委会|工作委员会|工委|委员会|办公[厅室]"
    "|[分总支]?局|厅|海关|[总支大中]队|中心|法院|检察院|联合会|联合社|协会|学会|商会|总会|红十字会|[总分]会|公司|集团"
    "|医院|卫生院|保健院|学校|中学|小学|幼儿园|大学|学院|党校|研究[院所]|银行|[支分]行|署|委|办|社|馆|所|站|部|院"
    "|校|园|处|台|场|基金会|团|监狱|气象台|[分总]公司)"
)
# fmt: on
_ORGAN_END = re.compile(_SUFFIX + r"(?:\([^()]*\))?$")
_ZONE = "(?:开发区|高新区|保税区|度假区|示范区|风景区|产业园区?|工业园区?|园区|经开区|合作区|自贸区|管理区)"
_PLACE_END = re.compile(f"{_ZONE}$|新区$|[省市县区镇乡旗州盟]$|苏木$|街道$|地区$")
_ZONE_END = re.compile(f"{_ZONE}$")
_YEAR_WORDS = re.compile(r"(?<!\d)20[0-4]\d\s*年?度?|二[〇○零Oo0][〇○零一二三四五六七八九Oo0]{2}\s*年度?")
# Not the subject of a title but an organ's or a unit's own name: 政务公开办公室, 信息公开中心.
_SUBJECT = re.compile(r"(?:政府)?(?:信息公开|政务公开)(?!办公室|办(?!理)|中心|服务|领导小组|委员会|[局处科])")
_ENDING = re.compile(r"年度?(?:工作)?报告?|年报|工作报告|情况(?:的)?报告|工作(?:情况)?(?:的)?(?:年度)?总结")
_BEFORE_NAME = re.compile(
    r"^(?:附件[一二三四五六七八九十\d]*[:.、]?|关于|公布|发布|印发|公开|转发|度|[\d.、()•●·*#>:《\"“—-]|名称|标题|[一二三四五六七八九十]+、)+"
)
_BEHIND_NAME = re.compile(r"(?:关于|工作|年度?|的|《|[\"”:·—-])+$")
_NOT_A_NAME = re.compile("[服全大]务?大局$|^(?:中心|[全大格结布时变]局|单位|部门|政府|机关|本.*|我.*|各.*)$")


def is_organ_name(text: str) -> bool:
    """Whether a simplified text without spaces is the name of an organ or a place, and nothing else.

    >>> is_organ_name("国家税务总局云岭县税务局"), is_organ_name("云岭县市场监督管理局(知识产权局)")
    (True, True)
    >>> is_organ_name("服务大局"), is_organ_name("政务公开")
    (False, False)
    """
    if not re.fullmatch(rf"[{HAN}·、]{{2,40}}(?:\([{HAN}、]{{2,20}}\))?[{HAN}]{{0,16}}", text):
        return False
    if _NOT_A_NAME.search(text) or re.search("公开|报告|年报|附表", text):
        return False
    return bool(_ORGAN_END.search(text) or _PLACE_END.search(text))


def name_before_subject(title: str) -> str:
    """What a simplified title names before its subject: the organ. Empty where it names none."""
    text = _YEAR_WORDS.sub("", title)
    subject = _SUBJECT.search(text)
    name = text[: subject.start()] if subject else _ENDING.split(text)[0]
    name = _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", re.sub(r"年度|[\s》]", "", name)))
    name = re.sub(r"\(\)", "", name)
    if name.startswith("年") and not subject:
        return ""
    if not subject and not _ORGAN_END.search(name) and not _PLACE_END.search(name):
        return ""
    if name.count("(") != name.count(")"):
        name = re.sub(r"[()]", "", name)
    return name if re.fullmatch(rf"[{HAN}·、()]{{2,40}}", name) and not _NOT_A_NAME.search(name) else ""


def named_fully(text: str) -> bool:
    """Whether a name ends as those of organs or places do."""
    return bool(_ORGAN_END.search(text) or _PLACE_END.search(text))


def with_office(name: str, report: str) -> str:
    """A place's name made its government's, as the report itself calls it: 溪口镇 -> 溪口镇人民政府."""
    if not _PLACE_END.search(name) or (_ORGAN_END.search(name) and not _ZONE_END.search(name)):
        return name
    usual = "人民政府"
    if name.endswith("街道"):
        usual = "办事处"
    elif _ZONE_END.search(name):
        usual = "管理委员会"
    elif name.endswith("地区"):
        usual = "行政公署"
    others = ("管理委员会", "管委会", "人民政府", "办事处", "行政公署")
    return name + next((office for office in (usual, *others) if name + office in report), usual)
