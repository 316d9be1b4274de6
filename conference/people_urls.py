"""Addresses of tables, codes and people, below «Oppsett»."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
