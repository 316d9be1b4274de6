"""Who works with a conference: invited, given another role, let go.

A link that sets a password opens everything its person may do. So whoever makes it must administer all of that
already: see `may_make_link`.
"""

from collections.abc import Iterable

from django.db import transaction

from conference.actions.history import Change, record
from conference.actions.removal import remove
from conference.models import Conference, Kind, Membership, Role, Session, User


class AlreadyMember(Exception):
    """The person has a role in the conference."""

    def __init__(self, member: Membership) -> None:
        self.member = member
        super().__init__(member.pk)


class MayNotLogIn(Exception):
    """The account has been closed by whoever runs the server."""


class LastAdministrator(Exception):
    """Without this person nobody could administer the conference."""


@transaction.atomic
def invite(
    conference: Conference, *, email: str, name: str, role: Role, sessions: Iterable[Session], by: User
) -> Membership:
    """Give whoever has the e-mail a role; an account without password is made when there is none.

    Raises AlreadyMember, MayNotLogIn.
    """
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)  # two clicks meet in turn
    person = User.objects.filter(username=email.lower(), kind=Kind.PERSON).first()
    if person is None:
        person = User.objects.create_user(email, name=name)
    elif not person.is_active:
        raise MayNotLogIn
    elif member := Membership.objects.filter(conference=conference, user=person).first():
        raise AlreadyMember(member)
    made = Membership.objects.create(conference=conference, user=person, role=role)
    _limit(made, sessions)
    _record("invite", made, by=by, after={"user": person.pk, "role": str(role)})
    return made


@transaction.atomic
def change_role(member: Membership, *, role: Role, sessions: Iterable[Session], by: User) -> None:
    """Another role, or other sessions. Raises LastAdministrator."""
    stored = _hold(member)
    if role != Role.ADMINISTRATOR:
        _not_the_last(stored)
    before, stored.role = stored.role, role
    stored.save(update_fields=["role"])
    _limit(stored, sessions)
    _record("change_role", stored, by=by, before={"role": before}, after={"role": str(role)})


@transaction.atomic
def let_go(member: Membership, *, by: User) -> str:
    """Take the role away; what the person did stays under their name. Returns what `put_back` needs.

    Raises LastAdministrator.
    """
    stored = _hold(member)
    _not_the_last(stored)
    return remove(stored, stored.conference, by=by)


def may_make_link(person: User, *, by: User) -> bool:
    """May `by` make a link with which `person` sets a password?

    Never for oneself, for those who run the server, or for a closed account; else for those whose conferences `by`
    administers, every one of them.
    """
    if person == by or person.kind != Kind.PERSON or not person.is_active or person.is_staff or person.is_superuser:
        return False
    if by.is_superuser:
        return True
    administered = Membership.objects.filter(user=by, role=Role.ADMINISTRATOR).values("conference")
    return not Membership.objects.filter(user=person).exclude(conference__in=administered).exists()


def record_link(member: Membership, *, by: User) -> None:
    """Remember that a link was made; the link itself is stored nowhere."""
    _record("make_link", member, by=by, after={"user": member.user_id})


def _hold(member: Membership) -> Membership:
    Conference.objects.select_for_update(no_key=True).get(pk=member.conference_id)
    return Membership.objects.select_related("conference").get(pk=member.pk)


def _not_the_last(member: Membership) -> None:
    others = Membership.objects.active().filter(conference=member.conference_id, role=Role.ADMINISTRATOR)
    if member.role == Role.ADMINISTRATOR and not others.exclude(pk=member.pk).exists():
        raise LastAdministrator


def _limit(member: Membership, sessions: Iterable[Session]) -> None:
    """Only an editor is limited to some sessions; the others have all."""
    member.sessions.set(sessions if member.role == Role.EDITOR else [])


def _record(
    verb: str,
    member: Membership,
    *,
    by: User,
    after: dict[str, str | int],
    before: dict[str, str] | None = None,
) -> None:
    change = Change(member, before or {}, after)
    record(verb=verb, by=by, conference=member.conference, changes=[change])
