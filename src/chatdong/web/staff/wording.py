"""What a form says when something is missing or cannot be read: a sentence that names the field."""

from django import forms
from django.utils.translation import gettext as _


def worded(form: forms.BaseForm) -> None:
    """Give every field of a form its sentences, where it has none of its own."""
    for name, field in form.fields.items():
        label = {"label": field.label or name}
        picks = isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
        missing = _("‘%(label)s’에서 하나를 골라 주세요.") if picks else _("‘%(label)s’ 칸을 적어 주세요.")
        field.error_messages = field.error_messages | {"required": missing % label}
        if picks:
            field.error_messages["invalid_choice"] = _("목록에 있는 것에서 골라 주세요.")
        elif isinstance(field, forms.DateTimeField):
            field.error_messages["invalid"] = _("날짜와 시각을 다시 확인해 주세요. 예: 2026-11-21 18:00")
        elif isinstance(field, forms.DateField):
            field.error_messages["invalid"] = _("날짜를 다시 확인해 주세요. 예: 2026-11-21")
        elif isinstance(field, forms.IntegerField):
            field.error_messages["invalid"] = _("숫자만 적어 주세요.")


class WordedForm(forms.Form):
    """A form that says what is wrong in words."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        worded(self)


def area(rows: int = 3) -> forms.Textarea:
    """A box for some sentences, so many lines high."""
    return forms.Textarea(attrs={"rows": rows})
