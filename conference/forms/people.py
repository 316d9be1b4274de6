"""Forms for accounts in the back office. A person's user name is their e-mail."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from conference.models import User


class PersonCreationForm(AdminUserCreationForm):
    """A new person, with or without a password."""

    class Meta:
        model = User
        fields = ["email", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(username=email).exists():
            raise forms.ValidationError(_("Somebody has this e-mail already."))
        return email

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 Django's signature
        self.instance.username = self.instance.email
        return super().save(commit=commit)


class PersonChangeForm(UserChangeForm):
    """An account as it is. The e-mail of a person follows into the user name."""

    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_staff", "is_superuser"]
        field_classes: dict[str, type] = {}

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email and User.objects.filter(username=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody has this e-mail already."))
        return email

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 Django's signature
        if self.instance.email:
            self.instance.username = self.instance.email
        return super().save(commit=commit)
