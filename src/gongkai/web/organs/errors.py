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
    """Somebody else has changed the thing since it was shown."""

    def __init__(self, what: str) -> None:
        super().__init__(
            "stale",
            f"{what}在您打开之后已被他人更改，您的操作没有保存。请刷新页面，核对最新内容后再办理。",
            f"{what} was changed by somebody else since you opened it. Reload and look again.",
        )


class Invalid(WorkError):
    """Several faults in what was filled in; `faults` by field."""

    def __init__(self, faults: list[WorkError]) -> None:
        super().__init__("invalid", "\n".join(one.zh for one in faults), "\n".join(one.en for one in faults))
        self.faults = faults
