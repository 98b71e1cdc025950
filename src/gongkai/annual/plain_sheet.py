"""The findings as plain text for a terminal: one block a report, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.checked import Checked
from gongkai.annual.findings import Finding
from gongkai.annual.sheet_basis import basis
from gongkai.annual.sheet_words import severity_word, verdict, word


def plain_sheet(results: Sequence[Checked], lang: str) -> str:
    """The sheet as text that ends with a line break. Files that could not be read are left to the caller."""
    blocks = [_block(item, lang) for item in results if item.report is not None]
    if len(blocks) > 1:
        blocks.append(_sum(results, lang))
    return "\n".join(blocks) + "\n" if blocks else ""


def _block(item: Checked, lang: str) -> str:
    report = item.report
    assert report is not None
    english = lang == "en"
    source = item.source
    if source == "-":
        source = "standard input" if english else "标准输入"
    head = f"{source}  {report.organ or ('organ not stated' if english else '未写明机关')}"
    head += f" {report.year or '?'}" + (
        f" (form {report.form})" if english else f" 年（{report.form} 年格式）"
    )
    lines = [head, "  " + verdict(item, lang)]
    if item.compared_with:
        lines.append("  " + word("compared_with", lang, source=item.compared_with))
    lines += [f"  {note[1] if english else note[0]}" for note in item.notes]
    for finding in item.findings:
        lines += _finding(finding, lang, report.year)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, lang: str, year: int | None) -> list[str]:
    severity = severity_word(finding.severity, lang)
    message = finding.message_en if lang == "en" else finding.message
    lines = [f"  [{severity}] {finding.rule}  {message}"]
    if finding.quote:
        where = f"（{finding.place.label(lang)}）" if finding.place else ""
        lines.append(f"         “{finding.quote}”{where}")
    if article := basis(finding, lang, year).article:
        lines.append(f"         {word('basis', lang)}{'：' if lang == 'zh' else ': '}{article}")
    return lines


def _sum(results: Sequence[Checked], lang: str) -> str:
    read = [item for item in results if item.report is not None]
    failed = sum(item.error is not None for item in results)
    errors = sum(item.count("error") for item in read)
    warnings = sum(item.count("warning") for item in read)
    if lang == "en":
        unread = f" {failed} more files could not be read." if failed else ""
        return f"{len(read)} reports: {errors} errors, {warnings} to look at.{unread}"
    unread = f"另有 {failed} 个文件未能读取。" if failed else ""
    return f"共 {len(read)} 份报告：错误 {errors} 处，需要核对 {warnings} 处。{unread}"
