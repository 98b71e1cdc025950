"""Sentences full of numbers none of which is a person's: what archives are made of. Seeded."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.wording.labelled import invented
from tests.wording.labelled.invented import digits

Maker = Callable[[random.Random], str]


def _day(dice: random.Random) -> str:
    return f"20{dice.randrange(10, 27)}{dice.randrange(1, 13):02}{dice.randrange(1, 29):02}"


def _time(dice: random.Random) -> str:
    return f"{_day(dice)}{dice.randrange(24):02}{dice.randrange(60):02}{dice.randrange(60):02}"


def _like_mobile(dice: random.Random) -> str:
    return invented.mobile(dice)


_CODES: tuple[tuple[str, Maker], ...] = (
    ("统一社会信用代码：{}，法定代表人已变更。", invented.credit_code),
    ("统一社会信用代码{}", invented.credit_code_like_resident),
    ("本机关代码{}，地址见官网", invented.credit_code_like_resident),
    ("中标单位：某建设有限公司（{}）", invented.credit_code),
    ("索引号：{}", lambda d: f"{invented.credit_code_like_resident(d)}/20{digits(d, 2)}-{digits(d, 5)}"),
    (
        "索引号：{}",
        lambda d: f"{invented.credit_code(d)}/20{digits(d, 2)}{d.randrange(1, 13):02}-{digits(d, 5)}",
    ),
    ("索引号 {}", lambda d: f"0{digits(d, 8)}/20{digits(d, 2)}-{digits(d, 5)}"),
    (
        "索引号：{} 主题分类：综合政务",
        lambda d: f"{digits(d, 7)}-{digits(d, 1)}/20{digits(d, 2)}-{digits(d, 5)}",
    ),
    ("某政办发〔20{}〕{}号", lambda d: digits(d, 2)),
    ("网站标识码：{}", lambda d: digits(d, 10)),
    ("某ICP备{}号-1", lambda d: digits(d, 8)),
    ("某公网安备 {}号", lambda d: "1101" + digits(d, 10)),
    ("订单号{}已发货", invented.lucky_order),
    ("政府采购订单：{}", invented.lucky_order),
    ("交易流水号：{}", invented.lucky_order),
    ("合同编号{}", _like_mobile),
    ("受理编号：{}，请凭此号查询。", _like_mobile),
    ("产品批号{}，检验合格", _like_mobile),
    ("设备序列号：{}", _like_mobile),
    ("快递单号 {}", lambda d: d.choice(("SF", "EMS", "YT", "")) + digits(d, 13)),
    ("项目代码：{}", lambda d: f"20{digits(d, 2)}-110105-77-03-{digits(d, 6)}"),
    ("资产编号XK-{}-01", _like_mobile),
    ("物料{}A已入库", lambda d: "M" + invented.mobile(d)),
    ("不动产单元号{}", lambda d: f"{digits(d, 12)}GB{digits(d, 5)}F{digits(d, 8)}"),
    ("宗地代码{}", lambda d: digits(d, 12) + "GB" + digits(d, 5)),
    ("图斑编号{}", lambda d: digits(d, 19)),
    ("商品条码{}", lambda d: "69" + digits(d, 11)),
    ("ISBN 978{}", lambda d: digits(d, 10)),
    ("食品经营许可证JY1{}", lambda d: digits(d, 13)),
    ("车架号{}", lambda d: "LSV" + digits(d, 14)),
    ("发票代码{}，发票号码{}", lambda d: digits(d, 12)),
    ("电子发票号码{}", lambda d: digits(d, 20)),
    ("统计用区划代码{}", lambda d: "110105" + digits(d, 6)),
    ("登记证号：{}", lambda d: invented.old_resident(d)),
    ("流水{}", lambda d: invented.old_resident(d)),
    ("编号{}", invented.mistyped_resident),
    ("文件名：{}.pdf", lambda d: _time(d) + digits(d, 3)),
    ("见附件{}.docx", lambda d: _time(d) + digits(d, 3)),
    ("案号：（2024）某01行初{}号", lambda d: str(d.randrange(1, 9999))),
    ("学号20{}", lambda d: digits(d, 9)),
    ("校验码 {}", lambda d: f"{d.getrandbits(128):032x}"),
    ("单据号CN{}", _like_mobile),
    ("版本 {}", lambda d: f"{digits(d, 1)}.{digits(d, 2)}.{invented.mobile(d)}"),
)
_QUANTITIES: tuple[tuple[str, Maker], ...] = (
    ("合计{}元", _like_mobile),
    ("全年公共预算收入{}万元", _like_mobile),
    ("总投资{}元，其中中央资金{}元。", _like_mobile),
    ("合同金额¥{}", lambda d: f"{d.randrange(10**9, 10**11):,}.{digits(d, 2)}"),
    ("财政拨款{}元", lambda d: f"{d.randrange(10**9, 10**12):,}"),
    ("占比0.{}", lambda d: digits(d, 17)),
    ("坐标：东经113.{}，北纬23.{}", _like_mobile),
    ("经度{}", lambda d: f"1{digits(d, 2)}.{invented.mobile(d)}"),
    ("圆周率取3.{}", lambda d: "14159265358979" + digits(d, 4)),
    ("发布时间：{}", lambda d: "2024-03-15 08:30:11"),
    ("时间戳{}", lambda d: "17" + digits(d, 11)),
    ("更新于{}", _time),
    ("{}至{}期间", _day),
    ("1月 138 2013 8000 11", lambda d: ""),
    ("合计\t{}\t{}\t{}", lambda d: str(d.randrange(10_000))),
    ("面积{}平方米", _like_mobile),
    ("服务{}人次", _like_mobile),
    ("发电量{}千瓦时", _like_mobile),
    ("存储容量{}字节", _like_mobile),
    ("年份 {} 合计", lambda d: " ".join(str(2000 + n) for n in range(d.randrange(3, 20)))),
    ("各乡镇（街道）分别为 {} 件", lambda d: " ".join(str(d.randrange(300)) for _ in range(20))),
)
_OFFICE_PHONES = (
    "联系电话：{}，办公时间：工作日上午8:30至12:00。",
    "办公电话：{}",
    "传真：{}",
    "咨询电话{}（节假日除外）",
    "监督举报电话：{}",
    "某市自然资源和规划局 {}",
    "政府信息公开工作机构：区政府办公室，电话{}",
    "申请人可拨打咨询电话{}查询办理进度。",
    "如有疑问，请与我局联系：{}。",
    "24小时值班电话 {}",
    "地址：人民路1号，邮编100000，电话：{}",
    "县人民医院急救电话{}",
)
_HOTLINES = (
    "拨打12345政务服务便民热线", "消费者投诉举报热线12315", "某银行客服95588", "税务服务12366",
    "全国统一客服400-812-3456", "客服热线4008123456", "800-810-8888", "信访热线12336、12333",
    "火警119，急救120",
)  # fmt: skip
_LINKS: tuple[tuple[str, Maker], ...] = (
    ("https://www.example.gov.cn/art/{}.html", lambda d: f"2024/3/15/art_{digits(d, 10)}_{digits(d, 7)}"),
    ("http://www.example.gov.cn/content/t{}.html", lambda d: f"{_day(d)}_{digits(d, 7)}"),
    ("https://www.example.gov.cn/id={}", _like_mobile),
    ("详见https://www.example.gov.cn/a/{}.html", _like_mobile),
    ("下载地址/files/{}.xlsx", lambda d: digits(d, 18)),
    ("IP地址192.168.{}", lambda d: f"{d.randrange(255)}.{d.randrange(255)}"),
    ("标识{}", lambda d: f"{d.getrandbits(32):08x}-{d.getrandbits(16):04x}-{d.getrandbits(48):012x}"),
)
_FRAMES = (
    "{}",
    "根据工作安排，{}。",
    "现将有关情况公示如下：{}",
    "（三）{}；",
    "经审核，{}，符合规定。",
    "{}\n特此公告。",
)


def negatives(seed: int = 20_260_103) -> Iterator[str]:
    """Some 2,600 texts in which no number of a person stands."""
    dice = random.Random(seed)
    for makers, each in ((_CODES, 30), (_QUANTITIES, 25), (_LINKS, 20)):
        for frame, maker in makers:
            for _ in range(each):
                blanks = frame.count("{}")
                yield _framed(frame.format(*(maker(dice) for _ in range(blanks))), dice)
    for frame in _OFFICE_PHONES:
        for _ in range(30):
            yield _framed(frame.format(invented.landline(dice)), dice)
    for line in _HOTLINES:
        for _ in range(12):
            yield _framed(line, dice)


def _framed(words: str, dice: random.Random) -> str:
    return dice.choice(_FRAMES).format(words)
