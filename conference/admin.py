"""The back office. History is read-only; nothing that others point to can be deleted (PROTECT)."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference import models
from conference.actions.questions import save_question
from conference.forms.people import PersonChangeForm, PersonCreationForm

admin.site.unregister(Group)  # roles are memberships, see conference/access.py


class ReadOnlyAdmin(admin.ModelAdmin):
    """What has happened is looked at, never changed."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class NeverDeletedAdmin(admin.ModelAdmin):
    """May be mended by hand, never deleted."""

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(models.User)
class UserAdmin(DjangoUserAdmin):
    """People. They are deactivated, never deleted, so that who-and-when stays whole."""

    list_display = ["username", "name", "kind", "is_active", "is_staff"]
    list_filter = ["kind", "is_active", "is_staff"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["kind", "last_login"]
    form = PersonChangeForm
    add_form = PersonCreationForm
    fieldsets = [
        (None, {"fields": ["email", "name", "kind", "password"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Times"), {"fields": ["last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class MembershipInline(admin.TabularInline):
    model = models.Membership
    extra = 0
    autocomplete_fields = ["user"]


class MinistryInline(admin.TabularInline):
    model = models.Ministry
    extra = 0


class ParticipantCountInline(admin.TabularInline):
    model = models.ParticipantCount
    extra = 0


@admin.register(models.Conference)
class ConferenceAdmin(NeverDeletedAdmin):
    """Not even a rehearsal: that is wiped on its own page, which shows first what goes."""

    list_display = ["title", "date", "slug", "language"]
    search_fields = ["title", "slug"]
    inlines = [MembershipInline, MinistryInline, ParticipantCountInline]


class SubQuestionInline(admin.TabularInline):
    model = models.SubQuestion
    extra = 0


class QuestionRevisionInline(admin.TabularInline):
    """Every wording that the question has had."""

    model = models.QuestionRevision
    extra = 0
    can_delete = False
    readonly_fields = ["number", "text", "by", "at"]

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(models.Question)
class QuestionAdmin(admin.ModelAdmin):
    """Changing the text here goes through the action, so that the earlier wording is kept."""

    list_display = ["session", "number", "text"]
    list_filter = ["session__conference"]
    list_select_related = ["session"]
    search_fields = ["text"]
    inlines = [SubQuestionInline, QuestionRevisionInline]

    def save_model(self, request: HttpRequest, obj: models.Question, _form: Any, _change: bool) -> None:  # noqa: FBT001 Django's signature
        if isinstance(request.user, models.User):  # the admin lets nobody else in
            save_question(obj, by=request.user)


class IntroducerInline(admin.TabularInline):
    model = models.Introducer
    extra = 0


class ResponsibilityInline(admin.TabularInline):
    model = models.SessionMinistry
    extra = 0


@admin.register(models.Session)
class SessionAdmin(admin.ModelAdmin):
    list_display = ["conference", "number", "title", "phase"]
    list_filter = ["conference"]
    search_fields = ["title"]
    inlines = [ResponsibilityInline, IntroducerInline]


@admin.register(models.ProgrammeItem)
class ProgrammeItemAdmin(admin.ModelAdmin):
    list_display = ["conference", "starts_at", "title", "kind"]
    list_filter = ["conference"]
    search_fields = ["title"]


class NoteTakerInline(admin.TabularInline):
    model = models.NoteTaker
    extra = 0


@admin.register(models.Table)
class TableAdmin(admin.ModelAdmin):
    list_display = ["conference", "number", "name", "on_paper"]
    list_filter = ["conference"]
    inlines = [NoteTakerInline]


class ChapterTextRevisionInline(admin.TabularInline):
    """Every wording that the chapter has had."""

    model = models.ChapterTextRevision
    extra = 0
    can_delete = False
    readonly_fields = ["number", "title", "text", "by", "at"]

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(models.Contribution)
class ContributionAdmin(admin.ModelAdmin):
    list_display = ["conference", "part", "to", "deadline", "ended_at"]
    list_filter = ["conference"]


@admin.register(models.ChapterText)
class ChapterTextAdmin(admin.ModelAdmin):
    inlines = [ChapterTextRevisionInline]
    # Written on its page, which keeps every wording.
    readonly_fields = ["title", "text"]
    list_display = ["conference", "slot", "title", "state", "owner"]
    list_filter = ["conference", "state"]


class RespondentGroupInline(admin.TabularInline):
    model = models.RespondentGroup
    extra = 0


@admin.register(models.Survey)
class SurveyAdmin(admin.ModelAdmin):
    list_display = ["conference", "recipients"]
    inlines = [RespondentGroupInline]


class SurveyAnswerInline(admin.TabularInline):
    model = models.SurveyAnswer
    extra = 0


@admin.register(models.SurveyQuestion)
class SurveyQuestionAdmin(admin.ModelAdmin):
    list_display = ["survey", "position", "text"]
    inlines = [SurveyAnswerInline]


@admin.register(models.Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "verb", "target_type", "target_id", "conference"]
    list_filter = ["verb", "target_type"]
    list_select_related = ["by", "conference"]
    show_full_result_count = False


@admin.register(models.AccessCode)
class AccessCodeAdmin(ReadOnlyAdmin):
    """That a code exists, and until when; the code itself is stored nowhere."""

    list_display = ["note_taker", "valid_from", "valid_until", "revoked_at"]


@admin.register(models.Device)
class DeviceAdmin(ReadOnlyAdmin):
    list_display = ["access_code", "kind", "opened_at", "seen_at", "waiting", "removed_at"]
    list_select_related = ["access_code__note_taker__table"]


@admin.register(models.Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["session", "table", "at", "by", "taken_back_at"]
    list_select_related = ["session", "table", "by"]


@admin.register(models.HandOut)
class HandOutAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "whom", "by", "conference"]
    list_filter = ["conference"]
    list_select_related = ["by", "conference"]


admin.site.register([models.Series, models.Round, models.NoteTaker], NeverDeletedAdmin)
admin.site.register(
    [models.AdvancePage, models.PlenaryTurn, models.RevisionCounter, models.RetentionPass, models.WrongCodes],
    ReadOnlyAdmin,
)


@admin.register(models.PublicPage)
class PublicPageAdmin(ReadOnlyAdmin):
    """Switched on and off on its own page alone, so that the history tells by whom."""

    list_display = ["conference", "opened_at", "opened_by"]
    list_select_related = ["conference", "opened_by"]


@admin.register(models.VideoLink)
class VideoLinkAdmin(admin.ModelAdmin):
    list_display = ["title", "conference", "language", "has_captions"]
    list_filter = ["conference"]
    list_select_related = ["conference"]
