"""The command line's words in Chinese and English, and click's own words in Chinese."""

from __future__ import annotations

import errno
from typing import Any

import click

from gongkai.cli_platform_words import WORDS as _PLATFORM_WORDS

_WORDS: dict[str, tuple[str, str]] = {
    "help.gongkai": (
        "读取、核对、写出政府信息公开工作年度报告；管理政府信息公开平台。\n\n"
        "可读 docx、doc（wps）、pdf、html、mht、xlsx、xls（et）、txt、Markdown、csv、json；"
        "2014、2019、2021 年三种格式都认识。"
        "\n\n"
        "扫描件和图片须先装文字识别组件：pip install gongkai[ocr]。",
        "Read and check annual reports on open government information in China, and write them; keep the "
        "platform of an office.\n\n"
        "Reads docx, doc (wps), pdf, html, mht, xlsx, xls (et), txt, Markdown, csv, json; the forms of 2014, "
        "2019, 2021. "
        "Scans and pictures need the extra: pip install gongkai[ocr].",
    ),
    "help.lang": ("界面语言：zh 中文，en 英文。", "Language of what people read: zh or en."),
    "help.version": ("显示版本后退出。", "Show the version and exit."),
    "help.help": ("显示帮助后退出。", "Show this help and exit."),
    "help.read.short": ("读出报告，逐份输出 JSON。", "Read reports, print each as JSON."),
    "help.read": (
        "读出每份报告的表格和文字，每份输出一行 JSON。可给文件或文件夹，“-”表示标准输入。\n\n"
        "退出状态：0 完成；2 有文件读不出或用法有误（其余文件照常处理）。",
        "Read tables and text of each report; print a line of JSON for each. Takes files or folders; `-` is "
        "standard input.\n\n"
        "Exit status: 0 done; 2 a file could not be read or the call was wrong (the others are done).",
    ),
    "help.pretty": ("JSON 分行缩进。", "Indent the JSON."),
    "help.check.short": ("核对报告，列出发现的问题。", "Check reports, list the findings."),
    "help.check": (
        "核对报告：表内勾稽、文字与表格、缺漏、跨年、个人信息、雷同。可给文件或文件夹，“-”表示标准输入。\n\n"
        "同一机关相邻两年的报告会自动作跨年核对。\n\n"
        "退出状态：0 没有错误；1 至少一处错误；2 有文件读不出或用法有误（其余文件照常处理）。",
        "Check reports: sums, text against tables, omissions, across years, personal data, copied text. "
        "Takes files or folders; `-` is standard input.\n\n"
        "Two consecutive years of one organ are checked against each other.\n\n"
        "Exit status: 0 no error; 1 at least one error; 2 a file could not be read or the call was wrong "
        "(the others are done).",
    ),
    "help.format": (
        "输出格式：json 每份报告一行；csv、xlsx 为表格和文字；cells 为 csv，每个单元格一行，供多份报告统计。",
        "json: a line a report; csv, xlsx: its tables and text; cells: csv, a row a cell over all reports.",
    ),
    "help.read.output": (
        "写到这个文件，而不是标准输出。",
        "Write to this file, not to standard output.",
    ),
    "help.write.short": ("把报告写成 docx、pdf 等文件。", "Write reports as docx, pdf and others."),
    "help.write": (
        "按法定格式写出报告：标题、六个部分、表格。FILE 可以是 gongkai read 输出的 json，"
        "也可以是其他能读的报告文件或文件夹；“-”表示标准输入。\n\n"
        "不用 -o 时写在原文件旁边，同名、换后缀；已有的文件不覆盖，除非加 --force。"
        "写出后会读回核对，有出入时提示。\n\n"
        "退出状态：0 完成；2 有文件读不出、文件已存在或用法有误。",
        "Write reports in the statutory layout. FILE is the json of `gongkai read`, or any readable report "
        "or folder; `-` is standard input.\n\n"
        "Without -o a file is written beside its source, under its name; one that exists stays unless "
        "--force is given. What is written is read back and compared.\n\n"
        "Exit status: 0 done; 2 a file could not be read, exists already, or the call was wrong.",
    ),
    "help.deadline.short": ("算答复期限，说明怎么算的。", "When a reply is due, and why."),
    "help.deadline": (
        "算出政府信息公开申请的答复期限，逐步说明依据的条款、节假日和调休。\n\n"
        "事项（--event）写成“日期:事项”，可以多次：supplement-asked 补正通知、supplement-received 收到补正、"
        "third-party-asked 征求第三方、third-party-answered 第三方答复、"
        "co-maker-asked 征求共同制作机关、extension-approved 批准延期、"
        "extension-notified 告知延期、fee-notified 收费通知、fee-paid 缴清、decided 决定、served 送达等。\n\n"
        "例：gongkai deadline --received 2025-09-26 --event 2025-10-10:third-party-asked:某公司\n\n"
        "退出状态：0 合法；1 有不合法的步骤；2 用法有误。",
        "When the reply to a request is due, step by step with article, holidays and make-up days.\n\n"
        "Events (--event, repeatable) are DATE:EVENT: supplement-asked, supplement-received, "
        "third-party-asked, third-party-answered, co-maker-asked, extension-approved, extension-notified, "
        "fee-notified, fee-paid, decided, served and others.\n\n"
        "Example: gongkai deadline --received 2025-09-26 --event 2025-10-10:third-party-asked:Company\n\n"
        "Exit status: 0 lawful; 1 a step broke the law; 2 the call was wrong.",
    ),
    "help.received": ("收到申请的日期，如 2025-09-26。", "Day the request came in, as 2025-09-26."),
    "help.channel": (
        "提交渠道：in-person、signed-post、ordinary-post、online、fax；按第三十一条确定收到之日。",
        "in-person, signed-post, ordinary-post, online, fax: determines the date of receipt (REG.31).",
    ),
    "help.confirmed": ("与申请人确认收到的日期。", "Day the receipt was confirmed with the requester."),
    "help.event": ("办理中的事项，可多次给出。", "What happened; repeatable."),
    "help.as_of": ("截至哪一天（默认今天）。", "As of which day (today if not given)."),
    "help.calendar": (
        "补充的放假安排：toml 文件，或国务院办公厅通知的文本文件。",
        "A further holiday notice: a toml file, or the text of the notice.",
    ),
    "help.fee.short": ("算信息处理费，列出各档。", "The information processing fee by tier."),
    "help.fee": (
        "算政府信息公开信息处理费：--items 按件（同一申请人一个自然月累计），"
        "--pages 按量（单件申请），二者选一。\n\n"
        "退出状态：0 完成；2 用法有误。",
        "The information processing fee: --items by item (one applicant, one calendar month), "
        "or --pages by page (one request).\n\n"
        "Exit status: 0 done; 2 the call was wrong.",
    ),
    "help.items": ("要计费的件数。", "How many requests are charged."),
    "help.after": (
        "同一申请人当月此前已有的件数（默认 0）。",
        "Requests of that applicant earlier in the month (0).",
    ),
    "help.pages": ("提供的页数（A4 一面为一页）。", "Pages supplied (a side of A4)."),
    "help.on": ("申请日期（默认今天），决定适用的标准。", "Day of the request (today): which prices hold."),
    "help.scan.short": ("查个人信息和错敏词。", "Personal data and wrong wording in files."),
    "help.scan": (
        "在任何能读的文件里查个人信息（身份证号、手机号、银行卡号、住址、语境中的姓名等）和错敏词。"
        "个人信息只以遮盖后的样子显示。\n\n"
        "退出状态：0 没有错误；1 至少一处错误；2 有文件读不出或用法有误（其余文件照常处理）。",
        "Look for personal data (identity numbers, telephones, bank cards, addresses, names in context) "
        "and wrong wording in any readable file. Personal data is shown in its masked form only.\n\n"
        "Exit status: 0 no error; 1 at least one error; 2 a file could not be read or the call was wrong.",
    ),
    "help.list": ("本单位的词表（csv），可多次给出。", "An office's own list of wording (csv); repeatable."),
    "scan.found": ("{path}：{count} 处", "{path}: {count} found"),
    "scan.none": ("{path}：没有发现问题", "{path}: nothing found"),
    "error.no_text": ("数据文件，没有可检查的文字。", "a data file without text to be scanned."),
    "deadline.due": ("答复期限届满日：{day}", "Due: {day}"),
    "deadline.due_if": (
        "如 {as_of} 收到意见，答复期限届满日：{day}",
        "Due, if the opinion comes on {as_of}: {day}",
    ),
    "deadline.none": ("尚未重新起算", "the period has not begun again"),
    "deadline.provisional": ("（暂定）", " (provisional)"),
    "deadline.state": ("截至 {day}：{state}", "As of {day}: {state}"),
    "deadline.how": ("这个日期是怎么算出来的：", "How this date came about:"),
    "deadline.findings": ("需要注意：", "To be looked at:"),
    "fee.amount": ("信息处理费：{amount} 元", "Fee: {amount} yuan"),
    "error.date": (
        "{option} 的“{text}”不是日期：请写成 2025-09-26 的样子，并确认有这一天。",
        "{option}: {text!r} is no date: write it as 2025-09-26, a day that exists.",
    ),
    "error.confirmed": (
        "--confirmed 要和 --channel 一起给出：收到之日按提交渠道确定（第三十一条）。",
        "--confirmed needs --channel: the way the request came decides which day counts (REG.31).",
    ),
    "error.after_pages": (
        "--after 只用于按件计收（--items）：按量计收不与其他申请累计。",
        "--after goes with --items: pages are not added up over requests.",
    ),
    "error.fee_basis": (
        "请给出 --items（按件）或 --pages（按量）其中一个：同一申请只按一种标准收费。",
        "Give either --items or --pages: a request is charged on one basis only.",
    ),
    "help.to": ("文件格式；不写时按 OUT 的后缀。", "File format; else the ending of OUT tells."),
    "help.output": (
        "写到这个文件；多份报告时为文件夹；“-”为标准输出。不写时放在原文件旁边，同名、换后缀，"
        "已有的文件要加 --force 才覆盖。",
        "The file to write, a folder for several reports, `-` for standard output; else beside the source, "
        "under its name, where one that exists needs --force.",
    ),
    "help.force": ("覆盖已有的文件。", "Overwrite files that exist."),
    "help.json": ("在标准输出打印 JSON（一个对象）。", "Print one JSON object on standard output."),
    "help.html": ("把核对单写成网页文件。", "Write the check sheet as an html file."),
    "help.xlsx": ("把核对单和表格写成 Excel 文件。", "Write findings and tables as an xlsx file."),
    "help.previous": (
        "同一机关上一年度的报告，用于跨年核对。",
        "The same organ's report of the year before.",
    ),
    "help.rules": (
        "本单位的规则文件（toml）：改核对项目的级别和阈值，写法见 docs/own-rules.md。",
        "An office's own rules (toml): severities and thresholds; see docs/own-rules.md.",
    ),
    "error.rules": ("打不开规则文件 {path}（{why}）", "cannot open the rules file {path} ({why})"),
    "help.compare.short": ("对比两份报告。", "Compare two reports."),
    "help.compare": (
        "对比两份报告：同一机关的两年，或两个机关。列出增减的数字、跨年勾稽、文字的改动和雷同。\n\n"
        "退出状态：0 完成；2 有文件读不出或用法有误。",
        "Compare two reports: two years of one organ, or two organs. Shows the figures that changed, sums "
        "across years, what changed in the texts and what was copied.\n\n"
        "Exit status: 0 done; 2 a file could not be read or the call was wrong.",
    ),
    "help.compare.html": ("把对比写成左右对照的网页文件。", "Write the comparison as an html file."),
    "error.several": (
        "文件里有 {count} 份报告，对比只能用一份：请分成单独的文件。",
        "the file holds {count} reports; one is needed: split the file",
    ),
    "progress": ("正在核对", "Checking"),
    "error.colon": ("：", ": "),
    "error.not_written": (
        "写不了 {path}（{why}）：请换一个位置。",
        "cannot write {path} ({why}): choose another place",
    ),
    "error.folder": (
        "打不开这个文件夹（{why}）：请检查权限。",
        "the folder cannot be opened ({why}): check the permissions",
    ),
    "error.empty_folder": (
        "文件夹里没有可以读取的报告文件（docx、doc、pdf、html、mht、xlsx、xls、txt、md、csv、json 等）。",
        "no file in this folder that could be a report (docx, doc, pdf, html, mht, xlsx, xls, txt, md, csv, "
        "json, …)",
    ),
    "note.passed_over": (
        "另有 {count} 个文件不是年报格式，未读取：{names}。",
        "{count} more files are not in a format of reports and were not read: {names}.",
    ),
    "note.pictures": (
        "要读图片，请直接写出它的文件名。",
        " To read a picture, name the file itself.",
    ),
    "list.comma": ("、", ", "),
    "error.no_file": (
        "不是普通文件（是管道或设备），没有读取。要读管道里的内容，请用“-”（标准输入）。",
        "not a regular file but a pipe or a device, and not read: for what comes through a pipe use `-`",
    ),
    "error.source": (
        "{path} 是要读的报告本身，不能写在上面：请换一个文件名。",
        "{path} is one of the reports: choose another name",
    ),
    "error.not_written_there": (
        "写不了 {path}（{why}）：请用 -o 指定别的文件或文件夹。",
        "cannot write {path} ({why}): name another file or folder with -o",
    ),
    "stdin": ("标准输入", "standard input"),
    "error.exists": (
        "{path} 已存在：用 --force 覆盖，或用 -o 换名。",
        "{path} exists: use --force, or another name with -o",
    ),
    "error.no_format": (
        "不知道写成什么格式：请用 --to docx|pdf|html|xlsx|csv|json。",
        "which format? use --to docx|pdf|html|xlsx|csv|json",
    ),
    "error.other_ending": (
        "{path} 的后缀与格式 {form} 不符：请改文件名，或改格式。",
        "{path} does not end as a file of the format {form}: change the name or the format",
    ),
    "error.one_output": (
        "有多份报告，不能写到一处：请用 -o 指定文件夹。",
        "several reports do not go into one output: name a folder with -o",
    ),
    "error.terminal": (
        "不能在终端显示这种文件：请用 -o 指定文件。",
        "a terminal cannot show such a file: name one with -o",
    ),
    "usage": ("用法：", "Usage: "),
    "options": ("选项", "Options"),
    "commands": ("命令", "Commands"),
    "wrong": ("用法有误：", "Wrong call: "),
    "try": ("（参见 gongkai --help）", " (see gongkai --help)"),
    "wrong.option": ("没有选项 {0}", "no option {0}"),
    "wrong.command": ("没有命令 {0}", "no command {0}"),
    "wrong.missing": ("缺少 {0}", "{0} is missing"),
    "wrong.value": ("{0} 的值不对", "{0} has a wrong value"),
    "wrong.argument": ("选项 {0} 需要一个值", "option {0} takes a value"),
}
_WORDS.update(_PLATFORM_WORDS)


# What the system says only in English.
_SYSTEM_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
}


def system_reason(problem: OSError, lang: str) -> str:
    """Why the system refused, in that language."""
    words = problem.strerror or str(problem)
    if lang == "en":
        return words
    return _SYSTEM_REASONS.get(problem.errno or 0, f"系统提示：{words}")


def say(key: str, lang: str) -> str:
    """The words for a key in that language."""
    zh, en = _WORDS[key]
    return en if lang == "en" else zh


def usage_problem(problem: click.ClickException, lang: str) -> str:
    """A wrong call in one line."""
    if not isinstance(problem, click.UsageError):
        return problem.message
    return say("wrong", lang) + _what_is_wrong(problem, lang) + say("try", lang)


def _what_is_wrong(problem: click.UsageError, lang: str) -> str:
    if isinstance(problem, click.NoSuchOption):
        return say("wrong.option", lang).format(problem.option_name)
    if isinstance(problem, click.MissingParameter):
        return say("wrong.missing", lang).format(
            problem.param.make_metavar(problem.ctx) if problem.param and problem.ctx else "FILE"
        )
    if isinstance(problem, click.BadOptionUsage):
        return say("wrong.argument", lang).format(problem.option_name)
    if isinstance(problem, click.BadParameter) and problem.param is not None:
        return say("wrong.value", lang).format(problem.param.opts[0])
    words = problem.message.split("'")
    if "command" in words[0] and len(words) > 1:
        return say("wrong.command", lang).format(words[1])
    return problem.message


class _Bilingual(click.Command):
    """A command whose help is in one language from head to foot."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("usage", self.lang))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = super().collect_usage_pieces(ctx)
        if self.lang == "en":
            return pieces
        return [{"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}.get(p, p) for p in pieces]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("help.help", self.lang)
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            row
            for p in self.get_params(ctx)
            if isinstance(p, click.Option) and (row := p.get_help_record(ctx)) is not None
        ]
        with formatter.section(say("options", self.lang)):
            formatter.write_dl(rows)


class BilingualCommand(_Bilingual):
    pass


class BilingualGroup(_Bilingual, click.Group):
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        commands = [(name, command.get_short_help_str(80)) for name, command in self.commands.items()]
        with formatter.section(say("commands", self.lang)):
            formatter.write_dl(commands)
