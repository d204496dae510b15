"""The functions that write fields say what Django's own templates say, whatever stands in them."""

from __future__ import annotations

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from linli.kernel.ui.forms import Form
from linli.kernel.ui.forms.base import Renderer
from linli.kernel.ui.forms.written import WRITERS, _widget

BAD = "\"'<script>&amp;\n  邻里"
CHOICES = [
    ("", "请选择"), (BAD, BAD), (1, "一"), ("一组", [("3", BAD), (None, mark_safe("<b>安全</b>"))]), ("4", gettext_lazy("Yes")),
]  # fmt: skip
VALUES = [None, "", BAD, "1", 1, "3", mark_safe("<i>"), 0, False]
MANY = [[], ["1", "3"], [BAD], None]
INPUTS = (
    forms.TextInput, forms.NumberInput, forms.HiddenInput, forms.EmailInput, forms.URLInput, forms.DateInput, forms.TimeInput,
    forms.DateTimeInput, forms.PasswordInput, forms.FileInput, forms.Textarea, forms.CheckboxInput,
)  # fmt: skip
LOOKS = [{}, {"id": "id_here", "class": 'short "x"'}, {"id": BAD, "disabled": True, "readonly": False, "maxlength": 20}]


class ByTemplates(Renderer):
    """Only Django's own templates."""

    def render(self, template_name, context, request=None):
        return super(Renderer, self).render(template_name, context, request=request)


def both(widget: forms.Widget, value: object, attrs: dict[str, object]) -> None:
    ours = widget.render("a<b", value, attrs=attrs, renderer=Renderer())
    theirs = widget.render("a<b", value, attrs=attrs, renderer=ByTemplates())
    assert parse_html(ours) == parse_html(theirs), (ours, theirs)


@pytest.mark.parametrize("attrs", LOOKS)
@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_says_what_its_template_says(kind, attrs):
    for value in VALUES:
        both(kind(attrs={"spellcheck": "false"}), value, attrs)


@pytest.mark.parametrize("attrs", LOOKS)
@pytest.mark.parametrize("kind", [forms.Select, forms.RadioSelect])
def test_a_choice_says_what_its_template_says(kind, attrs):
    for value in VALUES:
        both(kind(choices=CHOICES), value, attrs)


@pytest.mark.parametrize("attrs", LOOKS)
@pytest.mark.parametrize("kind", [forms.SelectMultiple, forms.CheckboxSelectMultiple])
def test_several_choices_say_what_their_template_says(kind, attrs):
    for value in MANY:
        both(kind(choices=CHOICES), value, attrs)


class Asked(Form):
    chosen = forms.ChoiceField(label="选择", choices=CHOICES, help_text="说明", required=False)
    shut = forms.ChoiceField(label="停用", choices=CHOICES, disabled=True, initial="3")
    typed = forms.TypedChoiceField(label="数", choices=[(n, str(n)) for n in range(5)], coerce=int, empty_value=None)


@pytest.mark.parametrize("value", [*VALUES, "没有的"])
def test_a_plain_choice_written_at_once_says_what_its_template_says(value):
    for form in (Asked({"chosen": value, "typed": value}), Asked(initial={"chosen": value, "typed": 3}), Asked(auto_id=False)):
        for field in form:
            theirs = field.as_widget(widget=_by_templates(field.field.widget))
            assert parse_html(_widget(field)) == parse_html(theirs), (_widget(field), theirs)


def _by_templates(widget: forms.Widget) -> forms.Widget:
    own = type(widget).render
    widget.render = lambda name, value, attrs=None, renderer=None: own(widget, name, value, attrs, ByTemplates())
    return widget


def test_a_faulty_field_is_escaped_and_tied_to_its_words():
    class Short(Form):
        name = forms.CharField(label=BAD, max_length=2, help_text=BAD)

    said = str(Short({"name": BAD})["name"].as_field_group())
    assert "<script>" not in said and 'aria-invalid="true"' in said and "faulty" in said
    assert 'aria-describedby="id_name_helptext id_name_error"' in said
    assert 'id="id_name_helptext"' in said and 'id="id_name_error"' in said
    assert '<label class="field-label" for="id_name">' in said


def test_every_writer_but_our_own_field_stands_for_a_template_of_django():
    for name in WRITERS.keys() - {"ui/field.html"}:
        assert Renderer().get_template(name)
