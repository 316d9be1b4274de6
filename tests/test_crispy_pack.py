"""The template pack `designsystemet`: each kind of field is named, described, and says what is wrong with it."""

from collections.abc import Iterator

import lxml.html
import pytest
from crispy_forms.bootstrap import AppendedText, FieldWithButtons, FormActions, InlineRadios, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Button, Column, Field, Fieldset, Hidden, Layout, Reset, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import engines
from django.utils import translation

CHOICES = [("a", "First"), ("b", "Second")]
TABLE = "designsystemet/table_inline_formset.html"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def help_for(name: str) -> str:
    return f"About {name}"


class EveryField(forms.Form):
    """One of each kind; all are required, so that an empty answer is wrong in all of them."""

    text = forms.CharField(help_text=help_for("text"))
    area = forms.CharField(widget=forms.Textarea, help_text=help_for("area"))
    email = forms.EmailField(help_text=help_for("email"))
    number = forms.IntegerField(help_text=help_for("number"))
    select = forms.ChoiceField(choices=[("", "–"), *CHOICES], help_text=help_for("select"))
    several = forms.MultipleChoiceField(choices=CHOICES, help_text=help_for("several"))
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), help_text=help_for("date"))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}), help_text=help_for("time"))
    password = forms.CharField(widget=forms.PasswordInput, help_text=help_for("password"))
    file = forms.FileField(help_text=help_for("file"))
    plain_file = forms.FileField(widget=forms.FileInput, help_text=help_for("plain_file"))
    checkbox = forms.BooleanField(help_text=help_for("checkbox"))
    boxes = forms.MultipleChoiceField(
        choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text=help_for("boxes")
    )
    radios = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, help_text=help_for("radios"))
    moment = forms.SplitDateTimeField(
        widget=forms.SplitDateTimeWidget(date_attrs={"aria-label": "Date"}, time_attrs={"aria-label": "Time"}),
        help_text=help_for("moment"),
    )
    hidden = forms.CharField(widget=forms.HiddenInput)


GROUPS = ["boxes", "radios", "moment"]
SINGLE = [name for name in EveryField.base_fields if name not in [*GROUPS, "hidden"]]


class Seat(forms.Form):
    number = forms.IntegerField()
    name = forms.CharField(required=False)


Seats = forms.formset_factory(Seat, extra=2, can_delete=True)
TWO_EMPTY_ROWS = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}


def tree(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<div>{html}</div>")


def page(form: forms.BaseForm | forms.BaseFormSet, *layout: object, **helper: object) -> lxml.html.HtmlElement:
    """The form as `{% crispy form %}` gives it, with these settings of its helper."""
    form.helper = FormHelper()
    if layout:
        form.helper.layout = Layout(*layout)
    for name, value in helper.items():
        setattr(form.helper, name, value)
    return tree(render_crispy_form(form))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def one(element: lxml.html.HtmlElement, path: str) -> lxml.html.HtmlElement:
    [found] = element.xpath(path)
    return found


def by_id(element: lxml.html.HtmlElement, name: str) -> lxml.html.HtmlElement:
    return one(element, f"//*[@id='{name}']")


def described(element: lxml.html.HtmlElement, name: str) -> list[str]:
    """What a screen reader reads after the name of the control `name`."""
    return [words(by_id(element, part)) for part in by_id(element, name).get("aria-describedby", "").split()]


# --- a field of each kind -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SINGLE)
def test_a_field_has_a_label_a_description_and_the_look(name: str) -> None:
    html = page(EveryField())
    control = by_id(html, f"id_{name}")
    assert words(one(html, f"//label[@for='id_{name}']")) == EveryField()[name].label
    assert described(html, f"id_{name}") == [help_for(name)]
    assert "ds-input" in control.get("class").split()
    assert control.get("aria-invalid") is None


@pytest.mark.parametrize("name", SINGLE)
def test_an_error_is_tied_to_its_field(name: str) -> None:
    html = page(EveryField({}))
    assert described(html, f"id_{name}") == [help_for(name), "This field is required."]
    assert by_id(html, f"id_{name}").get("aria-invalid") == "true"


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_is_a_fieldset_that_says_what_it_is_about(name: str) -> None:
    form = EveryField({})
    html = page(form)
    group = by_id(html, f"id_{name}")
    assert (group.tag, group.get("tabindex")) == ("fieldset", "-1")
    assert words(one(group, "legend")) == form[name].label
    assert described(html, f"id_{name}") == [help_for(name), "This field is required."]
    inputs = group.xpath(".//input")
    assert [control.get("aria-invalid") for control in inputs] == ["true", "true"]
    assert all("ds-input" in control.get("class").split() for control in inputs)


@pytest.mark.parametrize(("name", "kind", "chosen"), [("boxes", "checkbox", ["a", "b"]), ("radios", "radio", "b")])
def test_the_options_of_a_group_are_labelled_and_keep_what_was_chosen(name: str, kind: str, chosen: str) -> None:
    html = page(EveryField({name: chosen}))
    options = by_id(html, f"id_{name}").xpath(f".//input[@type='{kind}']")
    labels = [words(one(html, f"//label[@for='{option.get('id')}']")) for option in options]
    kept = [option.get("value") for option in options if "checked" in option.attrib]
    assert (labels, kept) == (["First", "Second"], list(chosen))


def test_options_in_named_groups_say_the_name() -> None:
    class Grouped(forms.Form):
        place = forms.ChoiceField(choices=[("Inside", CHOICES)], widget=forms.RadioSelect)

    group = by_id(page(Grouped()), "id_place")
    assert [words(name) for name in group.find_class("form-option-group")] == ["Inside"]
    assert len(group.xpath(".//input")) == 2


def test_no_id_stands_twice_and_nothing_points_nowhere() -> None:
    html = page(EveryField({}))
    ids = html.xpath("//@id")
    pointed_at = {part for value in html.xpath("//@for | //@aria-describedby") for part in value.split()}
    assert sorted(ids) == sorted(set(ids))
    assert pointed_at <= set(ids)


def test_nothing_that_somebody_wrote_becomes_markup() -> None:
    class Rude(forms.Form):
        name = forms.ChoiceField(
            label="<b>label", help_text="<b>help", choices=[("<b>", "<b>choice")], widget=forms.RadioSelect
        )

    html = page(Rude({"name": "<b>other"}))
    assert html.xpath("//b") == []
    assert "<b>label – Select a valid choice. <b>other is not" in words(html)


def test_a_password_is_not_sent_back() -> None:
    assert "secret" not in lxml.html.tostring(page(EveryField({"password": "secret"})), encoding="unicode")


def test_the_file_that_is_there_is_shown_and_can_be_taken_away() -> None:
    class Stored(str):
        url = "/files/notes.csv"

    class Upload(forms.Form):
        file = forms.FileField(required=False)

    html = page(Upload(initial={"file": Stored("notes.csv")}))
    assert [(link.get("href"), words(link)) for link in html.xpath("//a")] == [("/files/notes.csv", "notes.csv")]
    assert words(one(html, "//label[@for='file-clear_id']")) == "Clear"
    assert one(html, "//input[@id='file-clear_id']").get("name") == "file-clear"


# --- what may be left empty -----------------------------------------------------------------------------------


class Mixed(forms.Form):
    must = forms.CharField()
    may = forms.CharField(required=False)
    choice = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, required=False)
    tick = forms.BooleanField(required=False)
    fixed = forms.CharField(required=False, disabled=True)


def test_what_may_be_left_empty_says_so_and_nothing_else_does() -> None:
    html = page(Mixed())
    names = {field: words(one(html, f"//label[@for='id_{field}']")) for field in ["must", "may", "tick", "fixed"]}
    assert names == {"must": "Must", "may": "May Optional", "tick": "Tick", "fixed": "Fixed"}
    assert words(one(html, "//legend")) == "Choice Optional"
    assert "*" not in words(html)


def test_a_form_of_filters_need_not_say_it() -> None:
    assert "Optional" not in words(page(Mixed(), hide_optional=True))


# --- the error summary ----------------------------------------------------------------------------------------


def test_the_error_summary_links_to_every_field_that_is_wrong() -> None:
    form = EveryField({})
    html = page(form)
    summary = one(html, "//ds-error-summary")
    links = {link.get("href"): words(link) for link in summary.xpath(".//a")}
    assert links == {f"#id_{name}": f"{form[name].label} – This field is required." for name in [*SINGLE, *GROUPS]}
    assert words(summary.xpath(".//li")[-1]) == "This field is required."  # the hidden one: nothing to go to
    focusable = [by_id(html, href[1:]) for href in links]
    assert all(goal.tag != "fieldset" or goal.get("tabindex") == "-1" for goal in focusable)


def test_an_error_of_the_whole_form_stands_first_and_its_title_can_be_its_own() -> None:
    form = Mixed({})
    form.add_error(None, "The two do not agree.")
    summary = one(page(form, form_error_title="Not saved yet"), "//ds-error-summary")
    assert words(one(summary, "h2")) == "Not saved yet"
    assert [words(item) for item in summary.xpath(".//li")] == [
        "The two do not agree.",
        "Must – This field is required.",
    ]


def test_a_form_without_errors_has_no_summary() -> None:
    assert page(Mixed({"must": "x"})).xpath("//ds-error-summary") == []
    assert page(Mixed()).xpath("//ds-error-summary") == []


def test_a_small_form_may_leave_the_summary_out_and_keeps_the_error_at_the_field() -> None:
    html = page(Mixed({}), form_show_errors=False)
    assert html.xpath("//ds-error-summary") == []
    assert described(html, "id_must") == ["This field is required."]


# --- the form around the fields -------------------------------------------------------------------------------


def test_the_form_leaves_checking_to_the_server_and_can_carry_files() -> None:
    form = one(page(EveryField(), form_action="/there/", form_id="every"), "//form")
    facts = ["method", "enctype", "action", "id"]
    assert [form.get(fact) for fact in facts] == ["post", "multipart/form-data", "/there/", "every"]
    assert "novalidate" in form.attrib
    assert "enctype" not in one(page(Mixed()), "//form").attrib


@pytest.mark.parametrize(
    "drawn", ["{{ form|crispy }}", "{% for field in form %}{{ field|as_crispy_field }}{% endfor %}"]
)
def test_the_filters_draw_the_same_fields_as_the_tag(drawn: str) -> None:
    html = tree(engines["django"].from_string("{% load crispy_forms_tags %}" + drawn).render({"form": Mixed({})}))
    assert [words(label) for label in html.xpath("//label[@for='id_may']")] == ["May Optional"]
    assert described(html, "id_must") == ["This field is required."]


def test_the_summary_can_stand_elsewhere() -> None:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{{ form|as_crispy_errors }}")
    summary = one(tree(template.render({"form": Mixed({})})), "//ds-error-summary")
    assert [link.get("href") for link in summary.xpath(".//a")] == ["#id_must"]


def test_buttons_have_the_look_and_no_id_that_two_forms_would_share() -> None:
    html = page(
        Mixed(),
        "must",
        FormActions(
            Submit("save", "Save"),
            Button("cancel", "Cancel"),
            Reset("empty", "Empty", data_variant="tertiary"),
            Hidden("step", "2"),
        ),
        Submit("", "Go", css_id="go"),
    )
    buttons = [
        (b.get("type"), b.get("name"), b.get("data-variant"), b.get("id"), words(b)) for b in html.xpath("//button")
    ]
    assert buttons == [
        ("submit", "save", None, None, "Save"),
        ("button", "cancel", "secondary", None, "Cancel"),
        ("reset", "empty", "tertiary", None, "Empty"),
        ("submit", None, None, "go", "Go"),
    ]
    assert one(html, "//input[@type='hidden']").get("value") == "2"
    assert all("ds-button" in button.get("class").split() for button in html.xpath("//button"))


def test_a_button_has_one_variant() -> None:
    form = Mixed()
    form.helper = FormHelper()
    form.helper.add_input(Button("cancel", "Cancel", data_variant="tertiary"))
    assert render_crispy_form(form).count("data-variant") == 1


def test_an_input_added_to_the_helper_comes_after_the_fields() -> None:
    form = Mixed()
    form.helper = FormHelper()
    form.helper.add_input(Submit("save", "Save"))
    html = tree(render_crispy_form(form))
    assert words(html).endswith("Save")


def test_a_layout_can_group_and_place_the_fields() -> None:
    html = page(
        Mixed(),
        Fieldset("Who {{ 1|add:1 }}", Row(Column("must"), Column(Field("may", wrapper_class="wide")))),
        InlineRadios("choice"),
        AppendedText("fixed", "minutes"),
        HTML("<p>Said {{ 2|add:2 }} times</p>"),
    )
    assert words(one(html, "//fieldset[1]/legend")) == "Who 2"
    assert [words(column) for column in html.xpath("//div[@class='form-row']/div")] == ["Must", "May Optional"]
    assert len(html.find_class("wide")) == 1
    assert len(html.find_class("form-options-inline")) == 1
    assert [words(affix) for affix in html.find_class("ds-field-affix")] == ["minutes"]
    assert "Said 4 times" in words(html)


def test_a_field_and_its_button_stand_on_one_line() -> None:
    button = StrictButton("Search", type="submit", css_class="ds-button")
    line = one(page(Mixed(), FieldWithButtons("must", button)), "//div[@class='form-with-buttons']")
    assert [child.tag for child in line] == ["input", "button"]
    assert (line[1].get("type"), words(line[1])) == ("submit", "Search")


# --- formsets -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", [None, TABLE])
def test_a_formset_has_one_summary_for_all_its_forms(template: str | None) -> None:
    formset = Seats(TWO_EMPTY_ROWS, initial=[{"number": 1}, {"number": 2}])
    html = page(formset, template=template)
    links = [link.get("href") for link in one(html, "//ds-error-summary").xpath(".//a")]
    assert links == ["#id_form-0-number", "#id_form-1-number"]
    assert described(html, "id_form-1-number") == ["This field is required."]
    ids = html.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("template", [None, TABLE])
def test_every_field_of_a_formset_has_a_label(template: str | None) -> None:
    html = page(Seats(), template=template)
    names = [words(one(html, f"//label[@for='id_form-1-{name}']")) for name in ["number", "name", "DELETE"]]
    assert names == ["Number", "Name Optional", "Delete"]
    assert one(html, "//input[@id='id_form-TOTAL_FORMS']").get("value") == "2"


def test_the_labels_of_a_table_stand_in_its_head_and_are_kept_for_those_who_do_not_see_it() -> None:
    html = page(Seats(), template=TABLE)
    assert [words(cell) for cell in html.xpath("//th")] == ["Number", "Name", "Delete"]
    assert all("ds-sr-only" in label.get("class").split() for label in html.xpath("//td//label"))


def test_an_error_of_the_whole_formset_is_told() -> None:
    formset = Seats({"form-TOTAL_FORMS": "2"})
    summary = one(page(formset), "//ds-error-summary")
    assert words(one(summary, ".//li")).startswith("ManagementForm data is missing")


def test_a_formset_of_nothing_is_empty_and_whole() -> None:
    assert page(forms.formset_factory(Seat, extra=0)(), template=TABLE).xpath("//table") == []


def test_a_formset_can_be_drawn_by_the_filter() -> None:
    template = engines["django"].from_string(
        "{% load crispy_forms_tags %}{{ seats|crispy }}{{ seats|as_crispy_errors }}"
    )
    html = tree(template.render({"seats": Seats(TWO_EMPTY_ROWS, initial=[{"number": 1}, {"number": 2}])}))
    assert len(html.xpath("//ds-error-summary")) == 2
    assert len(html.xpath("//input[@type='number']")) == 2


def test_a_layout_is_used_for_each_form_of_a_formset() -> None:
    html = page(Seats(), Row("number", "name"))
    assert len(html.find_class("form-row")) == 2
