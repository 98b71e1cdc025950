"""Section 5, main problems and improvement: that it names problems and measures (REG.50(4), FMT.S5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding

_SECTION = "problems"
# 无。 本年度无。 暂无需要说明的问题: none are told.
_NONE = re.compile(
    r"(?:\d{4}年度?|本年度?|本机关|本单位|我[^,，。]{1,3}?|目前|[,，:])*(?:暂?无|没有|不存在|未发现)"
    r"(?:存在|需要?|明显|突出|重大|较大)?(?:的)?(?:说明的?)?(?:主要)?(?:问题|情况)?(?:和|及)?(?:改进(?:情况|措施))?[。.]?"
)
# Of a problem, not of what is done about it: 宣传力度有待加强, 主动性不强.
_WANTING = re.compile(
    "(?:有待|亟待|亟需|仍需|尚需|还需|需要?|不够|不足|未能?|缺乏|欠缺)(?:于)?(?:进一步|不断|继续|持续)?"
    "(?:得到)?(?:加强|提高|提升|完善|规范|优化|健全|深化|强化|加大|拓宽|增强|改进|落实|推进|创新|丰富|细化|充分|扎实)?"
)
_TO_COME = re.compile("下一步|今后|改进|整改|措施|将")
_MEASURES = re.compile(
    "改进|整改|解决|下一步|下一年|今后|接下来|将|措施|打算|计划|加强|加大|完善|强化|提升|提高|健全|优化|推进|规范|落实"
    "|深化|拓[宽展]|增强|丰富|创新|细化|明确|建立|开展|组织|严格|推动|充实|配[齐备强]|做到|做好|压实|定期|确保|针对"
)


@serves("problems_empty", "problems_none", "improvement_missing")
def problems_and_improvement_are_told(case: Examination) -> Iterator[Finding]:
    """REG.50(4), FMT.S5: the section names concrete problems, and what is done about them."""
    if case.form.code == "2014":
        return
    heading = next((entry for entry in case.report.headings if entry[0] == _SECTION), None)
    text = case.section_text(_SECTION)
    if not text:
        if heading is not None:
            yield case.finding(
                "problems_empty",
                "第五部分“存在的主要问题及改进情况”只有标题、没有内容。《条例》第五十条第（四）项要求写明，请补写具体问题和改进"
                "措施。",
                "Section 5 has a heading and no text: give the problems and the improvement.",
                quote=heading[1].strip(),
                place=heading[2],
            )
        return
    line = next(line for line in case.plain_lines if line.section == _SECTION)
    if _NONE.fullmatch(text):
        yield case.finding(
            "problems_none",
            f"第五部分“存在的主要问题及改进情况”只写“{line.text.strip()}”。问题应当具体、有新内容，并写明改进措施，请补写。",
            "Section 5 says that there are no problems: name concrete ones, and the improvement.",
            quote=line.text.strip(),
            place=line.place,
        )
    elif not _TO_COME.search(text) and not _MEASURES.search(_WANTING.sub("", text)):
        yield case.finding(
            "improvement_missing",
            "第五部分“存在的主要问题及改进情况”只写了问题，没有写改进情况或改进措施，请补写。",
            "Section 5 names problems and no improvement: add what was or will be done.",
            quote=line.text.strip(),
            place=line.place,
        )
