"""Forms: one look, Chinese messages that name the field, nothing lost, a key that makes a second click harmless."""

from linli.kernel.ui.forms.base import Confirm, Filter, Form, PublicForm, Renderer, body_of
from linli.kernel.ui.forms.declared import form_field
from linli.kernel.ui.forms.fields import (
    AreaField,
    DayField,
    IdentityField,
    MoneyField,
    NameField,
    PhoneField,
    TextField,
    TidyField,
    YearMonth,
)

__all__ = [
    "AreaField",
    "Confirm",
    "DayField",
    "Filter",
    "Form",
    "IdentityField",
    "MoneyField",
    "NameField",
    "PhoneField",
    "PublicForm",
    "Renderer",
    "TextField",
    "TidyField",
    "YearMonth",
    "body_of",
    "form_field",
]
