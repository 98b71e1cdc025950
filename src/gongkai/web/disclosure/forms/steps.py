"""The forms of the steps: reviews, publication, withdrawal and repeal, consultations, the organ's plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.actions.aftermath import Decision
from gongkai.web.disclosure.checks import Check
from gongkai.web.disclosure.forms.answers import ask_for_answers
from gongkai.web.disclosure.forms.fields import (
    MOST_WORDS,
    Choice,
    Day,
    Moment,
    Paragraphs,
    SeenForm,
    Words,
    WorkForm,
    offer,
)
from gongkai.web.disclosure.models import Record, Step
from gongkai.web.disclosure.next_steps import GATE_RESULTS, GATE_WORDS, STEP_WORDS
from gongkai.web.disclosure.review_plan import MOST_DAYS, PlannedStep
from gongkai.web.organs.models import Organ, Staff

_EMPTY = _("（不选）")


class ReviewForm(WorkForm):
    """An opinion on a version. `seen`: the digest of the content that was on the screen."""

    seen = Words(widget=forms.HiddenInput)
    reason = Paragraphs(
        rows=4, label=_("意见"), max_length=MOST_WORDS, help_text=_("退回、转交必须写明理由。")
    )
    basis = Words(
        label=_("依据"), max_length=200, help_text=_("保密审查的依据，例如有关保密事项范围的名称和条目。")
    )
    to = Choice(label=_("转交给"), none=_EMPTY)

    def __init__(self, *args: Any, step: str, takers: Sequence[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.takers = takers
        if step != Step.SECRECY:
            del self.fields["basis"]
        named = [(str(one.pk), f"{one.name}（{one.unit.name}）" if one.unit else one.name) for one in takers]
        offer(self, "to", [("", _EMPTY), *named])
        if not takers:
            del self.fields["to"]

    def chosen(self) -> Staff | None:
        return next((one for one in self.takers if str(one.pk) == self.cleaned_data.get("to")), None)


class ReasonForm(SeenForm):
    """A step that is done with a reason."""

    reason = Paragraphs(rows=3, required=True, label=_("理由"), max_length=1000)


class WithdrawForm(ReasonForm):
    """The reason, and for each document that this one has repealed or amended what becomes of that."""

    def __init__(
        self, *args: Any, others: Sequence[Record] = (), by: int | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.others = others
        for one in others:
            named = {"title": f"{one.title} {one.document_number}".strip()}
            repealed = one.repealed_by_id == by
            kept = _("保持废止，另写依据") if repealed else _("保持已修改，另写依据")
            back = _("恢复为有效（废止标注取消）") if repealed else _("取消已修改的标注")
            self.fields[f"after_{one.pk}"] = Choice(
                required=True,
                label=_("“%(title)s”怎样处理") % named,
                choices=[("", _("（请选择）")), ("restore", back), ("keep", kept)],
                help_text=_("它被这份文件废止或修改；这份文件撤回后不会自动恢复，请逐份选择。"),
            )
            self.fields[f"basis_{one.pk}"] = Words(
                label=_("“%(title)s”另外的依据") % named,
                max_length=200,
                help_text=_("选择保持的必填，例如另一份文件的文号和名称；公众看得到。"),
            )

    def decisions(self) -> dict[int, Decision]:
        given = self.cleaned_data
        return {
            one.pk: Decision(given.get(f"after_{one.pk}") or "", given.get(f"basis_{one.pk}") or "")
            for one in self.others
        }


class ChangeForm(SeenForm):
    """A further version of what is public."""

    change_note = Words(
        required=True,
        label=_("变更说明"),
        max_length=300,
        help_text=_("改了什么、为什么改，会显示在版本说明中。"),
    )


class SubmitForm(SeenForm):
    """Handing in without changing anything, with an answer to each thing that the checks found."""

    def __init__(
        self, *args: Any, findings: Sequence[Check] = (), kept: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        ask_for_answers(self, findings, kept)


class ScheduleForm(SeenForm):
    """A time to publish at; empty: none."""

    publish_at = Moment(
        label=_("公开时间"), help_text=_("留空表示不定时：全部审查通过后即公开，或者由公开工作机构公开。")
    )


class RepealForm(SeenForm):
    """From when and by what a document no longer holds."""

    on = Day(required=True, label=_("废止日期"))
    basis = Words(required=True, label=_("废止依据"), max_length=200, help_text=_("废止文件的文号和名称。"))
    source = Words(
        label=_("废止文件"), help_text=_("已在本系统中的，填它的索引号或发文字号，两个页面互相链接。")
    )


class GateForm(SeenForm):
    """Asking another organ, or for an approval."""

    kind = Choice(required=True, label=_("事项"))
    organ = Choice(label=_("对方机关"), none=_("（不在列表中，填写名称）"))
    organ_name = Words(label=_("对方机关名称"), max_length=120)
    question = Paragraphs(rows=4, required=True, label=_("征求意见或报批准的内容"), max_length=MOST_WORDS)

    def __init__(self, *args: Any, organs: Sequence[Organ], **options: Any) -> None:
        super().__init__(*args, **options)
        self.organs = organs
        offer(self, "kind", [(kind.value, text) for kind, text in GATE_WORDS.items()])
        offer(
            self,
            "organ",
            [
                ("", _("（不在列表中，填写名称）")),
                *((str(o.pk), o.name) for o in organs),
            ],
        )

    def chosen(self) -> Organ | None:
        return next((one for one in self.organs if str(one.pk) == self.cleaned_data.get("organ")), None)


class GateAnswerForm(WorkForm):
    """What the other organ has answered."""

    result = Choice(required=True, label=_("结果"))
    answered_on = Day(required=True, label=_("答复日期"))
    document = Words(label=_("答复文号"), max_length=80)
    answer = Paragraphs(rows=4, required=True, label=_("答复内容或理由"), max_length=MOST_WORDS)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "result", [(result.value, text) for result, text in GATE_RESULTS.items()])


class PlanForm(WorkForm):
    """The organ's steps: for each whether it is taken, when, and in how many working days."""

    publish_on_passing = forms.BooleanField(
        label=_("最后一个环节通过后立即公开"),
        required=False,
        help_text=_("不选的，由公开工作机构确认后公开。"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = [
            (step, words, f"order_{step.value}", f"days_{step.value}") for step, words in STEP_WORDS.items()
        ]
        orders = [(str(n), str(n)) for n in range(1, len(self.rows) + 1)]
        for step, _words, order, days in self.rows:
            none = None if step == Step.SECRECY else _("不设")
            self.fields[order] = Choice(label=_("顺序"), none=none, choices=orders)
            self.fields[days] = Words(label=_("办理期限（工作日）"), max_length=3)
        self.order_fields([name for _s, _w, *names in self.rows for name in names])

    @staticmethod
    def start(planned: Sequence[PlannedStep], at_once: bool) -> dict[str, Any]:
        """What the form shows of a plan."""
        shown: dict[str, Any] = {"publish_on_passing": at_once}
        for number, one in enumerate(planned, 1):
            shown |= {f"order_{one.step.value}": str(number), f"days_{one.step.value}": str(one.days)}
        return shown

    def steps(self) -> list[dict[str, Any]]:
        """The steps in the order chosen, as the action takes them; what is no number it refuses."""
        chosen = []
        for step, _words, order, days in self.rows:
            number = self.cleaned_data.get(order) or ""
            if number:
                typed = str(self.cleaned_data.get(days) or "")
                amount = int(typed) if typed.isascii() and typed.isdigit() else MOST_DAYS + 1
                chosen.append((int(number), {"step": step.value, "days": amount}))
        return [one for _number, one in sorted(chosen, key=lambda pair: pair[0])]
