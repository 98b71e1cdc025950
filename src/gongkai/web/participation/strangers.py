"""What is asked of a form that anybody may send: from our own page, from a person, not too often.

No session, no cookie and no script is needed for it: the page a form stands on may be kept by caches, and
nobody is followed. The browser itself says from which site a form was sent (Origin, Sec-Fetch-Site, Referer).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from gongkai.web.disclosure.forms.fields import Words
from gongkai.web.participation.pacing import taken_once
from gongkai.web.portal.errors import problem

View = Callable[..., HttpResponse]
_SALT = "participation.question"
_HOLDS = 3600  # seconds: a question asked longer ago is asked anew
TRAP = "website"


def from_own_page(view: View) -> View:
    """Decorator: a form sent from another site is not taken. No token: pages can be kept."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not _is_own(request):
            text = _("这份表单不是从本网站的页面提交的，没有收下。请在本网站打开页面，重新填写。")
            return problem(request, 403, _("提交未被接受"), text)
        return view(request, *args, **kwargs)

    return answer


def _is_own(request: HttpRequest) -> bool:
    if request.headers.get("sec-fetch-site") == "same-origin":
        return True
    told = request.headers.get("origin") or request.headers.get("referer") or ""
    try:
        host = urlsplit(told).netloc if told.startswith(("http://", "https://")) else ""
    except ValueError:  # no address at all
        return False
    return bool(host) and host.lower() == request.get_host().lower()


@dataclass(frozen=True, slots=True)
class Question:
    """A plain question: `first` and `second` to be added; `token` tells it again when the answer comes."""

    first: int
    second: int
    token: str

    @property
    def words(self) -> str:
        return _("%(a)s加%(b)s等于几？请写数字。") % {"a": _numeral(self.first), "b": _numeral(self.second)}


def new_question() -> Question:
    first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    said = {"a": first, "b": second, "n": secrets.token_hex(6)}
    return Question(first, second, signing.dumps(said, salt=_SALT))


def is_answered(token: str, answer: str) -> bool:
    """Whether a question of ours is answered rightly, for the first time."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=_HOLDS)
    except signing.BadSignature:
        return False
    digits = answer.strip().translate(_FULL_WIDTH)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        return False
    return int(digits) == said["a"] + said["b"] and taken_once(token, _HOLDS)


_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}


def _numeral(number: int) -> str:
    """In Chinese words: a program that reads digits does not read them at once."""
    return str(number) if (get_language() or "").startswith("en") else "零一二三四五六七八九"[number]


class StrangersForm(forms.Form):
    """A form for citizens: with a field that only programs fill in, and room for a plain question."""

    use_required_attribute = False
    website = Words(label=gettext_lazy("此栏请留空"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    token = Words(widget=forms.HiddenInput)
    question = Words(label=gettext_lazy("请回答"), max_length=5, required=True)

    is_asked = False

    def ask(self) -> None:
        """A plain question is put; what else was filled in stays."""
        self.is_asked = True
        asked = new_question()
        if self.is_bound:
            data: Any = self.data
            self.data = data = data.copy()
            data["token"], data["question"] = asked.token, ""
        self.fields["token"].initial = asked.token
        self.fields["question"].label = asked.words
        self.fields["question"].help_text = _("提交较多时要回答一个小问题，以免机器大量提交。")
        # A field that was looked at already remembers what it was called then.
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]

    @property
    def is_trapped(self) -> bool:
        """A program has filled in what people do not see."""
        return bool(str(self.data.get(TRAP, "")).strip())

    def has_answered(self) -> bool:
        return is_answered(str(self.data.get("token", ""))[:400], str(self.data.get("question", ""))[:20])

    def fields_shown(self) -> list[Any]:
        """The fields that people see, in order; the plain question last."""
        seen = [bound for bound in self if bound.name not in (TRAP, "token", "question")]
        if self.is_asked:
            seen.append(self["question"])
        return seen
