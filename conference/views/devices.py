"""The devices that a table's code has let in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.actions.devices import remove_device
from conference.models import Conference, Device
from conference.views.lists import person, setup_view


@require_POST
@setup_view
def remove(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """Send a device out. Whoever has the table's code comes in again with it, so this needs no undo of its own."""
    devices = Device.objects.filter(access_code__note_taker__table__conference=conference)
    device = get_object_or_404(devices.select_related("access_code__note_taker__table"), pk=pk)
    table = device.access_code.note_taker.table
    if remove_device(device, conference, by=person(request)):
        messages.success(
            request,
            _(
                "The device can send no more. What is written on it stays there; type the table's code on it to let "
                "it in again. If a stranger has the code, end the code too."
            ),
        )
    else:
        messages.info(request, _("The device was removed already."))
    return redirect(reverse("setup_table", args=[conference.slug, table.pk]) + "#devices")
