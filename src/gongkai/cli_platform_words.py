"""The words of the platform's commands in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "help.setup.short": ("建立数据库和第一个管理员。", "Make the database and the first administrator."),
    "help.setup": (
        "建立（或更新）数据库，并为新装的平台建立第一个机关和它的管理员，打印一次性密码。"
        "没有用选项给出的，会逐项询问。\n\n"
        "退出状态：0 完成；2 已有管理员、内容不对或用法有误。",
        "Make or update the database, then the first organ with its administrator; prints a one-time "
        "password. What no option gives is asked for.\n\n"
        "Exit status: 0 done; 2 there is an administrator, something is wrong, or the call was.",
    ),
    "help.username": ("管理员的登录名。", "The administrator's user name."),
    "help.person": ("管理员的姓名。", "The administrator's name."),
    "help.organ": ("机关代码：小写字母、数字、连字符。", "The organ's code: small letters, digits, hyphens."),
    "help.organ_name": ("机关名称。", "The organ's name."),
    "help.credit_code": ("统一社会信用代码。", "Its unified social credit code."),
    "help.kind": ("机关类别（默认为该层级的人民政府）。", "Its kind (the government of its level)."),
    "help.level": (
        "层级：province 省级、prefecture 市级、county 县级、township 乡级。",
        "province, prefecture, county, township.",
    ),
    "ask.level": ("机关的层级：", "Level of the organ:"),
    "level.province": ("省级（省、自治区、直辖市）", "Province (province, autonomous region, municipality)"),
    "level.prefecture": ("市级（设区的市、州、盟）", "Prefecture (city with districts, prefecture, league)"),
    "level.county": ("县级（县、区、不设区的市）", "County (county, district, city without districts)"),
    "level.township": ("乡级（乡、镇）", "Township (township, town)"),
    "ask.level_number": ("请输入序号", "Number"),
    "ask.level_wrong": (
        "没有“{answer}”这一项。请输入 1 至 {most} 中的一个序号，例如县、区输入 3。",
        "There is no “{answer}”. Enter a number from 1 to {most}, as 3 for a county or district.",
    ),
    "ask.wrong": ("“{answer}”不能用：{why}请重新输入。", "“{answer}” cannot be used: {why} Enter it again."),
    "ask.wrong_option": (
        "{option} 给出的“{answer}”不能用：{why}请改正后重新运行，还没有建立机关和账号。",
        "{option}: “{answer}” cannot be used: {why} Mend it and run again; no organ or account was made.",
    ),
    "ask.kind": ("机关类别", "Its kind"),
    "ask.username": ("管理员登录名", "Administrator's user name"),
    "ask.name": ("管理员姓名", "Administrator's name"),
    "ask.organ": ("机关代码（小写字母、数字、连字符）", "Organ's code (small letters, digits, hyphens)"),
    "ask.organ_name": ("机关名称", "Organ's name"),
    "ask.credit_code": ("统一社会信用代码", "Unified social credit code"),
    "setup.done": (
        "已建立管理员 {username}（{organ}）。\n一次性密码：{password}\n首次登录后须更改密码。",
        "Administrator {username} of {organ}.\nOne-time password: {password}\nChange it at first sign-in.",
    ),
    "help.keeper.short": ("建立安装设置的保管账号。", "Make an account that keeps the settings."),
    "help.keeper": (
        "建立可进 /admin/ 的账号：只管安装设置和登录锁定，不属于任何机关，看不到信息，登录须有第二重验证。"
        "打印一次性密码。\n\n退出状态：0 完成；2 不能建立或用法有误。",
        "An account for /admin/, which holds settings and lock-outs only: of no organ, seeing no record, "
        "with a second factor. Prints a one-time password.\n\nExit status: 0 done; 2 it could not be made.",
    ),
    "keeper.done": (
        "已建立保管账号 {username}。\n一次性密码：{password}\n首次登录后须更改密码，并设置第二重验证。",
        "Keeper {username}.\nOne-time password: {password}\nChange it and set up a second factor at sign-in.",
    ),
    "help.reset_account.short": ("重置账号的密码。", "Reset an account's password."),
    "help.reset_account": (
        "为忘记密码的人（例如唯一的管理员）打印一次性密码，解除锁定，结束其全部会话；写入操作记录。\n\n"
        "退出状态：0 完成；2 没有这个账号或用法有误。",
        "A one-time password for somebody who has lost the way in, as the only administrator may; ends their "
        "lock-out and sessions, and is entered in the log.\n\nExit status: 0 done; 2 no such account.",
    ),
    "help.second_factor": (
        "同时取消第二重验证，下次登录重新设置。",
        "Remove the second factor too; it is set up anew at sign-in.",
    ),
    "reset.done": (
        "账号 {username} 已重置。\n一次性密码：{password}\n登录后须更改密码。",
        "Account {username} was reset.\nOne-time password: {password}\nChange it at sign-in.",
    ),
    "help.audit.short": ("操作记录：核验、封存。", "The log: verify it, seal it."),
    "help.audit": ("核验操作记录，封存记录链的末尾。", "Verify the log; seal the end of its chain."),
    "help.verify.short": ("核验操作记录和数据。", "Verify the log, and the data against it."),
    "help.verify": (
        "从第一条起核验操作记录链，再逐行核对数据库与记录是否一致：改动、缺失、顺序颠倒、绕过程序的添加和删除都会列出。\n\n"
        "退出状态：0 完好；1 发现问题；2 无法核验（没有数据库等）。",
        "Verify the chain from its first entry, then every row of the database against it: edits, gaps, "
        "reordering, rows added or removed behind the program's back.\n\n"
        "Exit status: 0 whole; 1 faults were found; 2 it could not be verified.",
    ),
    "help.verify.json": ("打印 JSON（一个对象）。", "Print one JSON object."),
    "help.chain_only": ("只核验记录链，不核对数据行。", "The chain alone, not the rows."),
    "help.files": ("同时核对每个附件和图片的内容。", "Every attachment's and picture's bytes as well."),
    "help.seals": (
        "以前封存的文件（gongkai audit seal 所写），可多次给出。",
        "File of seals that `gongkai audit seal` wrote; repeatable.",
    ),
    "verify.whole": (
        "完好：{entries} 条操作记录，{rows} 行数据，{files} 个文件。",
        "Whole: {entries} entries, {rows} rows, {files} files.",
    ),
    "verify.faults": (
        "发现 {count} 处问题（{entries} 条操作记录，{rows} 行数据，{files} 个文件）：",
        "{count} faults ({entries} entries, {rows} rows, {files} files):",
    ),
    "verify.left_out": ("……另有 {count} 处。", "… and {count} more."),
    "error.seals": ("封存文件 {path} 读不出：{why}", "the seals in {path} cannot be read: {why}"),
    "help.seal.short": ("封存记录链的末尾。", "Seal the end of the chain."),
    "help.seal": (
        "把记录链末尾的编号、校验值和时间写成一行 JSON。请存放到本系统以外：日后用 "
        "gongkai audit verify --seals 核对，可以发现整条记录链被重造。\n\n"
        "退出状态：0 完成；2 没有操作记录，或写不了文件。",
        "Write number, hash and time of the chain's end as a line of JSON. Keep it outside this system: "
        "`gongkai audit verify --seals` then shows whether the whole chain was made anew.\n\n"
        "Exit status: 0 done; 2 there is no entry, or the file cannot be written.",
    ),
    "help.seal.output": ("加在这个文件末尾，而不是标准输出。", "Add to this file, not standard output."),
    "seal.none": ("还没有操作记录，无可封存。", "There is no entry to be sealed."),
    "seal.written": ("已封存到第 {number} 条，写入 {path}。", "Sealed up to entry {number} in {path}."),
    "help.publish_due.short": ("公开到时的信息。", "Publish what is due."),
    "help.publish_due": (
        "公开已到定时公开时间的信息，并按日期更新有效性（生效、失效）。gongkai work 每 30 秒做同样的事。\n\n"
        "退出状态：0 完成；1 有信息到时而未能公开；2 无法执行。",
        "Publish what has been set for a time that has come, and bring validity up to the day. `gongkai "
        "work` does the same every 30 seconds.\n\n"
        "Exit status: 0 done; 1 something was held up; 2 it could not be done.",
    ),
    "due.done": (
        "公开 {done} 条，更新有效性 {changed} 条。",
        "{done} published, validity of {changed} brought up.",
    ),
    "due.held": ("未能公开：{number} {title}：{why}", "Held up: {number} {title}: {why}"),
    "help.work.short": ("后台：定时公开，直到停止。", "Work in the background until stopped."),
    "help.work": (
        "每 30 秒公开到时的信息、更新有效性，直到收到停止信号（Ctrl+C、SIGTERM）。同时运行几个也无妨。",
        "Every 30 seconds publish what is due and bring validity up to the day, until stopped (Ctrl+C, "
        "SIGTERM). Several at once do no harm.",
    ),
    "help.reseal.short": ("更换系统密钥以后重新加密。", "Seal anew after a change of the key."),
    "help.reseal": (
        "更换 GONGKAI_SECRET_KEY 以后，把用旧密钥加密的内容（公众的联系方式、订阅地址、渠道密钥、双重验证）"
        "改用现在的密钥加密。旧密钥须在 GONGKAI_SECRET_KEY_FALLBACKS 中。可以中断、重复运行，不用停机。\n\n"
        "退出状态：0 全部用现在的密钥加密；1 有内容用哪个密钥都打不开；2 无法执行。",
        "After a change of GONGKAI_SECRET_KEY, seal anew what older keys have sealed (contacts of citizens, "
        "subscribers' addresses, keys of channels, second factors). The older keys stand in "
        "GONGKAI_SECRET_KEY_FALLBACKS. May be stopped, run again, and run while people work.\n\n"
        "Exit status: 0 the key of now opens everything; 1 something is opened by no key; 2 it could not "
        "be done.",
    ),
    "reseal.done": ("重新加密 {done} 处。", "{done} sealed anew."),
    "reseal.unreadable": (
        "{count} 处用哪个密钥都打不开，原样保留。请核对 GONGKAI_SECRET_KEY_FALLBACKS：",
        "{count} are opened by no key and stay as they are. Check GONGKAI_SECRET_KEY_FALLBACKS:",
    ),
    "help.tidy_files.short": ("清理没有信息引用的文件。", "Tidy files that no record names."),
    "help.tidy_files": (
        "找出存储中一天以前存入、现在没有任何版本、附件、图片和审查引用的文件（改过的草稿、删除的附件、只试过的导入"
        "留下的）。不加 --delete 只报告，不删除。可以每晚运行；备份之后运行更稳妥。",
        "Finds stored files, a day old and more, that no version, attachment, picture or review names any "
        "more (left by changed drafts, removed attachments, imports only tried). Without --delete it only "
        "reports. Run it nightly, after the backup.",
    ),
    "help.tidy_files.delete": ("删除找到的文件。", "Remove what is found."),
    "tidy_files.found": (
        "没有引用的文件 {files} 个，共 {mib} MB。加 --delete 删除。",
        "{files} files that nothing names, {mib} MB. Add --delete to remove them.",
    ),
    "tidy_files.done": (
        "已删除没有引用的文件 {removed} 个（找到 {files} 个，共 {mib} MB）。",
        "{removed} files removed (of {files} found, {mib} MB).",
    ),
    "help.sample.short": ("装入虚构的示例。", "Load the fictional sample."),
    "help.sample": (
        "在空数据库里装入示例：一个虚构的区，十几个镇街和部门，各种角色的人员，三年的信息。"
        "机关、人名、内容都是虚构的。\n\n"
        "退出状态：0 完成，或示例已在；2 数据库里有真实机关，或用法有误。",
        "Load the sample into an empty database: an invented district with towns, departments, people of "
        "every role and three years of records. All of it is fictional.\n\n"
        "Exit status: 0 done, or there already; 2 there are real organs, or the call was wrong.",
    ),
    "help.scale": ("改为写入 N 条信息，供测速。", "Write N records instead, for measuring."),
    "sample.done": (
        "示例已装入：{organs} 个机关，{records} 条信息，全部虚构。",
        "The sample is loaded: {organs} organs, {records} records, all fictional.",
    ),
    "sample.there": (
        "示例早已装入（{organs} 个机关，{records} 条信息），没有改动。",
        "The sample is there already ({organs} organs, {records} records): nothing was changed.",
    ),
    "sample.progress": ("已写入 {done} / {total} 条", "{done} of {total} written"),
    "sample.people": ("示例账号（密码都是 {password}）：", "Sample accounts (password of all: {password}):"),
    "sample.others": (
        "其他镇街和部门的账号为“机关代码.角色”，密码相同：\n"
        "  镇街（例如 qinghe）：clerk、head、secrecy（兼公开工作机构）、leader（兼审计员）、admin\n"
        "  部门（例如 minzheng）：clerk、head、secrecy（兼审计员）、leader、office（兼管理员）",
        "Those of towns and departments are CODE.ROLE, with the same password:\n"
        "  towns (as qinghe): clerk, head, secrecy (and disclosure office), leader (and auditor), admin\n"
        "  departments (as minzheng): clerk, head, secrecy (and auditor), leader, office (and administrator)",
    ),
    "help.search.short": ("检索索引：重建、状态。", "The search index: rebuild, status."),
    "help.search": (
        "本机的检索索引。它由数据库得出，可以随时重建，平时由 gongkai work 跟上变动。",
        "The search index of this machine. It is derived from the database, can be built anew at any time, "
        "and is kept up by `gongkai work`.",
    ),
    "help.search_rebuild.short": ("重建检索索引。", "Build the search index anew."),
    "help.search_rebuild": (
        "从数据库重建检索索引。重建时仍用旧索引检索，完成后一次换上，其间的变动也已跟上。\n\n"
        "退出状态：0 完成；1 另一个进程正在重建；2 不能完成。",
        "Build the search index anew from the database. The old one is read meanwhile; the new one takes its "
        "place in one step, with what has changed meanwhile.\n\n"
        "Exit status: 0 done; 1 another process is building it; 2 it could not be done.",
    ),
    "help.search_status.short": ("检索索引的状态。", "The state of the search index."),
    "help.search_status": (
        "检索索引里有多少信息，跟到了哪一处变动。\n\n退出状态：0 已跟上；1 没有索引，或还没有跟上。",
        "How many records the search index holds and how far it has followed.\n\n"
        "Exit status: 0 up to date; 1 there is none, or it is behind.",
    ),
    "search.progress": ("已编入 {done} / {total} 条", "{done} of {total} indexed"),
    "search.done": ("检索索引已重建：{count} 条信息。", "The search index is built: {count} records."),
    "search.busy": (
        "另一个进程正在重建检索索引，请等它完成。",
        "Another process is building the search index: wait until it is done.",
    ),
    "search.none": (
        "没有可用的检索索引（{path}）：{why}。gongkai work 会自动重建，也可以运行 gongkai search rebuild。",
        "There is no usable search index ({path}): {why}. `gongkai work` builds it, and so does "
        "`gongkai search rebuild`.",
    ),
    "search.status": (
        "检索索引（{path}）：{documents} 条信息，已公开 {public} 条，{size} MB。",
        "The search index ({path}): {documents} records of {public} public ones, {size} MB.",
    ),
    "search.building": ("正在重建。", "It is being built anew."),
    "search.waiting": ("还有 {waiting} 处变动没有跟上。", "{waiting} changes are still to be followed."),
    "error.web": (
        "平台命令需要网页组件：pip install gongkai[web]（缺少 {name}）",
        "commands of the platform need the extra: pip install gongkai[web] ({name} is missing)",
    ),
    "error.database": (
        "数据库不能使用：{why}。请检查 GONGKAI_DATABASE、GONGKAI_DATA，新装的请先运行 gongkai setup。",
        "the database cannot be used: {why}. Check GONGKAI_DATABASE and GONGKAI_DATA; a new installation "
        "begins with `gongkai setup`.",
    ),
    "error.no_tables": (
        "数据库还没有建好，请先运行 gongkai setup（或者 make run）。",
        "the database is not set up: run `gongkai setup` (or `make run`) first.",
    ),
}
