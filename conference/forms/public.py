"""What everybody may see of the conference, and its videos."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms.setup import SetupForm, VersionedForm, long_text
from conference.models import MAX_PUBLIC_TEXT, PublicPage, VideoLink


class PublicPageForm(VersionedForm):
    """Each switch is off until somebody turns it on; the texts stand above the standard ones."""

    is_open = forms.BooleanField(
        label=_("The public page is open"),
        required=False,
        help_text=_("Everybody can read title, date, theme and venue, and what you switch on below."),
    )
    privacy = long_text(_("About privacy"), longest=MAX_PUBLIC_TEXT)
    accessibility = long_text(_("About accessibility"), longest=MAX_PUBLIC_TEXT)

    class Meta:
        model = PublicPage
        fields = [
            "shows_programme",
            "shows_questions",
            "shows_videos",
            "shows_matters",
            "publisher",
            "contact",
            "privacy",
            "accessibility",
        ]
        labels = {
            "shows_programme": _("Show the programme"),
            "shows_questions": _("Show the questions"),
            "shows_videos": _("Show the videos"),
            "shows_matters": _("Show «You said – we did»"),
            "publisher": _("Who is behind the pages"),
            "contact": _("Contact"),
        }
        help_texts = {
            "publisher": _("Such as the ministry. It stands at the foot of each page."),
            "contact": _("An e-mail address or a telephone number that everybody may use."),
            "shows_matters": _(
                "What the ministries have done with some of the points, once the report is published."
            ),
            "shows_questions": _("In Bokmål, Nynorsk and English."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("is_open", self.instance.opened_at is not None)
        standard = _(
            "Stands above the standard text, which is there in Bokmål, Nynorsk and English. Empty lines part."
        )
        for name in ("privacy", "accessibility"):
            self.fields[name].help_text = standard
        self.helper.layout = Layout(
            "is_open",
            "shows_programme",
            "shows_questions",
            "shows_videos",
            "shows_matters",
            Fieldset(
                _("Who you are, and what you say"),
                "publisher",
                "contact",
                "privacy",
                "accessibility",
                css_class="form-section",
            ),
            "version",
        )


class VideoForm(SetupForm):
    goes_on = True

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")

    class Meta:
        model = VideoLink
        fields = ["title", "url", "language", "has_captions"]
        labels = {"has_captions": _("The video has captions")}
        help_texts = {"has_captions": _("The law asks for captions on videos that public bodies publish.")}

    def clean_url(self) -> str:
        address: str = self.cleaned_data["url"]
        if not address.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        scheme, mark, rest = address.partition("://")
        return scheme.lower() + mark + rest
