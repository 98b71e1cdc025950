"""The platform's commands as those who keep an installation call them, each on a database of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest


def environment(data: Path) -> dict[str, str]:
    left_out = {"GONGKAI_DATABASE", "GONGKAI_SECRET_KEY", "GONGKAI_LANG"}
    return {
        **{name: value for name, value in os.environ.items() if name not in left_out},
        "GONGKAI_DATA": str(data),
    }


def gongkai(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(data),
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty invented records, written by the command."""
    data = tmp_path_factory.mktemp("data")
    made = gongkai(data, "sample", "--scale", "40")
    assert made.returncode == 0, made.stderr
    assert "15 个机关，40 条信息，全部虚构" in made.stdout
    return data


@pytest.fixture
def copy(installation: Path, tmp_path: Path) -> Path:
    """The same, to be damaged."""
    with (
        sqlite3.connect(installation / "gongkai.sqlite3") as source,
        sqlite3.connect(tmp_path / "gongkai.sqlite3") as target,
    ):
        source.backup(target)
    subprocess.run(["cp", "-r", str(installation / "files"), str(tmp_path)], check=True)
    return tmp_path


def spoil(data: Path, statement: str) -> None:
    """As somebody would who knows the guards: they are taken off and put back as they were."""
    with sqlite3.connect(data / "gongkai.sqlite3") as database:
        if statement.startswith("DROP TRIGGER"):
            database.execute(statement)
            return
        guards = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            database.execute(f"DROP TRIGGER {name}")
        database.execute(statement)
        for _, sql in guards:
            database.execute(sql)


def test_a_whole_log_verifies_with_its_rows_and_files(installation: Path) -> None:
    found = gongkai(installation, "audit", "verify", "--files")
    assert found.returncode == 0
    assert found.stdout.startswith("完好：")
    assert "行数据" in found.stdout


def test_the_verdict_in_json_counts_what_was_looked_at(installation: Path) -> None:
    found = gongkai(installation, "audit", "verify", "--json", "--files")
    told = json.loads(found.stdout)
    assert told["ok"] is True
    assert told["faults"] == []
    assert told["entries"] > 200
    assert told["rows"] > 200
    assert told["files"] >= 1
    assert json.loads(gongkai(installation, "audit", "verify", "--json", "--chain-only").stdout)["rows"] == 0


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE disclosure_record SET summary = summary || '。' WHERE id = 3", "row_edited"),
        ("UPDATE organs_appointment SET since = '2001-01-01' WHERE id = 5", "row_edited"),
        ("DELETE FROM organs_appointment WHERE id = 9", "row_missing"),
        ("UPDATE audit_chainhead SET number = number - 1", "end_differs"),
        ("DROP TRIGGER audit_entry_append_only_update", "guard_missing"),
    ],
)
def test_a_change_behind_the_program_s_back_is_found_and_ends_with_1(
    copy: Path, statement: str, code: str
) -> None:
    spoil(copy, statement)
    found = gongkai(copy, "audit", "verify", "--json")
    assert found.returncode == 1
    told = json.loads(found.stdout)
    assert told["ok"] is False
    assert code in {one["code"] for one in told["faults"]}
    in_words = gongkai(copy, "audit", "verify")
    assert in_words.returncode == 1
    assert in_words.stdout.startswith("发现 ")


def test_a_file_that_was_altered_or_lost_is_found_when_files_are_looked_at(copy: Path) -> None:
    stored = [place for place in (copy / "files").rglob("*") if place.is_file()]
    database = sqlite3.connect(copy / "gongkai.sqlite3")
    named = {name for (name,) in database.execute("SELECT sha256 FROM disclosure_attachment")}
    one = next(place for place in stored if place.name in named)
    one.chmod(0o644)
    one.write_bytes(one.read_bytes() + b" ")
    assert gongkai(copy, "audit", "verify").returncode == 0
    found = gongkai(copy, "audit", "verify", "--files", "--lang", "en")
    assert found.returncode == 1
    assert "file_damaged" in found.stdout
    one.unlink()
    assert "file_missing" in gongkai(copy, "audit", "verify", "--files").stdout


def test_a_seal_is_a_line_that_a_later_verification_holds_the_chain_against(
    copy: Path, tmp_path: Path
) -> None:
    seals = tmp_path / "seals.jsonl"
    for _ in range(2):
        assert gongkai(copy, "audit", "seal", "-o", str(seals)).returncode == 0
    lines = seals.read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert set(json.loads(lines[0])) == {"number", "hash", "at"}
    assert gongkai(copy, "audit", "verify", "--seals", str(seals)).returncode == 0
    forged = {**json.loads(lines[0]), "hash": "0" * 64}
    seals.write_text(json.dumps(forged) + "\n", "utf-8")
    found = gongkai(copy, "audit", "verify", "--seals", str(seals))
    assert found.returncode == 1
    assert "seal_differs" in found.stdout


def test_a_seal_goes_to_standard_output_when_no_file_is_named(installation: Path) -> None:
    assert json.loads(gongkai(installation, "audit", "seal").stdout)["number"] > 200


@pytest.mark.parametrize("content", ["no json", '{"number": 1}', "[]"])
def test_seals_that_cannot_be_read_end_with_2(installation: Path, tmp_path: Path, content: str) -> None:
    seals = tmp_path / "seals"
    seals.write_text(content, "utf-8")
    found = gongkai(installation, "audit", "verify", "--seals", str(seals))
    assert found.returncode == 2
    assert "封存文件" in found.stderr
    assert gongkai(installation, "audit", "verify", "--seals", str(tmp_path / "none")).returncode == 2


@pytest.mark.parametrize("command", [("audit", "verify"), ("audit", "seal"), ("publish-due",), ("work",)])
def test_without_a_database_a_command_says_so_in_one_line_and_ends_with_2(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    found = gongkai(tmp_path, *command)
    assert found.returncode == 2
    assert found.stderr.count("\n") == 1
    assert "gongkai setup" in found.stderr


def test_a_database_that_is_no_database_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "gongkai.sqlite3").write_bytes(b"this is a letter, not a database" * 100)
    found = gongkai(tmp_path, "audit", "verify")
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert "数据库不能使用" in found.stderr


def test_publishing_what_is_due_tells_how_much_it_was(installation: Path) -> None:
    found = gongkai(installation, "publish-due")
    assert found.returncode == 0
    assert found.stdout.startswith("公开 0 条")


def test_the_sample_is_not_written_twice(installation: Path) -> None:
    again = gongkai(installation, "sample", "--scale", "40")
    assert again.returncode == 0
    assert "没有改动" in again.stdout
    assert gongkai(installation, "sample", "--scale", "41").returncode == 2
    assert gongkai(installation, "sample").returncode == 0


def test_the_first_administrator_is_made_once_with_a_password_that_is_printed_once(tmp_path: Path) -> None:
    given = ("--username", "guanli", "--name", "示例管理员", "--organ", "shili", "--organ-name", "虚构示例局")
    made = gongkai(tmp_path, "setup", *given, "--credit-code", credit_code())
    assert made.returncode == 0, made.stderr
    assert "一次性密码：" in made.stdout
    again = gongkai(tmp_path, "setup", *given, "--username", "lingyiwei")
    assert again.returncode == 2
    assert again.stderr.count("\n") == 1
    assert gongkai(tmp_path, "audit", "verify").returncode == 0
    beside = gongkai(tmp_path, "sample")
    assert beside.returncode == 2
    assert "真实机关" in beside.stderr


def test_set_up_asks_for_what_is_missing_only_where_somebody_can_answer(tmp_path: Path) -> None:
    found = gongkai(tmp_path, "setup", "--lang", "en")
    assert found.returncode == 2
    assert "--organ" in found.stderr


def test_set_up_asks_in_chinese_and_asks_again_after_a_wrong_answer(tmp_path: Path) -> None:
    """On a terminal: a wrong answer is told at once, and no answer given before it is lost."""
    wrong_code = credit_code()[:-1] + ("1" if credit_code()[-1] != "1" else "2")
    answers = ["示例 县", "shilixian", "九", "3", "a", "guanli", "示例管理员", "虚构示例县人民政府"]
    shown, status = on_a_terminal(tmp_path, [*answers, wrong_code, credit_code()], "setup")
    assert status == 0, shown
    assert "1. 省级" in shown
    assert "4. 乡级" in shown
    assert "没有“九”这一项。请输入 1 至 4 中的一个序号" in shown
    assert "“示例 县”不能用：代码用小写字母、数字和连字符" in shown
    assert "“a”不能用：登录名 3 至 60 位" in shown
    assert "统一社会信用代码不对：须为 18 位" in shown
    assert "已建立管理员 guanli（虚构示例县人民政府）" in shown


@pytest.mark.parametrize("answer", ["4", "４", "乡", "乡级", "township"])
def test_a_level_is_understood_by_number_name_or_code(answer: str) -> None:
    from gongkai.cli_platform_asking import level_of

    assert level_of(answer) == "township"
    assert level_of("0") is None
    assert level_of("5") is None
    assert level_of("村") is None
    assert level_of("") is None


def test_a_wrong_option_of_set_up_is_named_before_anything_is_made(tmp_path: Path) -> None:
    given = ("--username", "guanli", "--name", "示例管理员", "--organ", "shili", "--organ-name", "虚构示例局")
    for option, value in (("--credit-code", "123"), ("--kind", "bureau"), ("--username", "a")):
        code = () if option == "--credit-code" else ("--credit-code", credit_code())
        found = gongkai(tmp_path, "setup", *given, *code, option, value)
        assert found.returncode == 2
        assert f"{option} 给出的“{value}”不能用" in found.stderr
        assert "还没有建立机关和账号" in found.stderr
        assert found.stderr.count("\n") == 1
    assert gongkai(tmp_path, "setup", *given, "--credit-code", credit_code()).returncode == 0


def on_a_terminal(data: Path, answers: list[str], *arguments: str) -> tuple[str, int]:
    """What a command shows on a terminal where somebody types the answers; its exit status."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-m", "gongkai.cli", *arguments], dict(environment(data)))
    shown = b""
    # The terminal holds what is typed ahead until it is asked for.
    os.write(terminal, "".join(f"{one}\n" for one in answers).encode())
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    return shown.decode("utf-8", "replace").replace("\r\n", "\n"), os.waitstatus_to_exitcode(
        os.waitpid(child, 0)[1]
    )


def test_the_key_is_kept_for_its_owner_alone(installation: Path) -> None:
    kept = installation / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    key = kept.read_text("ascii")
    gongkai(installation, "publish-due")
    assert kept.read_text("ascii") == key


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_by_a_signal_without_a_word(installation: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "gongkai.cli", "work"]
    # The first to work on a new installation tells that it built the index: that is done here.
    built = [*command[:-1], "search", "rebuild"]
    subprocess.run(built, env=environment(installation), stdout=subprocess.DEVNULL, check=True)
    with subprocess.Popen(
        command, env=environment(installation), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as worker:
        time.sleep(4)
        assert worker.poll() is None
        worker.send_signal(number)
        assert worker.wait(timeout=10) == 0
        assert worker.stdout is not None
        assert worker.stdout.read() == b""


def test_the_worker_ends_with_the_process_that_started_it(installation: Path) -> None:
    starter = (
        "import os, subprocess, sys\n"
        "worker = subprocess.Popen([sys.executable, '-m', 'gongkai.cli', 'work'],"
        " env={**os.environ, 'GONGKAI_WORKER_OF': str(os.getpid())})\n"
        "print(worker.pid, flush=True)\n"
        "import time; time.sleep(4)\n"
    )
    started = subprocess.run(
        [sys.executable, "-c", starter], env=environment(installation), capture_output=True, text=True
    )
    worker = int(started.stdout)
    for _ in range(60):
        if not _runs(worker):
            return
        time.sleep(0.2)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived its starter")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_names_every_command(lang: str, tmp_path: Path) -> None:
    told = gongkai(tmp_path, "--help", "--lang", lang).stdout
    assert all(name in told for name in ("setup", "audit", "publish-due", "work", "sample"))
    for command in (("setup",), ("audit",), ("audit", "verify"), ("audit", "seal"), ("work",), ("sample",)):
        shown = gongkai(tmp_path, *command, "--help", "--lang", lang)
        assert shown.returncode == 0
        assert ("用法" in shown.stdout) == (lang == "zh")


def credit_code() -> str:
    from gongkai.statute.identifiers import credit_check_character

    body = "11999999000000999"
    return body + credit_check_character(body)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    # A process that has ended and was not waited for is there still: its state says so.
    state = Path(f"/proc/{number}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_who_has_lost_the_way_in_is_let_in_again_and_the_log_says_so(copy: Path) -> None:
    done = gongkai(copy, "reset-account", "xugou.admin", "--second-factor")
    assert done.returncode == 0, done.stderr
    assert "一次性密码：" in done.stdout
    with sqlite3.connect(copy / "gongkai.sqlite3") as database:
        [(must_change,)] = database.execute(
            "SELECT must_change_password FROM organs_staff WHERE username = 'xugou.admin'"
        )
        [(action,)] = database.execute("SELECT action FROM audit_entry ORDER BY number DESC LIMIT 1")
    assert (must_change, action) == (1, "organs.account_reset")
    assert gongkai(copy, "audit", "verify").returncode == 0
    unknown = gongkai(copy, "reset-account", "nobody")
    assert (unknown.returncode, "nobody" in unknown.stderr) == (2, True)


def test_a_keeper_is_of_no_organ_and_holds_no_role(copy: Path) -> None:
    assert gongkai(copy, "keeper", "baoguan", "虚构保管").returncode == 0
    with sqlite3.connect(copy / "gongkai.sqlite3") as database:
        [row] = database.execute(
            "SELECT organ_id, is_superuser, "
            "(SELECT count(*) FROM organs_appointment a WHERE a.staff_id = s.id) "
            "FROM organs_staff s WHERE username = 'baoguan'"
        )
    assert row == (None, 1, 0)
    assert gongkai(copy, "keeper", "baoguan", "虚构保管").returncode == 2
    assert gongkai(copy, "audit", "verify").returncode == 0
