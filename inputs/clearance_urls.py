"""Addresses of clearance in Word, below a conference."""

from django.urls import path

from inputs.views import clearance, clearing

urlpatterns = [
    path("", clearance.clearance, name="clearance"),
    path("send/", clearance.send, name="clearance_send"),
    path("bolk/<int:session>/", clearing.proposals, name="clearance_session"),
    path("forslag/<uuid:key>/", clearing.decide, name="clearance_change"),
    path("forslag/<uuid:key>/angre/", clearing.take_back, name="clearance_change_undo"),
    path("svar/<uuid:key>/godta/", clearing.accept_certain, name="clearance_reply_accept"),
    path("<uuid:key>/fil/", clearance.download, name="clearance_file"),
    path("<uuid:key>/svar/", clearance.answer, name="clearance_answer"),
    path("<uuid:key>/skriv-inn/", clearance.type_in, name="clearance_type_in"),
    path("<uuid:key>/avslutt/", clearance.close, name="clearance_close"),
]
