"""What is looked at before review: personal data, wording, files, links (REG.15, PII, CHK.V1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from gongkai.documents.publishing import links_of, text_of
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.content import label_of
from gongkai.web.disclosure.links_in_vain import ACTING, in_vain
from gongkai.web.disclosure.models import Attachment, LinkKind, Record, State, Version
from gongkai.web.disclosure.named_attachments import File, not_attached
from gongkai.web.disclosure.outside_links import dead_links
from gongkai.web.disclosure.same_number import spellings
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ
from gongkai.wording.findings import Finding, Known
from gongkai.wording.scanning import ScanOptions, scan

_BODY = "正文"
_TEXT_FIELDS = ("title", "summary", "keywords", "joint_organs", "change_note")
_HOST = re.compile(r"[a-z0-9\u4e00-\u9fff-]+(\.[a-z0-9\u4e00-\u9fff-]+)+", re.IGNORECASE)
_SENTENCE_ENDS = "。；;！!？?\n"
MOST = 300


@dataclass(frozen=True, slots=True)
class Check:
    """One thing found. `where` in words; `words` as they stand (personal data masked); `start`, `end`: in the
    body's plain text, -1 elsewhere. `severity`: error, warning, info. `refuses`: it cannot go out like that.
    `key`: the same for the same finding in the same sentence, wherever that stands in the text: an answer is
    kept under it. It tells nothing of the words.
    """

    code: str
    severity: str
    where: str
    words: str
    zh: str
    en: str
    group: str = "wording"
    start: int = -1
    end: int = -1
    refuses: bool = False
    key: str = ""

    @property
    def must_be_mended(self) -> bool:
        return self.refuses

    @property
    def asks_an_answer(self) -> bool:
        return self.severity in ("error", "warning")

    def refusal(self) -> WorkError:
        return WorkError(self.code, f"{self.where}：{self.zh}", self.en)


def check_version(version: Version, outside: Sequence[Check] | None = None) -> list[Check]:
    """Everything found in a version, the body's first. Reads attachments' rows once.

    `outside`: what `dead_outside` has found already; None: it is asked here, which may take seconds.
    """
    options = ScanOptions(on=version.made_on, known=_known(version.record.organ))
    found = _in_text(text_of(version.body), _BODY, options, in_body=True)
    for name in _TEXT_FIELDS:
        found += _in_text(getattr(version, name), label_of(name), options, in_body=False)
    found += _links(version)
    found += dead_outside(version) if outside is None else outside
    found += _links_in_vain(version)
    found += _same_number(version)
    attachments = list(version.attachments.all())
    found += _not_attached(version, attachments)
    for attachment in attachments:
        found += _attachment(attachment)
    return _told_apart([one for one in found if one.severity != "info"][:MOST])


def told(check: Check) -> dict[str, Any]:
    """A check as it is kept with the version."""
    return asdict(check)


def fit_for_readers(text: str, organ: Organ, *, field: str) -> None:
    """Words that readers see without a review before: no personal data in them (REG.15). WorkError
    `personal_data_in_public_words`."""
    found = scan(text, options=ScanOptions(known=_known(organ)))
    personal = [one for one in found if one.group == "personal" and one.severity == "error"]
    if personal:
        zh = f"这段文字会显示在公开页面上，其中有个人信息（{personal[0].suggestion or ''}），请删去。"
        raise WorkError("personal_data_in_public_words", zh, "Readers would see personal data.", field=field)


def _known(organ: Organ) -> Known:
    """The office's own telephone and mail box are no private person's (PII.L3)."""
    telephones = frozenset(number for number in (organ.telephone, organ.fax) if number)
    domain = organ.email.rpartition("@")[2]
    return Known(telephones, frozenset({domain} if domain else ()), frozenset({organ.name, organ.called}))


def _in_text(text: str, where: str, options: ScanOptions, *, in_body: bool) -> list[Check]:
    return [
        _of_scan(one, where, in_body, _key(one.kind, where, one.text, _sentence(text, one.start, one.end)))
        for one in scan(text, options=options)
    ]


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence that words stand in, without blanks."""
    first = max(text.rfind(stop, 0, start) for stop in _SENTENCE_ENDS) + 1
    ends = [at for stop in _SENTENCE_ENDS if (at := text.find(stop, end)) >= 0]
    return "".join(text[first : min(ends, default=len(text))].split())


def _key(*parts: str) -> str:
    return salted_hmac("disclosure.finding", "\0".join(parts)).hexdigest()[:16]


def _told_apart(found: list[Check]) -> list[Check]:
    """Of findings that are alike in all, the second is still another than the first."""
    seen: Counter[str] = Counter()
    apart = []
    for one in found:
        seen[one.key] += 1
        apart.append(one if seen[one.key] == 1 else replace(one, key=_key(one.key, str(seen[one.key]))))
    return apart


def _of_scan(one: Finding, where: str, in_body: bool, key: str) -> Check:
    personal = one.group == "personal"
    return Check(
        one.kind,
        one.severity,
        f"{where}第 {one.line} 行" if in_body else where,
        (one.suggestion or "") if personal else one.text,
        one.reason if one.suggestion is None or personal else f"{one.reason}（建议：{one.suggestion}）",
        one.reason_en,
        one.group,
        one.start if in_body else -1,
        one.end if in_body else -1,
        key=key,
    )


def _links(version: Version) -> list[Check]:
    found: list[Check] = []
    for href in _hrefs(version):
        if problem := _link_problem(href):
            found.append(_dead(href, *problem))
    return found


def dead_outside(version: Version) -> list[Check]:
    """Links to other sites that are dead, asked of them where the installation may (GONGKAI_CHECK_LINKS).

    Takes seconds: never inside a transaction that others wait for.
    """
    if not settings.CHECK_LINKS:
        return []
    asked = [
        one for one in _hrefs(version) if one.startswith(("http://", "https://")) and not _link_problem(one)
    ]
    return [_dead(one.href, one.zh, one.en) for one in dead_links(asked)]


def _hrefs(version: Version) -> list[str]:
    return list(dict.fromkeys(link.href for link in links_of(version.body)))


def _dead(href: str, zh: str, en: str) -> Check:
    return Check(
        "dead_link", "warning", "正文链接", href[:200], zh, en, group="links", key=_key("dead_link", href)
    )


def _links_in_vain(version: Version) -> list[Check]:
    """Documents to be repealed or amended that have been, or were taken away, since they were linked."""
    if version.record.state != State.DRAFT:
        return []
    found = []
    for one in version.record.links.filter(kind__in=ACTING).select_related("target").order_by("id"):
        if problem := in_vain(LinkKind(one.kind), one.target):
            key = _key(problem.code, one.kind, str(one.target_id))
            found.append(
                Check(
                    problem.code,
                    "warning",
                    "关联的信息",
                    one.target.title,
                    problem.zh,
                    problem.en,
                    "links",
                    key=key,
                )
            )
    return found


def _same_number(version: Version) -> list[Check]:
    """Other records of the organ with this document number: one number is given to one document (META.3)."""
    number = version.document_number.strip()
    if not number:
        return []
    same = Record.objects.filter(organ=version.record.organ_id, document_number__in=spellings(number))
    found = []
    for one in same.exclude(pk=version.record_id).exclude(state=State.ABANDONED).order_by("id")[:5]:
        zh = (
            f"本机关另有一条信息用了同一文号“{one.document_number}”：{one.title}（索引号 {one.index_number}，"
            f"{one.get_state_display()}）。请核对文号；确属同一文号的，说明原因。"
        )
        en = f"Another record has this document number: {one.index_number}. Correct it, or say why."
        key = _key("number_taken", number, str(one.pk))
        found.append(Check("number_taken", "warning", label_of("document_number"), number, zh, en, key=key))
    return found


def _not_attached(version: Version, attachments: Sequence[Attachment]) -> list[Check]:
    """Attachments that the text names and that are neither in it nor among the files."""
    text = text_of(version.body)
    files = [File(one.name, one.text) for one in attachments]
    links = [link.text for link in links_of(version.body)]
    found = []
    for one in not_attached(text, files, links):
        what = f"附件“{one.name}”" if one.name else "附件"
        zh = (
            f"正文提到{what}，但没有添加这个文件。请在“添加附件”中添加；"
            "附件内容已在正文中、或者依法不公开的，说明原因。"
        )
        en = "The text names this attachment, and no such file is attached. Attach it, or say why not."
        where = f"{_BODY}第 {text.count(chr(10), 0, one.start) + 1} 行"
        words, key = text[one.start : one.end], _key("attachment_missing", one.name)
        found.append(
            Check("attachment_missing", "warning", where, words, zh, en, "files", one.start, one.end, key=key)
        )
    return found


def _link_problem(href: str) -> tuple[str, str] | None:
    """Why a link leads nowhere, as far as can be known without asking other servers."""
    parts = urlsplit(href)
    if parts.scheme == "mailto":
        return None
    if parts.scheme in ("http", "https"):
        host = parts.hostname or ""
        if not _HOST.fullmatch(host) or host.endswith((".local", ".internal", ".lan")):
            return "链接指向内部网络或者无效的地址，公众打不开。请改正或删除。", "The link leads nowhere."
        return None
    if href.startswith("#"):
        return None
    found = re.fullmatch(r"/o/([a-z0-9-]+)/records/(\d+)/?", unquote(parts.path))
    if not parts.scheme and found:
        there = Record.objects.filter(organ__code=found[1], pk=int(found[2][:18])).values_list(
            "state", flat=True
        )
        if list(there) == [State.PUBLISHED]:
            return None
        return "链接所指的信息没有公开或者已撤回。请改正或删除。", "The record linked to is not public."
    return "链接地址无效，公众打不开。请写完整网址（https://…），或改正、删除。", "The link leads nowhere."


def _attachment(attachment: Attachment) -> list[Check]:
    where = f"附件“{attachment.name}”"
    try:
        file_store.load(attachment.sha256)
    except WorkError as gone:
        key = _key(gone.code, attachment.sha256)
        return [Check(gone.code, "error", where, "", gone.zh, gone.en, "files", refuses=True, key=key)]
    return [
        Check(
            str(one["code"]),
            str(one["severity"]),
            f"{where}{one['where']}",
            str(one["words"] or ""),
            str(one["zh"]),
            str(one["en"]),
            "files",
            key=_key(str(one["code"]), attachment.sha256, str(one["where"]), str(one["words"] or "")),
        )
        for one in attachment.findings
    ]
