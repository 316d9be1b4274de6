"""Addresses below «Oppsett»: what administrators configure."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
