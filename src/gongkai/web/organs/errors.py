"""Why an action was refused: a code for machines, words for people, the field if it is a field's fault."""

from __future__ import annotations


class WorkError(Exception):
    """An action was refused and nothing was changed. `zh` says what is wrong, where, why and what to do."""

    def __init__(self, code: str, zh: str, en: str = "", *, field: str = "") -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en or zh
        self.field = field

    def message(self, lang: str = "zh") -> str:
        return self.en if lang == "en" else self.zh


class NotAllowed(WorkError):
    """The person may not do this here. Nothing about the thing is told beyond that."""

    def __init__(self, zh: str = "您没有办理这一事项的权限。", en: str = "You may not do this.") -> None:
        super().__init__("not_allowed", zh, en)


class Stale(WorkError):
    """The thing was changed since it was shown, by somebody else or by the same person in another tab."""

    def __init__(self, what: str) -> None:
        super().__init__(
            "stale",
            f"{what}在您打开本页之后又有改动（可能是他人，也可能是您在另一个页面所做），这次没有保存。"
            "您输入的内容仍在页面上，请核对最新内容，确认后再按一次按钮。",
            f"{what} was changed since you opened this page, by somebody else or by you elsewhere. Nothing "
            "was saved. What you typed is still on the page: compare it with what is there now, press again.",
        )


class Invalid(WorkError):
    """Several faults in what was filled in; `faults` by field."""

    def __init__(self, faults: list[WorkError]) -> None:
        super().__init__("invalid", "\n".join(one.zh for one in faults), "\n".join(one.en for one in faults))
        self.faults = faults
