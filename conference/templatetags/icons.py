"""`{% icon "Download" %}`: an icon inlined into the page. The names are those of rnik/lib/icons.py."""

from django import template

from rnik.lib.icons import icon

register = template.Library()
register.simple_tag(icon)
