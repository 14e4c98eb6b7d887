"""What a form knows of the business for which somebody acts."""

from datetime import date

import pytest

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM
from motcua.kernel.packs import pack_root


@pytest.mark.django_db
def test_who_acts_for_a_business_need_not_type_its_name_and_number() -> None:
    catalogue.load_pack(pack_root())
    card = identity.create_citizen(SYSTEM, full_name="Lê Thị Hoa", username="hoa-sen")
    for number, name in (("0101234567", "Công ty Hoa Sen"), ("0107654321", "Công ty Sao Mai")):
        identity.add_representation(
            SYSTEM, account_id=card.id, business_number=number, business_name=name,
            since=date(2025, 7, 1),
        )  # fmt: skip
    acting = identity.actor_of(card, on_behalf_of="business:0107654321")
    importer = dossiers.open_draft(acting, "customs-declaration").answers["importer"]
    assert importer == {"name": "Công ty Sao Mai", "number": "0107654321"}
    own = dossiers.open_draft(identity.actor_of(card), "customs-declaration").answers
    assert "importer" not in own
