"""Forms of signing in, in our words; what they check is the library's."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from gongkai.web.organs.models import Staff
from gongkai.web.organs.signing_in.passwords import MOST_CHARACTERS


def _say(form: forms.BaseForm, name: str, label: Any, hint: Any = "", **attributes: str) -> None:
    """Set a field's words; a placeholder is no label and goes."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("登录名"), autocomplete="username", autocapitalize="none", spellcheck="false")
        _say(self, "password", _("密码"))

    def clean_login(self) -> str:
        name: str = Staff.normalize_username(self.cleaned_data["login"].replace("\0", ""))
        return name

    def clean_password(self) -> str:
        """What no password can be is not hashed."""
        return str(self.cleaned_data["password"])[: MOST_CHARACTERS * 2].replace("\0", "")


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("密码"))


def _code(form: forms.BaseForm, hint: Any) -> None:
    _say(form, "code", _("验证码"), hint, inputmode="numeric", autocapitalize="none", spellcheck="false")


class CodeForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("验证器显示的 6 位数字；手机不在身边时，可以输入一个恢复码。"))


class CodeAgainForm(CodeReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("验证器显示的 6 位数字，或者一个恢复码。"))


class NewTotpForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("验证器现在显示的 6 位数字。"))


# What the library's reading of a key raises over one that was made by hand instead of a browser.
_NO_KEY = (KeyError, ValueError, TypeError, IndexError, AttributeError, struct.error)


def _not_this_key() -> forms.ValidationError:
    return forms.ValidationError(
        _("没有认出这个通行密钥。请再试一次，或者改用验证码、恢复码。"), code="incorrect_code"
    )


class _ReadKey:
    """A key that cannot be read is a wrong key, not a fault of the program."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (forms.ValidationError, *_NO_KEY) as fault:
            raise _not_this_key() from fault


class PasskeyForm(_ReadKey, AuthenticateWebAuthnForm):
    pass


class PasskeySignInForm(_ReadKey, LoginWebAuthnForm):
    pass


class PasskeyAgainForm(_ReadKey, ReauthenticateWebAuthnForm):
    pass


class NewPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("名称"), _("便于以后分辨，例如“办公室电脑”。"))
        _say(
            self,
            "passwordless",
            _("可以不用密码，只用它登录"),
            _("设备须能验证指纹、面容或者 PIN 码。"),
        )

    def clean_name(self) -> str:
        return str(super().clean_name())[:40]

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except (forms.ValidationError, *_NO_KEY) as fault:
            raise _not_this_key() from fault


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("名称"))

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])[:40]


class PasswordChangeForm(forms.Form):
    """The present password and the new one twice."""

    old = forms.CharField(label=_("现在的密码"), strip=False, widget=forms.PasswordInput)
    new = forms.CharField(label=_("新密码"), strip=False, widget=forms.PasswordInput)
    again = forms.CharField(label=_("再输入一次新密码"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        self.fields["old"].widget.attrs["autocomplete"] = "current-password"
        for name in ("new", "again"):
            self.fields[name].widget.attrs["autocomplete"] = "new-password"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("两次输入的新密码不一样。"))
        if data.get("new"):
            try:
                validate_password(data["new"], self.staff)
            except forms.ValidationError as faults:
                self.add_error("new", faults)
        return data
