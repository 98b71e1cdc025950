"""GONGKAI_MAIL=file:///folder: letters can be tried out on a machine that sends none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SENDS = """
import django
django.setup()
from gongkai.web.channels.subscribing.messengers import Email, Message
from gongkai.web.channels.subscribing.no_mail import is_there_mail
assert is_there_mail()
text = "打开链接：http://localhost:8000/request/mine/"
Email().send(Message("somebody@example.cn", "登录链接", text, "key"))
"""


def test_a_letter_stands_in_the_folder_as_it_would_have_been_sent(tmp_path: Path) -> None:
    folder = tmp_path / "信 箱"
    told = {
        "DJANGO_SETTINGS_MODULE": "gongkai.web.config.settings",
        "GONGKAI_DATA": str(tmp_path),
        "GONGKAI_SECRET_KEY": "k" * 50,
        "GONGKAI_MAIL": folder.as_uri(),
    }
    subprocess.run([sys.executable, "-c", SENDS], env={**os.environ, **told}, check=True, timeout=120)
    (letter,) = folder.iterdir()
    text = letter.read_text("utf-8")
    assert "To: somebody@example.cn" in text
    assert "打开链接：http://localhost:8000/request/mine/" in text
