"""What the doors may refuse, and what they say then."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

SENTENCES: dict[str, Sentence] = {
    "doors.malformed": Sentence(_("The message is not of the published form: %(why)s"), 400),
    "doors.version": Sentence(_("Only version 1.0.0 of the standard is spoken here."), 400),
    "doors.action": Sentence(_("The action of the header is not that of the address."), 400),
    "doors.count": Sentence(
        _("total_count must be the number of requests in the message, at most %(most)s."), 400
    ),
    "doors.page": Sentence(
        _("page_size must be from 1 to %(most)s, and page_number at least 1."), 400
    ),
    "doors.stale": Sentence(_("The time of the message is too far from now."), 400),
    "doors.encrypted": Sentence(_("Encrypted messages are not taken; the line is encrypted."), 400),
    "doors.receiver": Sentence(_("This message is meant for another receiver."), 400),
    "doors.sender": Sentence(_("The sender is not the one to whom this key belongs."), 403),
    "doors.no-partner": Sentence(_("This application is not registered as a partner."), 403),
    "doors.no-register": Sentence(_("There is no such register, or no such version of it."), 404),
    "doors.no-record": Sentence(_("No record was found."), 404),
    "doors.client": Sentence(_("The Information-Mediator-Client header is missing or wrong."), 400),
    "doors.key-needed": Sentence(
        _("Records of this register are found by their key only: %(key)s."), 400
    ),
    "doors.exists": Sentence(_("There is a record with this key already."), 409),
    "doors.read-only": Sentence(_("This cannot be changed here: %(why)s"), 405),
    "doors.user": Sentence(_("The identifier of the person or of the register is not known."), 400),
}

declare(SENTENCES)
