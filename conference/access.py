"""Who may do what in a conference, in prose. A superuser may do everything; a deactivated person nothing."""

from django.db.models import QuerySet

from conference.models import Conference, Membership, Role, Session, User

EDITING = frozenset({Role.ADMINISTRATOR, Role.CHIEF_EDITOR, Role.EDITOR})
WATCHING = frozenset({Role.ADMINISTRATOR, Role.CHIEF_EDITOR})


def membership(user: User, conference: Conference) -> Membership | None:
    """The person's role in the conference, if they have one."""
    return Membership.objects.active().filter(user=user, conference=conference).first()


def may_see(user: User, conference: Conference) -> bool:
    """Everybody with a role in the conference sees its notes, points and draft report. Tables do not."""
    return user.is_superuser or membership(user, conference) is not None


def may_edit(user: User, conference: Conference, session: Session | None = None) -> bool:
    """Administrators, chief editors and editors edit; an editor limited to some sessions edits only in those.

    Without `session`: whether they edit anywhere at all.
    """
    if user.is_superuser:
        return True
    found = membership(user, conference)
    if found is None or found.role not in EDITING:
        return False
    if found.role != Role.EDITOR or session is None:
        return True
    chosen = set(found.sessions.values_list("pk", flat=True))
    return not chosen or session.pk in chosen


def sessions_to_edit(user: User, conference: Conference) -> QuerySet[Session]:
    """The sessions in which `may_edit` lets the person edit, in order."""
    sessions = conference.sessions.order_by("number")
    found = membership(user, conference)
    if user.is_superuser or (found and found.role in EDITING - {Role.EDITOR}):
        return sessions
    if found is None or found.role != Role.EDITOR:
        return sessions.none()
    return sessions.filter(pk__in=found.sessions.all()) if found.sessions.exists() else sessions


def may_administer(user: User, conference: Conference) -> bool:
    """Administrators set up the conference, its people and its tables."""
    if user.is_superuser:
        return True
    found = membership(user, conference)
    return found is not None and found.role == Role.ADMINISTRATOR


def may_watch(user: User, conference: Conference) -> bool:
    """Administrators and chief editors look at the room on the day; only administrators act there."""
    if user.is_superuser:
        return True
    found = membership(user, conference)
    return found is not None and found.role in WATCHING


def may_decide(user: User, conference: Conference) -> bool:
    """Administrators and chief editors decide what is unclear, sign questions off, and lift that again."""
    return may_watch(user, conference)


def may_publish(user: User, conference: Conference) -> bool:
    """Administrators and chief editors freeze versions of the report, publish them and take them back."""
    return may_watch(user, conference)
