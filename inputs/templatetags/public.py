"""`{% asset "app/public.css" %}`: a file of style, where the site serves it or where the exported pages have it."""

from typing import Any

from django import template
from django.templatetags.static import static

register = template.Library()


@register.simple_tag(takes_context=True)
def asset(context: dict[str, Any], path: str) -> str:
    return f"{context['assets']}{path}" if context["assets"] else static(path)
