"""Homes: kept to the town or street office (PII.M), whatever characters the names of places hold."""

from __future__ import annotations

import pytest

from gongkai.wording.personal import find_personal
from gongkai.wording.personal.masks import mask_address
from gongkai.wording.scanning import ScanOptions, masked

PERSONAL = ScanOptions(wording=False)

# (address, what may stand)
KEPT = [
    ("镇江市京口区大市口街道中山路12号2幢301室", "镇江市京口区大市口街道"),
    ("山西省乡宁县昌宁镇迎旭街5号", "山西省乡宁县昌宁镇"),
    ("福州市鼓楼区镇海路12号", "福州市鼓楼区"),
    ("宁波市镇海区招宝山街道城河路3号", "宁波市镇海区招宝山街道"),
    ("湖南省宁乡市玉潭街道花明路8号", "湖南省宁乡市玉潭街道"),
    ("宁乡玉潭街道花明路8号", "宁乡玉潭街道"),
    ("河南省新乡市红旗区东街街道平原路9号", "河南省新乡市红旗区东街街道"),
    ("河南省新乡市新乡县小冀镇中街2号", "河南省新乡市新乡县小冀镇"),
    ("湘乡市望春门街道大正街1号", "湘乡市望春门街道"),
    ("萍乡市安源区凤凰街5号", "萍乡市安源区"),
    ("四川省甘孜藏族自治州乡城县香巴拉镇巴姆路1号", "四川省甘孜藏族自治州乡城县香巴拉镇"),
    ("景德镇市珠山区新村街道瓷都大道12号", "景德镇市珠山区新村街道"),
    ("江西省景德镇市浮梁县浮梁镇朝阳路2号", "江西省景德镇市浮梁县浮梁镇"),
    ("济南市市中区大观园街道经四路3号", "济南市市中区大观园街道"),
    ("甘肃省东乡族自治县锁南镇西街1号", "甘肃省东乡族自治县锁南镇"),
    ("南宁市西乡塘区新阳街道中华路4号", "南宁市西乡塘区新阳街道"),
    ("嘉兴市桐乡市乌镇镇子夜路5号", "嘉兴市桐乡市乌镇镇"),
    ("桐乡市乌镇子夜路5号", "桐乡市乌镇"),
    ("上海市浦东新区新乡路12号", "上海市浦东新区"),
    ("北京市朝阳区望京街道广顺北大街33号院1号楼2单元1201", "北京市朝阳区望京街道"),
    ("某市某县清溪镇柳树村3组12号", "某市某县清溪镇"),
    ("清溪镇幸福小区3号楼501室", "清溪镇"),
    ("内蒙古自治区锡林郭勒盟苏尼特左旗满都拉图镇街5号", "内蒙古自治区锡林郭勒盟苏尼特左旗满都拉图镇"),
    ("云南省镇雄县乌峰街道南大街7号", "云南省镇雄县乌峰街道"),
    ("幸福小区3号楼2单元501室", "（住址略）"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "kept"), KEPT)
def test_an_address_is_kept_to_the_town_or_failing_that_the_county(address: str, kept: str) -> None:
    assert mask_address(address) == kept
    (found,) = find_personal(f"其家住{address}。")
    assert (found.kind, found.text, found.masked) == ("PII.ADDR", address, kept)


# (text, masked)
TEXTS = [
    ("房屋坐落：杭州市西湖区文三路90号1单元302室。", "房屋坐落：杭州市西湖区。"),
    ("地址：杭州市西湖区文三路90号1单元302室", "地址：杭州市西湖区"),
    ("地址：杭州市西湖区翠苑街道幸福小区3幢302室", "地址：杭州市西湖区翠苑街道"),
    ("邮寄地址：杭州市西湖区文三路90号1单元302室 王建国收", "邮寄地址：杭州市西湖区 王某收"),
    ("邮寄地址：杭州市西湖区文三路90号302室 王建国收", "邮寄地址：杭州市西湖区 王某收"),
    ("现住清溪镇柳树村3组12号，手机13800138000", "现住清溪镇，手机138****8000"),
    ("家住清溪镇柳树村3组的村民反映5号路灯不亮。", "家住清溪镇的村民反映5号路灯不亮。"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_home_is_masked_to_its_last_figure_and_nothing_else(text: str, expected: str) -> None:
    assert masked(text, options=PERSONAL) == expected


@pytest.mark.parametrize(
    "text",
    [
        "办公地址：杭州市西湖区文三路90号1单元302室",
        "单位地址：人民路88号行政中心2号楼305室。",
        "地址：某市某区人民路66号行政中心3号楼501室",
        "地址：云栖路18号302室",
        "学校坐落于清溪镇人民路12号。",
        "公司地址：文三路90号东部软件园1号楼2单元302室",
    ],
)
def test_the_address_of_an_office_stays(text: str) -> None:
    assert find_personal(text) == []
