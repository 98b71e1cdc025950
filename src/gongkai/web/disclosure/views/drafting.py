"""Writing: a new record, and the editor with its checks and attachments."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.documents import DocumentError
from gongkai.documents.publishing import clean_html
from gongkai.documents.publishing.markup import laid_out
from gongkai.statute.catalogue import categories, record_kind
from gongkai.web.audit.canonical import plain
from gongkai.web.disclosure.actions.attaching import keep_images, remove_attachment
from gongkai.web.disclosure.actions.drafting import draft_of, draft_record, revise_draft
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.answers import answers_in, field_of, kept_answers
from gongkai.web.disclosure.checks import check_version
from gongkai.web.disclosure.content import FIELDS, label_of
from gongkai.web.disclosure.forms.answers import ask_for_answers
from gongkai.web.disclosure.forms.fields import send_anew
from gongkai.web.disclosure.forms.records import NewRecordForm, RecordForm
from gongkai.web.disclosure.models import Attachment, ChecklistItem, Record, Review, Version
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import may_draft, may_edit
from gongkai.web.disclosure.proposals import proposals_of, repeals_told
from gongkai.web.disclosure.queries.differences import content_facts, difference
from gongkai.web.disclosure.queries.record_page import attachments_of
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import (
    language,
    refusal_page,
    seen_record,
    staff_of,
    tell,
    to_record,
    words_of,
    work_page,
)
from gongkai.web.disclosure.views.editor_fields import field_groups
from gongkai.web.disclosure.views.leaving import address_after_saving
from gongkai.web.disclosure.views.uploading import (
    attach_all,
    clean_all,
    read_word,
    say_what_was_left,
    ticked,
    uploaded_name,
)
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.signing_in.lost_words import given_back

_PROPOSED = "proposed"  # in the session: the record whose Word file was just read


@work_page("GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """A new record from a Word file or from nothing."""
    staff = staff_of(request)
    organ = _organ_to_write_for(request, staff)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewRecordForm(
        *data,
        staff=staff,
        organ=organ,
        lang=language(),
        initial={**_begin(request, staff, organ), **given_back(request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            record, page = _drafted(request, staff, organ, form)
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("草稿已建立，索引号 %(number)s。") % {"number": record.index_number})
            say_what_was_left(request, page)
            return _to_the_editor(request, record, page)
    context = {
        "title": _("新建信息"),
        "lead": organ.name,
        "back": Tab(_("信息"), reverse("disclosure:records")),
        "place": "records",
        "form": form,
        "submit_words": _("建立草稿"),
        "cancel_address": reverse("disclosure:records"),
    }
    return render(request, "workspace/form.html", context)


def _organ_to_write_for(request: HttpRequest, staff: Staff) -> Organ:
    """The organ the person works for now, of those they write for."""
    own = [one for one in own_organs(staff) if may_draft(staff, one)]
    if not own:
        raise NotAllowed
    asked = request.GET.get("organ") or request.session.get("organ")
    return next((one for one in own if one.code == asked), own[0])


def _begin(request: HttpRequest, staff: Staff, organ: Organ) -> dict[str, Any]:
    units = [one.unit_id for one in staff.appointments_today() if one.organ_id == organ.pk and one.unit_id]
    return {
        "kind": request.GET.get("kind", "document"),
        "checklist_item": request.GET.get("item", ""),
        "unit": str(units[0]) if units else "",
    }


def _drafted(request: HttpRequest, staff: Staff, organ: Organ, form: NewRecordForm) -> tuple[Record, Any]:
    """The draft with what the file says; what the person typed goes before."""
    page = read_word(request, "word", alone=True)
    facts: dict[str, Any] = {"title": form.cleaned_data["title"]}
    item = form.chosen_item()
    facts["category"] = _proposed_category(form.cleaned_data["kind"], item, organ)
    if page is not None:
        facts |= {"body": page.html, "made_on": page.made_on, "document_number": page.document_number}
        facts["title"] = (
            facts["title"] or page.title or uploaded_name(request, "word").rpartition(".")[0][:300]
        )
    with transaction.atomic():
        record = draft_record(
            by=staff,
            organ=organ,
            kind_code=form.cleaned_data["kind"],
            facts=_possible(facts),
            unit=form.chosen_unit(),
            checklist_item=item,
        )
        if page is not None and page.images:
            keep_images(by=staff, record=record, images=page.images)
    return record, page


def _proposed_category(kind: str, item: ChecklistItem | None, organ: Organ) -> str:
    """The category that the checklist's item has, else the usual one of the kind, if it binds this organ."""
    if item is not None and item.category:
        return item.category
    usual = record_kind(kind).category
    bound = {one.code for one in categories(organ.organ_kind, level=organ.statute_level)}
    return usual if usual in bound else ""


def _possible(facts: dict[str, Any]) -> dict[str, Any]:
    """Guesses that are in no form a record can hold are left for the person to fill in."""
    from django.utils import timezone

    from gongkai.statute.identifiers import parse_document_number

    if facts.get("document_number") and not parse_document_number(facts["document_number"]).ok:
        facts["document_number"] = ""
    if facts.get("made_on") and facts["made_on"] > timezone.localdate():
        facts["made_on"] = None
    return facts


@work_page("GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: the document, its fields and files; saving, and handing in."""
    staff, record = staff_of(request), seen_record(request, pk)
    if not may_edit(staff, record):
        raise NotAllowed
    try:
        draft_of(record)
    except WorkError as settled:
        if request.method == "POST":
            return refusal_page(request, 409, _("没有保存"), words_of(settled))
        messages.error(request, settled.message(language()))
        return HttpResponseRedirect(reverse("disclosure:record", args=(record.pk,)))
    if request.method != "POST":
        again = given_back(request)
        shown = {**_shown_first(request, record), **again}
        return _editor(request, record, _form(staff, record, initial=shown), again=again)
    form = _form(staff, record, request.POST, request.FILES)
    if not form.is_valid():
        return _editor(request, record, form)
    try:
        page = _save(request, staff, record, form)
    except NotAllowed:
        raise
    except Stale as stale:
        return _stale(request, staff, record, form, stale)
    except (WorkError, DocumentError) as refused:
        tell(form, _as_work_error(refused))
        return _editor(request, record, form)
    say_what_was_left(request, page)
    clean_all(request, staff, record)
    attach_all(request, staff, record)
    if request.POST.get("then") == "submit":
        return _submit(request, staff, record)
    messages.success(request, _("已保存。"))
    onward = address_after_saving(request, seen_record(request, record.pk)) if page is None else ""
    return HttpResponseRedirect(onward) if onward else _to_the_editor(request, record, page)


def _to_the_editor(request: HttpRequest, record: Record, page: Any) -> HttpResponse:
    """To what was saved; from a Word file with what it proposes filled in, to be looked at and saved."""
    if page is not None:
        request.session[_PROPOSED] = record.pk
    return HttpResponseRedirect(reverse("disclosure:edit", args=(record.pk,)))


def _shown_first(request: HttpRequest, record: Record) -> dict[str, Any]:
    """What is saved; right after a Word file was read, its proposals in the fields that are empty."""
    shown = _saved(record)
    if request.session.get(_PROPOSED) != record.pk:
        return shown
    del request.session[_PROPOSED]
    proposed = proposals_of(draft_of(record))
    empty = [name for name in proposed if not shown.get(name)]
    if empty:
        labels = _("、").join(label_of(name) for name in empty)
        told = _("从文件中读出、还没有保存的建议已填在表中，请核对后保存：%(names)s。")
        messages.info(request, told % {"names": labels})
    return {**shown, **{name: proposed[name].value for name in empty}}


def _as_work_error(refused: WorkError | DocumentError) -> WorkError:
    """The cleaner of bodies refuses what is too deep or too large: a fault of that field."""
    if isinstance(refused, WorkError):
        return refused
    return WorkError(refused.code, refused.zh, refused.en, field="body")


def _form(staff: Staff, record: Record, *data: Any, **options: Any) -> RecordForm:
    proposed = proposals_of(draft_of(record))
    return RecordForm(*data, record=record, staff=staff, lang=language(), proposals=proposed, **options)


def _saved(record: Record) -> dict[str, Any]:
    """What the editor shows of a draft."""
    version = record.working
    shown = {name: getattr(version, name) for name in FIELDS if name != "publish_at"}
    ids = {"unit": str(record.unit_id or ""), "checklist_item": str(record.checklist_item_id or "")}
    return {**shown, **ids, "seen": record.revision, "body": laid_out(version.body) if version else ""}


def _save(request: HttpRequest, staff: Staff, record: Record, form: RecordForm) -> Any:
    """The draft as typed; with a Word file its body, with a mark at an attachment that one off."""
    page = read_word(request, "word")
    facts = form.content()
    if page is not None:
        facts["body"] = page.html
        guessed = _possible({"document_number": page.document_number, "made_on": page.made_on})
        facts |= {name: value for name, value in guessed.items() if value and not facts.get(name)}
    with transaction.atomic():
        revise_draft(
            by=staff,
            record=record,
            facts=facts,
            seen=form.cleaned_data["seen"],
            unit=form.chosen_unit(),
            checklist_item=form.chosen_item(),
            answers=answers_in(request.POST),
        )
        if page is not None:
            keep_images(by=staff, record=record, images=page.images)
        for row in Attachment.objects.filter(version=record.working_id, pk__in=ticked(request, "remove")):
            remove_attachment(by=staff, attachment=row)
    return page


def _submit(request: HttpRequest, staff: Staff, record: Record) -> HttpResponse:
    """Hand in what was just saved; refused, the editor shows why over what is saved."""
    try:
        submit_for_review(by=staff, record=record)
    except NotAllowed:
        raise
    except WorkError as refused:
        record = seen_record(request, record.pk)
        version = draft_of(record)
        saved = {name: "" if value is None else str(value) for name, value in _saved(record).items()}
        answers = {field_of(key): answer for key, answer in kept_answers(version).items()}
        form = _form(staff, record, {**saved, **answers})
        form.is_valid()
        ask_for_answers(form, check_version(version), {})
        tell(form, refused)
        return _editor(request, record, form)
    return to_record(request, record, _("已提交审查。"))


def _stale(
    request: HttpRequest, staff: Staff, record: Record, form: RecordForm, stale: Stale
) -> HttpResponse:
    """What was typed is kept; beside it what is saved now, so that the next press knows what it replaces."""
    record = seen_record(request, record.pk)
    send_anew(form, record.revision)
    tell(form, stale)
    saved = content_facts(draft_of(record))
    other = difference(saved, {**saved, **plain(form.content())}, language())
    return _editor(request, record, form, other=other)


def _as_in_the_field(version: Version, form: RecordForm, again: dict[str, str]) -> Version:
    """The version with the body that the page's field holds: after a refusal what was typed, for that is what
    people go on writing in. What cannot be cleaned is told at the field.
    """
    if not form.is_bound and "body" not in again:
        return version
    try:
        body = clean_html(str((form.cleaned_data if form.is_bound else again).get("body") or ""))
    except DocumentError:
        return version
    typed = copy(version)
    typed.body = body
    return typed


def _editor(
    request: HttpRequest, record: Record, form: RecordForm, again: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """`again`: what was typed before the sign-in was over, shown and not saved."""
    saved = draft_of(record)
    again = again or {}
    version = _as_in_the_field(saved, form, again)
    found = check_version(version)
    ask_for_answers(form, found, {**kept_answers(saved), **answers_in(again)})
    files = attachments_of(version)
    context = {
        "title": version.title or _("（没有标题）"),
        "state": showing.stage_state(version.stage),
        "back": Tab(_("保存并返回信息页"), reverse("disclosure:record", args=(record.pk,))),
        "place": "records",
        "record": record,
        "form": form,
        "given_back": again,
        "field_groups": field_groups(form),
        "save_address": reverse("disclosure:edit", args=(record.pk,)),
        "checks_address": reverse("disclosure:check", args=(record.pk,)),
        "findings": showing.finding_pieces(found, form=form),
        "none_words": _none_words(version),
        "body_is_saved": version.body == saved.body,
        "shown_body": showing.body_of(version, showing.places_of(found)),
        "attachments": files,
        "cleanable": [one for one in files if any(found.get("removed_by") for found in one.findings)],
        "attachment_pieces": showing.attachments_of(files, record),
        "may_submit": True,
        "kind_words": showing.kind_words(record.kind),
        "repealing": repeals_told(record, version),
        **_returned(version),
        **more,
    }
    return render(request, "disclosure/editor.html", context)


def _returned(version: Version) -> dict[str, Any]:
    """Who sent it back, and why. 1 query, for what was returned alone."""
    if version.stage != Stage.RETURNED:
        return {}
    last = Review.objects.filter(version=version, result="returned").select_related("decided_by").last()
    return {"returned_reason": last.reason, "returned_by": str(last.decided_by)} if last else {}


@work_page("POST")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the checks say of what is typed, without saving it: a script asks while somebody writes."""
    staff, record = staff_of(request), seen_record(request, pk)
    if not may_edit(staff, record) or record.working is None:
        raise NotAllowed
    form = _form(staff, record, request.POST)
    form.is_valid()
    version = record.working
    version.record = record
    for name in ("title", "summary", "keywords"):
        setattr(version, name, str(form.cleaned_data.get(name) or "")[:1000])
    try:
        version.body = clean_html(str(form.cleaned_data.get("body") or ""))
    except DocumentError as refused:
        return HttpResponse(refused.message(language()), status=400, content_type="text/plain; charset=utf-8")
    found = check_version(version)
    ask_for_answers(form, found, kept_answers(version))
    pieces = showing.finding_pieces(found, in_body=False, form=form)
    context = {"findings": pieces, "none_words": _none_words(version)}
    return render(request, "look/findings.html", context)


def _none_words(version: Version) -> str:
    """What is said where nothing was found because nothing has been written."""
    return "" if version.body or version.title else _("还没有内容可以检查。")
