"""How the words of the form come out on paper: shortened, misprinted, renumbered, traditional."""

from __future__ import annotations

import re
from random import Random

from tests.annual.printing.disturbances import Disturbances

from gongkai.annual.forms import Row

# The characters of the form that differ in traditional writing.
_PAIRS = (  # the simple character, then the traditional one
    "条條项項内內数數规規现現废廢决決处處罚罰强強许許业業费費单單万萬"
    "额額类類请請结結转轉续續办辦开開区區这這计計国國属屬于於护護权權"
    "务務过過执執询詢没沒关關机機构構补補确確举舉报報诉訴复復无無当當"
    "认認获獲缴繳纳納与與总總织織会會学學组組团團维維纠糾审審议議讼訟"
    "经經后後发發对對购購减減为為采採况況问問题題进進动動体體时時应應"
    "话話闻聞网網质質产產环環标標违違设設险險术術财財预預两兩个個员員"
    "专專职職训訓点點级級传傳电電论論热熱释釋读讀县縣乡鄉导導领領调調"
    "联聯据據稳穩栏欄扩擴载載严嚴贯貫彻徹众眾访訪馈饋证證长長贵貴统統"
    "划劃资資风風范範查查"
)
_TRADITIONAL = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))

_SHORT_ROWS = {
    "received.new": ("本年新收", "本年新收申请数量", "本年新收政府信息公开申请数"),
    "received.carried_in": ("上年结转", "上年结转申请数量", "上年结转政府信息公开申请数"),
    "partly_granted": ("部分公开", "部分公开（区分处理的）"),
    "refused.barred_by_law": ("其他法律行政法规禁止",),
    "refused.endangers_security": ("三安全一稳定", "危及三安全一稳定"),
    "refused.third_party_rights": ("第三方合法权益",),
    "refused.internal_affairs": ("三类内部事务信息",),
    "refused.process_information": ("四类过程性信息",),
    "refused.enforcement_file": ("行政执法案卷",),
    "refused.administrative_query": ("行政查询事项",),
    "unavailable.not_held": ("不掌握相关政府信息",),
    "unavailable.needs_making": ("没有现成信息", "需要另行制作"),
    "unavailable.still_unclear": ("补正后仍不明确",),
    "not_processed.petition": ("信访举报投诉", "信访举报投诉类"),
    "not_processed.publication": ("公开出版物",),
    "not_processed.excessive": ("大量反复申请",),
    "not_processed.confirmation": ("要求确认或重新出具已获取信息", "确认或重新出具已获取信息"),
    "other.not_supplemented": ("逾期不补正", "申请人无正当理由逾期不补正"),
    "other.fee_unpaid": ("逾期未按收费通知要求缴纳费用", "申请人逾期未按收费通知要求缴纳费用"),
    "concluded": ("总计", "合计"),
    "carried_forward": ("结转下年度", "结转下年度办理"),
}
_SHORT_WORDS = {
    "三、本年度办理结果": "三、办理结果",
    "行政规范性文件": "规范性文件",
    "本年收费金额（单位：万元）": "本年收费金额",
    "本年处理决定数量": "处理决定数量",
    "社会公益组织": "公益组织",
    "未经复议直接起诉": "直接起诉",
    "其他对外管理服务事项": "其他对外管理服务",
}
_CHINESE_NUMBERS = "一二三四五六七八九十"


class Wording:
    """The manner of one report: chosen once, so that a report is printed in one manner throughout."""

    def __init__(self, rng: Random, disturbances: Disturbances) -> None:
        self._rng = rng
        self._short = "short_labels" in disturbances
        self._misprints = 0.15 if "misprints" in disturbances else 0.0
        self._traditional = "traditional_characters" in disturbances
        loose = "punctuation" in disturbances
        self._brackets = rng.choice(("（）", "()", "() ")) if loose else "（）"
        self._dot = rng.choice((".", "．", "、", ". ")) if loose else "."
        self._commas = loose and rng.random() < 0.5
        self._heading_style = rng.choice(("mixed", "arabic", "brackets", "none"))
        self._renumber = "headings_renumbered" in disturbances

    def words(self, text: str) -> str:
        """Any words of the form that are not a row's label: headings, columns, groups."""
        if self._short:
            text = _SHORT_WORDS.get(text, text)
        return self._character_style(text)

    def row_label(self, row: Row) -> str:
        label = row.label
        if self._short and row.code in _SHORT_ROWS and self._rng.random() < 0.7:
            label = self._rng.choice(_SHORT_ROWS[row.code])
        return self._character_style(row.number + self._misprint(label))

    def statistics_label(self, label: str) -> str:
        number = re.match(r"（.）|\d\.|其中：|.、|", label)
        cut = number.end() if number else 0
        return self._character_style(label[:cut] + self._misprint(label[cut:]))

    def heading(self, index: int, label: str) -> str:
        """A section's heading; `index` counts from 0."""
        number = f"{_CHINESE_NUMBERS[index]}、"
        if self._renumber:
            arabic, bracketed = self._rng.choice((f"{index + 1}、", f"{index + 1}.")), f"（{number[0]}）"
            styles = {"arabic": arabic, "brackets": bracketed, "none": ""}
            styles["mixed"] = self._rng.choice((number, number, arabic, f" {index + 1}、 "))
            number = styles[self._heading_style]
        return self._character_style(number + label)

    def traditional(self, text: str) -> str:
        return "".join(_TRADITIONAL.get(c, c) for c in text) if self._traditional else text

    def _character_style(self, text: str) -> str:
        text = re.sub(r"^(\d)\.", lambda m: m[1] + self._dot, text)
        if self._brackets != "（）":
            text = text.replace("（", "(").replace("）", ")" + self._brackets[2:])
        if self._commas:
            text = text.replace("，", ",")
        return self.traditional(text)

    def _misprint(self, label: str) -> str:
        """One character dropped, doubled or swapped with the next; never in a short label."""
        if len(label) < 6 or self._rng.random() >= self._misprints:
            return label
        at = self._rng.randrange(1, len(label) - 1)
        kind = self._rng.choice(("drop", "double", "swap"))
        if kind == "drop":
            return label[:at] + label[at + 1 :]
        if kind == "double":
            return label[: at + 1] + label[at:]
        return label[:at] + label[at + 1] + label[at] + label[at + 2 :]


_SIMPLIFIED = str.maketrans({traditional: simple for simple, traditional in _TRADITIONAL.items()})


def simplified(text: str) -> str:
    """The text with the form's traditional characters written simply, for comparing."""
    return text.translate(_SIMPLIFIED)
