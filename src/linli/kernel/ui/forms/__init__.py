"""Forms: one look, Chinese messages that name the field, nothing lost, a key that makes a second click harmless."""

from linli.kernel.ui.forms.base import Confirm, Filter, Form, PublicForm, Renderer, body_of
from linli.kernel.ui.forms.declared import form_field
from linli.kernel.ui.forms.fields import (
    AreaField,
    ClockField,
    CodeField,
    DayField,
    IdentityField,
    MoneyField,
    NameField,
    PhoneField,
    TextField,
    TidyField,
    YearMonth,
)
from linli.kernel.ui.forms.steps import PlainText, Step, Walk, walk

__all__ = [
    "AreaField",
    "ClockField",
    "CodeField",
    "Confirm",
    "DayField",
    "Filter",
    "Form",
    "IdentityField",
    "MoneyField",
    "NameField",
    "PhoneField",
    "PlainText",
    "PublicForm",
    "Renderer",
    "Step",
    "TextField",
    "TidyField",
    "Walk",
    "YearMonth",
    "body_of",
    "form_field",
    "walk",
]
