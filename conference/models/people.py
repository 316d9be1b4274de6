"""People and what they may do.

People are never deleted, only deactivated or pseudonymised, so that who-and-when stays whole.
"""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rnik.lib.constraints import one_of

if TYPE_CHECKING:
    from conference.models.programme import Session

SYSTEM_USERNAME = "system"


class Kind(models.TextChoices):
    PERSON = "person", _("person")
    TABLE = "table", _("table")
    SYSTEM = "system", _("the system itself")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who logs in with `email`; without `password` until they set one."""
        email = self.normalize_email(email).lower()
        user = self.model(username=email, email=email, kind=Kind.PERSON, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may do everything. Django's command calls the e-mail by the name of the log-in field."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def system(self) -> "User":
        """Who acts when a command is run without `--by`."""
        user, _created = self.get_or_create(
            username=SYSTEM_USERNAME, defaults={"kind": Kind.SYSTEM, "name": "RNIK", "password": "!"}
        )
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Log-in is by e-mail in any case; tables and the system have no e-mail and never log in by password."""
        return self.get(username=(username or "").lower(), kind=Kind.PERSON)


class User(AbstractBaseUser, PermissionsMixin):
    """Whoever acts: a person with an e-mail and a password, a table with a code, or the system."""

    username = models.CharField(_("user name"), max_length=254, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    is_staff = models.BooleanField(_("may use the back office"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "pk"]
        constraints = [
            one_of("kind", Kind, name="user_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.PERSON, email=F("username")) & ~Q(email="")
                | ~Q(kind=Kind.PERSON) & Q(email="", is_staff=False, is_superuser=False),
                name="user_person_has_email_table_has_none",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class Role(models.TextChoices):
    """What a membership lets a person do; conference/access.py says it in prose."""

    ADMINISTRATOR = "administrator", _("administrator")
    CHIEF_EDITOR = "chief_editor", _("chief editor")
    EDITOR = "editor", _("editor")
    READER = "reader", _("reader")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(user__is_active=True)


class Membership(models.Model):
    """A person's role in one conference. An editor with no `sessions` chosen works in all of them."""

    user = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="memberships",
        limit_choices_to={"kind": Kind.PERSON},
        verbose_name=_("user"),
    )
    conference = models.ForeignKey(
        "Conference", models.PROTECT, related_name="memberships", verbose_name=_("conference")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    sessions: "models.ManyToManyField[Session, models.Model]" = models.ManyToManyField(
        "Session", blank=True, related_name="+", verbose_name=_("sessions"), help_text=_("None chosen means all.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["conference", "role", "user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "conference"], name="membership_one_role_per_conference"),
            one_of("role", Role, name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
