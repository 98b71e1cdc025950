"""The forms of the information processing fee."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.fees import FeeBasis
from gongkai.web.disclosure.forms.fields import Choice, Day, SeenForm, Words
from gongkai.web.organs.errors import WorkError


class FeeForm(SeenForm):
    """By item, or by page: one of them (FEE.3)."""

    basis = Choice(
        label=_("计收方式"),
        widget=forms.RadioSelect,
        required=True,
        choices=[(FeeBasis.ITEM.value, _("按件")), (FeeBasis.PAGE.value, _("按量（页）"))],
    )
    count = Words(
        label=_("件数或者页数"),
        required=True,
        max_length=8,
        help_text=_("按件的填本件拆分后的件数，一般是 1；按量的填提供的页数，A4 一面为一页。"),
    )

    def number(self) -> int:
        typed = str(self.cleaned_data.get("count") or "").strip()
        if not (typed.isascii() and typed.isdigit()):
            raise WorkError("fee_bad_count", str(_("请填写数字。")), "A number.", field="count")
        return int(typed)


class PaymentForm(SeenForm):
    amount = Words(label=_("缴费金额（元）"), required=True, max_length=14)
    on = Day(label=_("缴费日期"), required=True)
    receipt_number = Words(label=_("财政票据号"), max_length=60)

    def yuan(self) -> Decimal:
        typed = str(self.cleaned_data.get("amount") or "").replace(",", "").replace("，", "").strip()
        try:
            amount = Decimal(typed)
            # Rounding what has very many digits is an error of its own.
            is_exact = amount.is_finite() and amount == amount.quantize(Decimal("0.01"))
        except ArithmeticError:
            raise WorkError(
                "amount_wrong", str(_("请填写金额，例如 100.00。")), "An amount.", field="amount"
            ) from None
        if not is_exact:
            raise WorkError(
                "amount_wrong", str(_("金额最多两位小数。")), "At most two decimals.", field="amount"
            )
        return amount
