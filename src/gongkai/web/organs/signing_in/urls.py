"""Addresses of signing in and of the second factor.

Those of the library that are wanted, under its names and our paths; what is not here (signing up, passwords
by mail, addresses of mail) cannot be reached. A page that writes a factor writes it and its entry in the log
(`factor_rows`) in one transaction.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.db.transaction import atomic
from django.urls import path

from gongkai.web.organs.signing_in import views
from gongkai.web.organs.views.me import change_password

urlpatterns = [
    path("work/sign-in/", account.login, name="account_login"),
    path("work/sign-in/code/", atomic(factors.authenticate), name="mfa_authenticate"),
    path("work/sign-in/passkey/", atomic(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("work/sign-out/", account.logout, name="account_logout"),
    path("work/signed-out/", views.signed_out, name="signed_out"),
    path("work/lost-words/", views.words_lost, name="lost_words"),
    path("work/me/password/", change_password, name="account_change_password"),
    path("work/me/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("work/me/confirm/code/", atomic(factors.reauthenticate), name="mfa_reauthenticate"),
    path(
        "work/me/confirm/passkey/",
        atomic(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("work/me/second-factor/set-up/", views.second_factor, name="second_factor"),
    path("work/me/second-factor/", factors.index, name="mfa_index"),
    path("work/me/second-factor/codes-of-phone/", atomic(totp.activate_totp), name="mfa_activate_totp"),
    path(
        "work/me/second-factor/codes-of-phone/remove/",
        atomic(totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "work/me/second-factor/recovery/", atomic(codes.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "work/me/second-factor/recovery/new/",
        atomic(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "work/me/second-factor/recovery/file/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("work/me/second-factor/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("work/me/second-factor/passkeys/add/", atomic(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "work/me/second-factor/passkeys/<int:pk>/remove/",
        atomic(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "work/me/second-factor/passkeys/<int:pk>/name/",
        atomic(passkeys.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
]
