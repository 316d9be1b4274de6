"""Who may do what in a conference, in prose. A superuser may do everything; a deactivated person nothing."""

from django.db.models import QuerySet

from conference.models import Conference, Membership, Role, Session, User

EDITING = frozenset({Role.ADMINISTRATOR, Role.CHIEF_EDITOR, Role.EDITOR})


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
    """Those in which the person may edit: all, the chosen ones of an editor who is limited to some, or none."""
    found = membership(user, conference)
    if user.is_superuser or (found and found.role in EDITING - {Role.EDITOR}):
        return conference.sessions.all()
    if found is None or found.role != Role.EDITOR:
        return conference.sessions.none()
    return found.sessions.all() if found.sessions.exists() else conference.sessions.all()


def may_administer(user: User, conference: Conference) -> bool:
    """Administrators set up the conference, its people and its tables."""
    if user.is_superuser:
        return True
    found = membership(user, conference)
    return found is not None and found.role == Role.ADMINISTRATOR
