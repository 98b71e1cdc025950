"""The formats of attachments: what may go out, as which media type, under which endings; and what may not."""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """`suffixes`: the endings a file of this kind may come under, the canonical first.

    `renamed_from`: endings of its own family under which it is taken too and renamed: a docx called .doc.
    """

    zh: str
    en: str
    media_type: str
    suffixes: tuple[str, ...]
    renamed_from: tuple[str, ...] = ()


_OOXML = "application/vnd.openxmlformats-officedocument."
FORMATS: dict[str, Format] = {
    "pdf": Format("PDF 文件", "a PDF", "application/pdf", (".pdf",)),
    "ofd": Format("OFD 版式文件", "an OFD", "application/ofd", (".ofd",)),
    "docx": Format(
        "Word 文档（docx）",
        "a Word document (docx)",
        f"{_OOXML}wordprocessingml.document",
        (".docx",),
        (".doc", ".wps"),
    ),
    "xlsx": Format(
        "Excel 工作簿（xlsx）",
        "a workbook (xlsx)",
        f"{_OOXML}spreadsheetml.sheet",
        (".xlsx",),
        (".xls", ".et"),
    ),
    "pptx": Format(
        "演示文稿（pptx）",
        "a presentation (pptx)",
        f"{_OOXML}presentationml.presentation",
        (".pptx",),
        (".ppt", ".dps"),
    ),
    "doc": Format(
        "Word 文档（doc）", "a Word document (doc)", "application/msword", (".doc", ".wps"), (".docx",)
    ),
    "xls": Format(
        "Excel 工作簿（xls）", "a workbook (xls)", "application/vnd.ms-excel", (".xls", ".et"), (".xlsx",)
    ),
    "txt": Format("纯文本", "plain text", "text/plain", (".txt",)),
    "csv": Format("csv 表格", "a csv table", "text/csv", (".csv",)),
    "json": Format("json 数据", "json data", "application/json", (".json",)),
    "xml": Format("xml 数据", "xml data", "application/xml", (".xml",)),
    "png": Format("PNG 图片", "a PNG picture", "image/png", (".png",)),
    "jpg": Format("JPEG 图片", "a JPEG picture", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif")),
}
# The media types that programs give files of WPS's own endings.
OWN_MEDIA_TYPES = {".wps": "application/wps-office.wps", ".et": "application/wps-office.et"}
PLAIN_TEXTS = ("txt", "csv", "json", "xml")

# What the bytes begin with -> (code of the refusal, Chinese, English).
REFUSED_MARKS: tuple[tuple[bytes, str, str, str], ...] = (
    (b"MZ", "executable", "Windows 程序", "a Windows program"),
    (b"\x7fELF", "executable", "Linux 程序", "a Linux program"),
    (b"\xca\xfe\xba\xbe", "executable", "Java 或 macOS 程序", "a Java or macOS program"),
    (b"\xfe\xed\xfa", "executable", "macOS 程序", "a macOS program"),
    (b"\xcf\xfa\xed\xfe", "executable", "macOS 程序", "a macOS program"),
    (b"\xce\xfa\xed\xfe", "executable", "macOS 程序", "a macOS program"),
    (b"dex\n", "executable", "Android 程序", "an Android program"),
    (b"\x00asm", "executable", "WebAssembly 程序", "a WebAssembly program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "executable", "快捷方式", "a shortcut"),
    (b"ITSF", "executable", "chm 帮助文件", "a chm help file"),
    (b"FWS", "executable", "Flash 动画", "a Flash film"),
    (b"CWS", "executable", "Flash 动画", "a Flash film"),
    (b"ZWS", "executable", "Flash 动画", "a Flash film"),
    (b"Rar!", "archive", "rar 压缩包", "a rar archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "archive", "gz 压缩包", "a gz archive"),
    (b"BZh", "archive", "bz2 压缩包", "a bz2 archive"),
    (b"\xfd7zXZ", "archive", "xz 压缩包", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "archive", "zst 压缩包", "a zst archive"),
    (b"MSCF", "archive", "cab 压缩包", "a cab archive"),
    (b"GIF8", "not_allowed", "gif 图片（请转为 png）", "a gif picture"),
    (b"II*\x00", "not_allowed", "tif 图片（请转为 png 或 pdf）", "a tif picture"),
    (b"MM\x00*", "not_allowed", "tif 图片（请转为 png 或 pdf）", "a tif picture"),
    (b"{\\rtf", "not_allowed", "rtf 文件", "an rtf file"),
    (b"%!PS", "not_allowed", "PostScript 文件", "a PostScript file"),
    (b"ID3", "not_allowed", "音频", "sound"),
)
# Parts of an archive under these endings are programs, whatever they hold.
PROGRAM_SUFFIXES = frozenset(
    (
        *(".exe", ".dll", ".scr", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf"),
        *(".hta", ".msi", ".jar", ".lnk", ".apk", ".sh", ".py", ".php", ".cpl", ".chm", ".reg", ".swf"),
        *(".pif", ".wsh", ".html", ".htm", ".svgz", ".jsp", ".asp", ".aspx"),
    )
)
