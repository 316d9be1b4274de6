"""The back office for inputs and points: to look, not to change. Acts belong to the editors' pages and commands."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from conference.admin import ReadOnlyAdmin
from inputs import models


class InputRevisionInline(admin.TabularInline):
    model = models.InputRevision
    extra = 0


class PointRevisionInline(admin.TabularInline):
    model = models.PointRevision
    extra = 0


class PointSourceInline(admin.TabularInline):
    model = models.PointSource
    extra = 0
    raw_id_fields = ["input"]


@admin.register(models.Input)
class InputAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "session", "question", "table", "disposition", "received_at"]
    list_filter = ["conference", "session", "source", "language"]
    list_select_related = ["session", "question", "table"]
    search_fields = ["search_text", "external_id"]
    inlines = [InputRevisionInline]
    show_full_result_count = False


@admin.register(models.Point)
class PointAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "question", "heading", "revision", "removed_at"]
    list_filter = ["question__session__conference"]
    list_select_related = ["question", "heading"]
    search_fields = ["search_text"]
    inlines = [PointSourceInline, PointRevisionInline]
    show_full_result_count = False


@admin.register(models.Heading)
class HeadingAdmin(ReadOnlyAdmin):
    list_display = ["title", "question", "position", "is_other", "removed_at"]
    list_filter = ["question__session__conference"]
    list_select_related = ["question"]


class MinutesRevisionInline(admin.TabularInline):
    model = models.MinutesRevision
    extra = 0


@admin.register(models.MinutesSheet)
class MinutesSheetAdmin(ReadOnlyAdmin):
    list_display = ["session", "note_taker", "source", "revision", "received_at"]
    list_select_related = ["session", "note_taker__table"]
    inlines = [MinutesRevisionInline]


@admin.register(models.SetAsideReason)
class SetAsideReasonAdmin(admin.ModelAdmin):
    list_display = ["conference", "code", "label", "is_active"]
    list_filter = ["conference"]


@admin.register(models.SetAside)
class SetAsideAdmin(ReadOnlyAdmin):
    list_display = ["input", "reason", "opened_by", "opened_at", "closed_at"]
    list_select_related = ["input", "reason", "opened_by"]


@admin.register(models.SheetAside)
class SheetAsideAdmin(ReadOnlyAdmin):
    list_display = ["sheet", "reason", "opened_by", "opened_at", "closed_at"]
    list_select_related = ["sheet__session", "sheet__note_taker__table", "reason", "opened_by"]


@admin.register(models.Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "ground"]
    list_select_related = ["by"]


class HeardRevisionInline(admin.TabularInline):
    model = models.HeardRevision
    extra = 0


@admin.register(models.HeardLine)
class HeardLineAdmin(ReadOnlyAdmin):
    list_display = ["text", "question", "revision", "removed_at"]
    list_filter = ["question__session__conference"]
    list_select_related = ["question"]
    inlines = [HeardRevisionInline]


class MatterRevisionInline(admin.TabularInline):
    model = models.MatterRevision
    extra = 0


@admin.register(models.Matter)
class MatterAdmin(ReadOnlyAdmin):
    list_display = ["text", "conference", "ministry", "status", "revision", "removed_at"]
    list_filter = ["conference"]
    list_select_related = ["conference", "ministry"]
    inlines = [MatterRevisionInline]


@admin.register(models.BigScreen)
class BigScreenAdmin(ReadOnlyAdmin):
    list_display = ["conference", "question", "line", "changed_at", "changed_by"]
    list_select_related = ["conference", "question", "line", "changed_by"]


@admin.register(models.Clarification)
class ClarificationAdmin(ReadOnlyAdmin):
    list_display = ["why", "point", "opened_by", "opened_at", "decision"]
    list_filter = ["point__question__session__conference"]
    list_select_related = ["point", "opened_by"]


@admin.register(models.Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["kind", "question", "made_by", "made_at", "outcome"]
    list_filter = ["question__session__conference"]
    list_select_related = ["question", "made_by"]


@admin.register(models.SignOff)
class SignOffAdmin(ReadOnlyAdmin):
    list_display = ["question", "by", "at", "lifted_by", "lifted_at"]
    list_filter = ["question__session__conference"]
    list_select_related = ["question", "by", "lifted_by"]


@admin.register(models.Clearance)
class ClearanceAdmin(ReadOnlyAdmin):
    list_display = ["number", "to", "deadline", "sent_at", "sent_by", "closed_at"]
    list_filter = ["conference"]
    list_select_related = ["sent_by"]


@admin.register(models.ClearanceReply)
class ClearanceReplyAdmin(ReadOnlyAdmin):
    list_display = ["office", "via", "name", "received_at", "received_by"]
    list_filter = ["clearance__conference"]
    list_select_related = ["received_by"]


@admin.register(models.ReturnedChange)
class ReturnedChangeAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "reply", "proposed", "decision", "decided_by"]
    list_filter = ["reply__clearance__conference", "decision"]
    list_select_related = ["reply", "decided_by"]


@admin.register(models.ReportVersion)
class ReportVersionAdmin(ReadOnlyAdmin):
    list_display = ["conference", "kind", "number", "at", "by", "emptied_at"]
    list_select_related = ["conference", "by"]


@admin.register(models.VersionFile)
class VersionFileAdmin(ReadOnlyAdmin):
    """That a file is there; it is downloaded among the versions."""

    list_display = ["version", "kind", "size", "sha256"]
    list_select_related = ["version"]
    exclude = ["content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.VersionFile]:
        return super().get_queryset(request).defer("content")


@admin.register(models.MadeFile)
class MadeFileAdmin(ReadOnlyAdmin):
    """That a file was made or not; it is downloaded on the page of files."""

    list_display = ["conference", "kind", "session", "state", "why", "size", "started_at", "finished_at", "by"]
    list_select_related = ["conference", "by"]
    exclude = ["content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.MadeFile]:
        return super().get_queryset(request).defer("content")


@admin.register(models.ReportTemplate)
class ReportTemplateAdmin(ReadOnlyAdmin):
    """That a template is there; what it looks like is seen in the report's Word file."""

    list_display = ["name", "conference", "at", "by", "removed_at"]
    list_filter = ["conference"]
    list_select_related = ["conference", "by"]
    exclude = ["content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.ReportTemplate]:
        return super().get_queryset(request).defer("content")


@admin.register(models.Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["version", "at", "by", "withdrawn_at"]
    list_select_related = ["version", "by"]


@admin.register(models.Acceptance)
class AcceptanceAdmin(ReadOnlyAdmin):
    list_display = ["finding", "by", "at", "second_by", "ended_at"]
    list_filter = ["conference"]
    list_select_related = ["by", "second_by"]


@admin.register(models.Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["text", "by", "at", "to", "solved_at"]
    list_select_related = ["by", "to"]


@admin.register(models.Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ["question", "person", "by", "at"]
    list_filter = ["question__session__conference"]
    list_select_related = ["question", "person", "by"]


@admin.register(models.PointHold)
class PointHoldAdmin(ReadOnlyAdmin):
    list_display = ["point", "by", "since", "until"]
    list_select_related = ["point", "by"]


for model in (
    models.ClearanceLine,
    models.Presence,
    models.Confirmation,
    models.HeardRevision,
    models.InputRevision,
    models.MatterRevision,
    models.PointRevision,
    models.MinutesRevision,
    models.PointSource,
    models.EarlierTitle,
    models.CardLine,
    models.NotSame,
    models.InputVector,
):
    admin.site.register(model, ReadOnlyAdmin)
