"""An invented office and its invented case: the facts of every kind of letter."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from gongkai.documents.letters import LetterText, default_template
from gongkai.statute.letters import LetterFacts, kind, lawful_values
from gongkai.statute.outcomes import exemptions
from gongkai.statute.remedies import Courts, Level, OrganKind, Respondent, clause_for, remedy

WRITTEN_AT = dt.datetime(2026, 3, 20, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
AUTHORITY, COURT = "云溪市人民政府", "云溪市临江区人民法院"
ORGAN = "云溪市住房和城乡建设局"
RESPONDENT = Respondent(
    name=ORGAN,
    kind=OrganKind.DEPARTMENT,
    level=Level.PREFECTURE,
    government=AUTHORITY,
    courts=Courts(basic=COURT, intermediate="云溪市中级人民法院"),
)
FACTS: dict[str, Any] = {
    "organ": ORGAN,
    "number": "云住建公开告〔2026〕12号",
    "date": dt.date(2026, 3, 20),
    "requester": "梁小舟",
    "third_party": "云溪市青禾建设有限公司",
    "other_organ": "云溪市自然资源局",
    "case_number": "YX2026-0012",
    "query_code": "K7QM-2P9D",
    "received_on": dt.date(2026, 3, 2),
    "received_by": "当面提交",
    "asked": "2024年度云溪市老旧小区改造项目（临江片区）竣工验收备案表及资金拨付明细。",
    "finding": "您申请公开的信息由本机关制作并保存。",
    "reasons": "所涉文件保存在三个不同的档案库，需要逐卷调取",
    "information": ("《关于临江片区改造项目竣工验收的通知》复印件，共12页", "资金拨付明细表（电子版）"),
    "way": "电子邮件发送",
    "route": "云溪市人民政府门户网站“政府信息公开”专栏：https://example.gov.cn/xxgk/2024/0035.html",
    "time": "2026年3月25日起的工作日上午9时至12时",
    "searched": "2026年3月5日，以“临江片区”“竣工验收”为关键词检索了档案管理系统和纸质档案目录，没有找到。",
    "withheld": "资金拨付明细中收款人的银行账号",
    "right_organ": "云溪市自然资源局",
    "right_organ_contact": "云溪市滨河路8号，电话0599-5550188",
    "special_law": "《不动产登记暂行条例》关于登记资料查询的规定",
    "unclear_point": "没有写明所指项目的名称和年份。",
    "points": ("所申请政府信息的名称、文号或者其他特征性描述", "所需政府信息的形式要求"),
    "until": dt.date(2026, 4, 10),
    "due_on": dt.date(2026, 3, 30),
    "amount": Decimal(12500),
    "standard": "按件计收：第11至30件每件100元，第31件起分档递增，合计12500元",
    "payment": "凭缴款码到代收银行缴入财政专户",
    "supplement_told_on": dt.date(2026, 3, 6),
    "supplement_until": dt.date(2026, 3, 18),
    "fee_told_on": dt.date(2026, 3, 6),
    "fee_until": dt.date(2026, 4, 3),
    "earlier_number": "云住建公开告〔2026〕3号",
    "earlier_on": dt.date(2026, 1, 20),
    "right_channel": "云溪市信访局，滨河路1号",
    "publication_route": "《云溪市人民政府公报》可在市图书馆查阅",
    "contact": "本机关办公室，0599-5550123",
    "consulted_on": dt.date(2026, 3, 9),
    "override": "所涉房屋存在安全隐患，关系众多住户的人身安全。",
    "disclosed": "临江片区3号楼结构安全鉴定报告全文",
    "record": "个人住房公积金缴存记录（2023年7月）",
    "correction": "本机关已将该月缴存单位更正为云溪市第三中学。",
    "task": "核实所附三份文件是否由你机关制作。",
    "withdrawn_on": dt.date(2026, 3, 12),
    "merged_with": "YX2026-0010",
    "outcome": "予以公开",
    "unit": "城市更新科",
    "drafter": "周一文",
    "items": ("申请表|原件", "答复书|复印件"),
    "receiver": "云溪市档案馆",
    "pages": 24,
}


def exemptions_of(outcome: str, basis: str = "") -> tuple[str, ...]:
    """The exemption a refusal rests on; for a partly granted request a third party's rights."""
    if (outcome, basis) == ("PART", "exempt"):
        return ("REG.15",)
    return tuple(one.id for one in exemptions() if one.outcome == outcome)


def facts_for(code: str, outcome: str = "", basis: str = "", **changes: Any) -> dict[str, Any]:
    """The facts of a letter as the record and the law give them; None takes one away."""
    values = dict(FACTS)
    found = lawful_values(
        code, values["received_on"], outcome=outcome, basis=basis, exemptions=exemptions_of(outcome, basis)
    )
    values.update(found)
    subject = outcome or kind(code).subject
    if clause_for(subject, basis) != "none":
        values["remedies"] = remedy(subject, RESPONDENT, dt.date(2026, 3, 22), basis=basis).zh
    if code == "fee-notice":
        values["until"] = dt.date(2026, 4, 20)
    values.update(changes)
    return {name: value for name, value in values.items() if value is not None}


def record(code: str, outcome: str = "", basis: str = "", **changes: Any) -> LetterFacts:
    return LetterFacts(
        kind=code,
        values=facts_for(code, outcome, basis, **changes),
        outcome=outcome,
        basis=basis,
        exemptions=exemptions_of(outcome, basis),
        authorities=(AUTHORITY,),
        court=COURT,
    )


def letter(code: str, outcome: str = "", basis: str = "", **changes: Any) -> LetterText:
    return default_template(code, outcome, basis).fill(facts_for(code, outcome, basis, **changes))
