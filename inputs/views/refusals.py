"""A refused act as a sentence for the one who tried."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conference.models import Event
from inputs.actions import faults
from inputs.actions.undo import Blocked, NotUndoable
from inputs.chronicle import VERBS

#: Acts that are several at once, by what they consist of; the first that fits is the act's name.
COMPOUND = (
    ({"decide_proposal"}, gettext_lazy("answered a proposal")),
    ({"decide_clarification"}, gettext_lazy("decided what was unclear")),
    ({"decide_change"}, gettext_lazy("decided about a proposal from clearance")),
    ({"attach", "remove_point"}, gettext_lazy("merged points")),
    ({"attach", "write_point", "reword"}, gettext_lazy("split a point")),
    ({"attach", "write_point"}, gettext_lazy("used an input once more")),
    ({"detach", "reword"}, gettext_lazy("took a source out and reworded")),
    ({"reword", "remove_point"}, gettext_lazy("merged points")),
    ({"accept", "attach"}, gettext_lazy("made a point of inputs that say the same")),
    ({"detach", "remove_point"}, VERBS["detach"]),
    ({"accept"}, VERBS["accept"]),
)


def verbs_of(events: Iterable[Event]) -> dict[UUID, list[str]]:
    """For each of their acts, and each that one of them undoes, all its verbs, the newest last. One query."""
    acts = {act for event in events for act in (event.act, event.undoes) if act}
    verbs: dict[UUID, list[str]] = {}
    for act, verb in Event.objects.filter(act__in=acts).order_by("pk").values_list("act", "verb"):
        verbs.setdefault(act, []).append(verb)
    return verbs


def told(event: Event, verbs: Mapping[UUID, Sequence[str]]) -> str:
    """What the event's act was; of one that undoes, what it undid."""
    act = verbs[event.undoes or event.act]
    words = str(deed(set(act), act[-1]))
    return _("undid: %(deed)s") % {"deed": words} if event.undoes else words


def deed(verbs: set[str], newest: str) -> str | Promise:
    """What an act was: by all its verbs when they are one thing together, else by the newest of them."""
    return next((name for parts, name in COMPOUND if parts <= verbs), VERBS.get(newest, newest))


#: Acts by which an input gets another disposition or place.
HANDLING = ("accept", "attach", "set_aside", "file_under")

#: Refusals that need no more than their sentence.
_PLAIN = {
    faults.NotEmpty: gettext_lazy("Points stand under the heading. Move them first, then it can be removed."),
    faults.TitleTaken: gettext_lazy("The question has a heading of that name already."),
    faults.NoRoom: gettext_lazy("The two texts are too long to be one. Shorten one of them first."),
    faults.Full: gettext_lazy("Five lines stand here already. Remove one first."),
    faults.UnderClarification: gettext_lazy("The point is on the list for the editorial meeting already."),
    faults.Decided: gettext_lazy("Somebody else has answered this already. Nothing was changed."),
    faults.NotFinished: gettext_lazy("The question is not finished. Below is what remains."),
    faults.NotYours: gettext_lazy("You have worked on this text yourself. Let somebody else confirm it."),
    faults.ChosenAgain: gettext_lazy("The same has been chosen again meanwhile, and stands here already."),
}


def sentence(refusal: faults.Refused) -> str:
    """Why, and what to do now. Nothing was changed by a refused act."""
    if type(refusal) in _PLAIN:
        return str(_PLAIN[type(refusal)])
    match refusal:
        case faults.SignedOff():
            place = refusal.stored.question
            return _(
                "%(name)s signed off question %(place)s %(when)s, so nothing was changed. Propose the change "
                "instead, or ask the chief editor to lift the sign-off."
            ) % {
                "name": refusal.stored.by.get_full_name(),
                "place": f"{place.session.number}.{place.number}",
                "when": date_format(localtime(refusal.stored.at), "j. b H.i"),
            }
        case faults.Held():
            return _(
                "%(name)s is merging this point now, so nothing was changed. Wait a moment, or choose «Take over» "
                "at the point."
            ) % {"name": refusal.stored.by.get_full_name()}
        case faults.AlreadyHandled():
            said = ngettext(
                "The input has been used, set aside or filed elsewhere already. Nothing was changed; "
                "this is how it stands now.",
                "%(count)d of the inputs have been used, set aside or filed elsewhere already. Nothing was changed; "
                "this is how it stands now.",
                len(refusal.inputs),
            ) % {"count": len(refusal.inputs)}
            return f"{said} {_who(refusal)}".rstrip()
        case faults.NotAvailable():
            return _(
                "Somebody has removed or set aside a part of this since you opened the page. Nothing was changed; "
                "this is how it stands now."
            )
        case faults.WithoutQuestion() | faults.OtherConference():
            return _("These do not stand under this question any more. Nothing was changed.")
        case faults.Stale():
            return _("Somebody has changed this since you opened the page. Nothing was changed.")
        case Blocked():
            return _(
                "%(name)s has later (%(when)s) %(deed)s, and that builds on this. Undo it first; nothing was changed."
            ) % {
                "name": refusal.event.by.get_full_name(),
                "when": date_format(localtime(refusal.event.at), "j. b H.i"),
                "deed": told(refusal.event, verbs_of([refusal.event])),
            }
        case NotUndoable():
            return _("It has been undone already, or cannot be undone.")
    return _("It could not be done. Nothing was changed.")


def _who(refusal: faults.AlreadyHandled) -> str:
    """Who did it, and when; nothing when history does not tell."""
    keys = [entry.pk for entry in refusal.inputs]
    acts = Event.objects.filter(target_type="input", target_id__in=keys, verb__in=HANDLING).select_related("by")
    last = acts.order_by("-pk").first()
    if last is None:
        return ""
    return _("%(name)s %(deed)s (%(when)s).") % {
        "name": last.by.get_full_name(),
        "deed": VERBS[last.verb],
        "when": date_format(localtime(last.at), "j. b H.i"),
    }
