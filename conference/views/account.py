"""The door: log in, log out, change one's password. Django's own views, with our forms."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeDoneView, PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator

from conference.forms.login import LoginForm, OwnPasswordForm


class Login(LoginView):
    authentication_form = LoginForm
    redirect_authenticated_user = True

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """A request by htmx finds 401 here, so that the page and what was typed on it stay (static/app/app.js)."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return super().dispatch(request, *args, **kwargs)


login = Login.as_view()
logout = LogoutView.as_view()
password_change = PasswordChangeView.as_view(form_class=OwnPasswordForm)
password_change_done = PasswordChangeDoneView.as_view()
