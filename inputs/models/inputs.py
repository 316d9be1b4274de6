"""What was said at the tables, every wording kept."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, NoteTaker, Question, Round, Session, SubQuestion, Table, User
from rnik.lib.constraints import length_between, one_of, together
from rnik.lib.text import fold

MAX_TEXT = 10_000  # characters, after clean_text()


class InputSource(models.TextChoices):
    """How an input reached us."""

    TABLE = "table", _("at the table")
    PLENARY = "plenary", _("in plenary")
    REPLY = "reply", _("reply from the stage")
    WRITING = "writing", _("in writing")
    PAPER = "paper", _("on paper")
    EDITOR = "editor", _("added by an editor")


class InputKind(models.TextChoices):
    CHALLENGE = "challenge", _("challenge")
    MEASURE = "measure", _("measure")
    BOTH = "both", _("challenge and measure")


def counts_under(question: Question) -> Exact:
    """The condition that an input counts there: filed there by an editor, or else said there. It has an index."""
    return Exact(Coalesce("filed_under", "question"), question.pk)


class InputQuerySet(models.QuerySet["Input"]):
    def unhandled(self) -> Self:
        """Neither used nor set aside."""
        return self.filter(lead_source=None, set_aside=None)

    def used(self) -> Self:
        return self.exclude(lead_source=None)

    def put_aside(self) -> Self:
        return self.exclude(set_aside=None)

    def counted_under(self, question: Question) -> Self:
        return self.filter(counts_under(question))

    def counted_in(self, session: int, question: int | None = None) -> Self:
        """Those that count in the session with that number, or in one question of it."""
        filed = Q(filed_under__session__number=session)
        said = Q(filed_under=None, session__number=session)
        if question is not None:
            filed &= Q(filed_under__number=question)
            said &= Q(question__number=question)
        return self.filter(filed | said)

    def counted_in_any(self, sessions: "models.QuerySet[Session]") -> Self:
        """Those that count in one of the sessions: an editor who is limited to some edits these."""
        return self.filter(Q(filed_under__session__in=sessions) | Q(filed_under=None, session__in=sessions))

    def without_question(self) -> Self:
        """«Uplassert»: said in a session, and nobody has filed it under a question yet."""
        return self.filter(question=None, filed_under=None)

    def with_question(self) -> Self:
        """Those that count under a question: where the editor filed them, else where they were said."""
        return self.exclude(question=None, filed_under=None)

    def in_order_of_arrival(self) -> Self:
        return self.order_by("received_at", "pk")

    def after(self, last: "Input | None") -> Self:
        """Those that arrived after `last`; all of them when there is none."""
        if last is None:
            return self
        same_time = Q(received_at=last.received_at, pk__gt=last.pk)
        return self.filter(Q(received_at__gt=last.received_at) | same_time)

    def as_arranged(self) -> Self:
        """As their table has put them; position 0 has no place yet and stands last, as it arrived."""
        return self.order_by(NullIf("position", Value(0)).asc(nulls_last=True), "received_at", "pk")


class Input(models.Model):
    """One note, in the table's words.

    Exactly one disposition, readable in two columns: unhandled (both empty), used (`lead_source`), or set aside
    (`set_aside`). Only inputs/actions/dispositions.py writes these two.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(_("id in the imported file"), max_length=100, blank=True)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="inputs", verbose_name=_("conference"))
    session = models.ForeignKey(Session, models.PROTECT, related_name="inputs", verbose_name=_("session"))
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("question")
    )
    subquestion = models.ForeignKey(
        SubQuestion, models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("sub-question")
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("round")
    )
    table = models.ForeignKey(
        Table, models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("table")
    )
    note_taker = models.ForeignKey(
        NoteTaker, models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("note-taker")
    )
    source = models.CharField(_("source"), max_length=10, choices=InputSource, default=InputSource.TABLE)
    text = models.TextField(_("text"))
    search_text = models.TextField(editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    language = models.CharField(_("language"), max_length=20, default="nb")
    kind = models.CharField(_("kind"), max_length=10, choices=InputKind, blank=True)
    priority = models.BooleanField(_("marked as important"), default=False)
    suggested_heading = models.CharField(_("suggested heading"), max_length=200, blank=True)
    addressees = models.JSONField(_("addressees as said"), default=list, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("received through"))
    late = models.BooleanField(_("came after the deadline"), default=False)
    withdrawal_asked_at = models.DateTimeField(_("withdrawal asked for at"), null=True, blank=True)
    withdrawal_asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawal asked for by")
    )
    filed_under = models.ForeignKey(
        Question,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="filed_inputs",
        verbose_name=_("filed by the editor under"),
    )
    # Where it came from, when it was divided out of a sheet: the sheet's revision and the span of characters in it.
    sheet = models.ForeignKey(
        "MinutesSheet", models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("sheet")
    )
    sheet_revision = models.PositiveIntegerField(null=True, blank=True, editable=False)
    span_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    span_end = models.PositiveIntegerField(null=True, blank=True, editable=False)

    lead_source = models.ForeignKey(
        "PointSource",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name=_("used in"),
    )
    set_aside = models.ForeignKey(
        "SetAside",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name=_("set aside"),
    )

    objects = InputQuerySet.as_manager()

    class Meta:
        verbose_name = _("input")
        verbose_name_plural = _("inputs")
        ordering = ["pk"]
        indexes = [
            # The desk of a question reads by arrival; lists page by the same key.
            models.Index(Coalesce("filed_under", "question"), "received_at", "id", name="input_counted_under"),
            models.Index(fields=["conference", "received_at", "id"], name="input_of_a_conference"),
            models.Index(
                fields=["session", "received_at", "id"],
                condition=Q(question=None, filed_under=None, set_aside=None),
                name="input_unplaced",
            ),
            # Without what is empty: whoever looked for that here would look through nearly all inputs.
            models.Index(fields=["lead_source"], condition=Q(lead_source__isnull=False), name="input_used_in"),
            models.Index(fields=["set_aside"], condition=Q(set_aside__isnull=False), name="input_set_aside"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "external_id"], condition=~Q(external_id=""), name="input_imported_once"
            ),
            models.CheckConstraint(
                condition=Q(lead_source__isnull=True) | Q(set_aside__isnull=True), name="input_has_one_disposition"
            ),
            length_between("text", 1, MAX_TEXT, name="input_text_has_1_to_10000_characters"),
            one_of("source", InputSource, name="input_source_is_known"),
            models.CheckConstraint(condition=Q(kind__in=["", *InputKind.values]), name="input_kind_is_known"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="input_revision_counts_from_1"),
            together("withdrawal_asked_at", "withdrawal_asked_by", name="input_withdrawal_asked_by_and_at_together"),
            together("sheet", "sheet_revision", "span_start", "span_end", name="input_sheet_and_span_together"),
            models.CheckConstraint(
                condition=Q(span_start__isnull=True) | Q(span_end__isnull=False, span_end__gt=F("span_start")),
                name="input_span_is_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(subquestion__isnull=True) | Q(question__isnull=False),
                name="input_subquestion_has_question",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def public_id(self) -> str:
        """What commands and exports call it: the id of its import, else its key."""
        return self.external_id or str(self.key)

    @property
    def disposition(self) -> str:
        """`used`, `set_aside` or `unhandled`."""
        return "used" if self.lead_source_id else "set_aside" if self.set_aside_id else "unhandled"

    def write(self, text: str) -> None:
        """Set the text and what is derived from it. `text` is clean; the caller saves, with a revision."""
        self.text = text
        self.search_text = fold(text)


class InputRevision(models.Model):
    """A wording that an input has had. Number 1 is as it was first received."""

    input = models.ForeignKey(Input, models.PROTECT, related_name="revisions", verbose_name=_("input"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wording of an input")
        verbose_name_plural = _("wordings of inputs")
        ordering = ["input", "number"]
        constraints = [models.UniqueConstraint(fields=["input", "number"], name="input_revision_number_once")]

    def __str__(self) -> str:
        return str(self.number)
