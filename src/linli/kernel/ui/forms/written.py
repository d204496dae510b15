"""Fields written by functions, because a console has a dozen of them with hundreds of choices and is asked for all day.

Templates of templates (a field includes its widget, which includes its attributes, once for each choice) cost more than the rest
of such a page. The words are the same: a test holds every writer against Django's own template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe

Context = dict[str, Any]


def attributes(attrs: dict[str, Any]) -> str:
    """The attributes of an element, each with a blank before it; False is left out, True has no value."""
    given = ((safe(name), value) for name, value in attrs.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{safe(str(value))}"' for name, value in given)


def _input(widget: Context) -> str:
    value = f' value="{safe(str(widget["value"]))}"' if widget["value"] is not None else ""
    return f'<input type="{widget["type"]}" name="{safe(widget["name"])}"{value}{attributes(widget["attrs"])}>'


def _textarea(widget: Context) -> str:
    return f'<textarea name="{safe(widget["name"])}"{attributes(widget["attrs"])}>\n{safe(widget["value"] or "")}</textarea>'


def _select(widget: Context) -> str:
    body = "".join(
        _group(name, ((one["value"], one["label"], attributes(one["attrs"])) for one in options))
        for name, options, _ in widget["optgroups"]
    )
    return f'<select name="{safe(widget["name"])}"{attributes(widget["attrs"])}>{body}</select>'


def _group(name: Any, options: Iterable[tuple[Any, Any, str]]) -> str:
    body = "".join(f'<option value="{safe(str(value))}"{marks}>{safe(label)}</option>' for value, label, marks in options)
    return f'<optgroup label="{safe(name)}">{body}</optgroup>' if name else body


def _several(widget: Context) -> str:
    ident, kind = widget["attrs"].get("id"), widget["attrs"].get("class")
    body = "".join(_ticks(name, options) for name, options, _ in widget["optgroups"])
    return f'<div{attributes({"id": ident or False, "class": kind or False})}>{body}</div>'


def _ticks(name: Any, options: list[Context]) -> str:
    body = "".join(f"<div>{_tick(one)}</div>" for one in options)
    return f"<div><label>{safe(name)}</label>{body}</div>" if name else body


def _tick(option: Context) -> str:
    if not option.get("wrap_label"):
        return _input(option)
    ident = option["attrs"].get("id")
    return f'<label{attributes({"for": ident or False})}>{_input(option)} {safe(option["label"])}</label>'


def _field(field: Any) -> str:
    """A field with its label, its faults and its help."""
    kind, faults, helps = field.widget_type, field.errors, _help(field)
    said, shown = _faults(field, faults), _widget(field)
    label = f"{safe(field.label)}{_mark(field)}"
    if kind == "checkbox":
        body = f'<div class="field-body">{said}<label class="tick">{shown} <span>{label}</span></label>{helps}</div>'
    elif field.use_fieldset:
        described = field.aria_describedby
        body = (
            f'<fieldset{attributes({"aria-describedby": described or False})}><legend class="field-label">{label}</legend>'
            f'<div class="field-body">{said}{shown}{helps}</div></fieldset>'
        )
    else:
        unit = getattr(field.field, "unit", "")
        if unit:
            shown = f'<span class="with-unit">{shown}<span class="unit" aria-hidden="true">{safe(unit)}</span></span>'
        head = f'<label class="field-label" for="{safe(field.id_for_label)}">{label}</label>'
        body = f'{head}<div class="field-body">{said}{shown}{helps}</div>'
    return f'<div class="field field-{safe(kind)}{" faulty" if faults else ""}">\n{body}\n</div>\n'


def _mark(field: Any) -> str:
    marks = getattr(field.form, "marks", "")
    if marks == "optional" and not field.field.required:
        return '<span class="optional">（选填）</span>'
    if marks == "required" and field.field.required:
        return '<span class="star" aria-hidden="true">*</span><span class="visually-hidden">（必填）</span>'
    return ""


def _help(field: Any) -> str:
    return f'<div class="field-help" id="{safe(field.auto_id)}_helptext">{safe(field.help_text)}</div>' if field.help_text else ""


def _faults(field: Any, faults: Any) -> str:
    said = "".join(f"<p>{safe(fault)}</p>" for fault in faults)
    return f'<div class="field-faults" id="{safe(field.auto_id)}_error">{said}</div>' if said else ""


def _widget(field: Any) -> str:
    """The input itself. A plain choice is written from its choices at once, without a dictionary for each of hundreds."""
    widget = field.field.widget
    if type(widget) is not forms.Select or field.field.localize or field.field.show_hidden_initial:
        return str(field)
    attrs = widget.build_attrs(widget.attrs, field.build_widget_attrs({}, widget))
    if field.auto_id:
        attrs.setdefault("id", field.auto_id)
    here, left, body = set(widget.format_value(field.value())), True, []
    for value, label in widget.choices:
        group = label if isinstance(label, list | tuple) else None
        options = []
        for one, words in group if group is not None else [("" if value is None else value, label)]:
            marked = left and str(one) in here
            left = left and not marked
            options.append((one, words, " selected" if marked else ""))
        body.append(_group(value if group is not None else None, options))
    return f'<select name="{safe(field.html_name)}"{attributes(attrs)}>{"".join(body)}</select>'


def _kinds(*names: str) -> Iterable[str]:
    return (f"django/forms/widgets/{name}.html" for name in names)


WRITERS: dict[str, Callable[[Context], str]] = {
    **dict.fromkeys(
        _kinds("input", "text", "number", "hidden", "password", "email", "url", "date", "datetime", "time", "file", "checkbox"),
        lambda context: _input(context["widget"]),
    ),
    **dict.fromkeys(_kinds("radio", "checkbox_select"), lambda context: _several(context["widget"])),
    **dict.fromkeys(_kinds("textarea"), lambda context: _textarea(context["widget"])),
    **dict.fromkeys(_kinds("select"), lambda context: _select(context["widget"])),
    "ui/field.html": lambda context: _field(context["field"]),
}
"""The writer of each template that stands in pages again and again."""


def written(template: str, context: Context) -> SafeString | None:
    """What this template would say; None where no function writes it."""
    writer = WRITERS.get(template)
    return mark_safe(writer(context)) if writer else None  # each writer escapes what it is given
