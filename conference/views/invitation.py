"""Behind the link that an administrator hands out: choose a password, and be logged in.

Django's own view: it takes the token out of the address before the page is shown.
"""

from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import reverse_lazy

from conference.forms.membership import FirstPasswordForm
from conference.models import Kind, User


class Invitation(PasswordResetConfirmView):
    form_class = FirstPasswordForm
    template_name = "conference/people/invitation.html"
    success_url = reverse_lazy("home")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"

    def get_user(self, uidb64: str) -> User | None:
        """Only a person whose account is open; never a table, the system, or who runs the server."""
        found = super().get_user(uidb64)
        if not isinstance(found, User) or found.kind != Kind.PERSON or not found.is_active:
            return None
        return None if found.is_staff or found.is_superuser else found


invitation = Invitation.as_view()
