"""Whom an office names to be asked, or to answer for something: names that stay public (PII.L3).

The rule is one for every way of writing: right behind a word for somebody on duty a name is the office's own,
with its office telephone; a mobile number beside it is asked about, the name is not.
"""

from __future__ import annotations

import re

_WORDS = (
    r"联系人|联络人|联络员|经办人|经手人|承办人|主办人|责任人|负责人|咨询人|受理人|接收人|值班员|网格员|审核人|签发人|发言人"
    r"|(?:值班|执法|受理|工作|咨询|接待|经办|承办|责任|联络|联系|管理|监管|包保|驻村)人员|驻村干部|技术指导员"
    r"|(?:分管|主要|包保|带班|值班|责任)领导|书记|主任|(?:省|市|区|县|乡|镇|局|厅|处|科|股|所|站|院|校|河|湖|林|路|田|网格|队|组)长"
)
# Behind the word: what is asked for beside the name. Blanks may stand between the characters of 联 系 人.
_ASKED = r"(?:姓名|名称)?(?:(?:及其?|和|与|、)?(?:联系)?(?:电话|方式|手机)(?:号码)?)?(?:\([^()\n]{0,10}\))?"
_SPACED = "|".join(r"[ \t]?".join(word) for word in ("联系人", "经办人", "负责人", "联络员"))
_BEFORE = re.compile(rf"(?:{_WORDS}|{_SPACED}){_ASKED}[为是]?[:\s]{{0,4}}\Z")
_GLUED = re.compile(rf"(?:{_WORDS})\Z")
_PRIVATE = re.compile(
    r"(?:申请人|申请者|请求人|原告|第三人|当事人|投诉人|举报人|信访人|反映人|来信人|来访人|患者|病人|家属|亲属|家庭|户主|被征收人"
    r"|被拆迁人|被征地人|受害人|被害人|伤者|死者|村民|居民|市民|业主|住户|农户|家长|学生|考生|监护人|个人|本人|紧急|公司|企业)"
    r"(?:的|方|单位)?\Z"
)
_REACH = 28  # characters before a name: the longest word with all that may follow it


def is_on_duty(text: str, start: int) -> bool:
    """Whether the name that begins at `start` stands right behind a word for somebody on duty.

    >>> is_on_duty("项目联系人及电话:王明 0557-3030303", 9)
    True
    >>> is_on_duty("患者家属联系人:王明", 8)
    False
    """
    first = max(0, start - _REACH, text.rfind("\n", 0, max(0, start - 1)) + 1)
    found = _BEFORE.search(text, first, start)
    return found is not None and not _PRIVATE.search(text, max(0, found.start() - 8), found.start())


def asks_on_duty(text: str, start: int) -> bool:
    """Whether the word that ends at `start` (姓名, 名称) is asked of somebody on duty: 联系人姓名."""
    found = _GLUED.search(text, max(0, start - 10), start)
    return found is not None and not _PRIVATE.search(text, max(0, found.start() - 8), found.start())
