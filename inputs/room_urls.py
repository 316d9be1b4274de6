"""Addresses of the room monitor, below a conference."""

from django.urls import path

from inputs.views import room

urlpatterns = [
    path("", room.room, name="room"),
    path("fase/", room.phase, name="room_phase"),
    path("tid/", room.time, name="room_time"),
    path("mer-tid/", room.more_time, name="room_more_time"),
    path("papir/", room.paper, name="room_paper"),
]
