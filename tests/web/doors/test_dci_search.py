"""Searching the civil and the social registry by the registry standard."""

import pytest

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.exchange import api as exchange
from motcua.kernel.actors import SYSTEM
from motcua.registers import api as registers
from tests.dossiers.world import officer
from tests.web.doors.partner import (
    Ministry,
    canonical,
    died,
    long_ago,
    new_key,
    search,
    string_signature,
    uin,
)

SYNC = "crvs/registry/sync/search"


def test_a_person_is_found_by_number_in_the_words_of_the_schema(ministry: Ministry) -> None:
    father = ministry.people[0]
    message = search(uin(father))

    answer = ministry.send(SYNC, ministry.envelope("search", message))

    said = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert said["header"]["action"] == "on-search"
    assert (said["header"]["status"], said["header"]["total_count"]) == ("succ", 1)
    assert said["message"]["transaction_id"] == message["transaction_id"]
    (item,) = said["message"]["search_response"]
    assert (item["reference_id"], item["status"]) == ("r1", "succ")
    assert item["pagination"] == {"page_size": 20, "page_number": 1, "total_count": 1}
    (record,) = item["data"]["reg_records"]
    assert record["identifier"][0]["identifier_value"] == father.personal_number
    assert record["name"]["surname"] == "Nguyễn"
    assert (record["name"]["second_name"], record["name"]["given_name"]) == ("Văn", "Hùng")
    assert (record["sex"], record["birth_date"]) == ("male", "1985-04-02")
    assert record["address"][0]["address_line1"] == "12 phố Quán Thánh"
    assert record["address"][0]["country_code"] == "VN"


def test_our_answer_is_signed_with_a_published_key(ministry: Ministry) -> None:
    from motcua.exchange.rules.signing import is_signed, read_keys
    from motcua.kernel import clock

    answer = ministry.send(SYNC, ministry.envelope("search", search(uin(ministry.people[0]))))
    said = answer.json()
    keys = read_keys(ministry.client.get("/dci/.well-known/jwks.json").json()["keys"])

    payload = canonical(said["header"], said["message"])
    assert is_signed(said["signature"], payload, keys, sender="motcua", at=clock.now())
    assert not is_signed(said["signature"], payload + b" ", keys, sender="motcua", at=clock.now())


def test_each_record_that_is_handed_out_is_an_act_with_purpose(ministry: Ministry) -> None:
    father = ministry.people[0]
    ministry.searched(uin(father))

    act = Act.objects.get(verb="registers.read", detail__register="population")
    assert (act.subjects, act.purpose) == ([father.id], "duty/data-sharing")
    assert act.body_id == ministry.actor.body_id
    assert "identity.full_name" in act.detail["fields"]
    assert father.personal_number not in str(act.detail)


def test_what_no_grant_gives_is_not_in_the_record(ministry: Ministry) -> None:
    child = ministry.people[2]
    registers.write_facts(
        SYSTEM,
        [
            registers.Fact(
                register="population",
                fact="identity",
                subject=child.personal_number,
                values={
                    "full_name": child.full_name,
                    "sex": child.sex,
                    "born_on": child.born_on,
                    "birth_area": "00004",
                    "mother": ministry.people[1].personal_number,
                },
            )
        ],
    )

    (record,) = ministry.searched(uin(child))["data"]["reg_records"]

    assert "parent1_identifier" not in record
    assert "birth_place" not in record


def test_a_purpose_that_nobody_granted_finds_nothing_and_is_seen(ministry: Ministry) -> None:
    item = ministry.searched(
        uin(ministry.people[0]), authorize={"purpose": {"code": "statistics", "text": "x"}}
    )

    assert item["data"]["reg_records"] == []
    assert Act.objects.filter(verb="registers.read-denied", purpose="duty/statistics").exists()


def test_a_stated_purpose_that_does_not_exist_is_rejected(ministry: Ministry) -> None:
    item = ministry.searched(
        uin(ministry.people[0]), consent={"purpose": {"code": "curiosity", "text": "x"}}
    )

    assert item["status"] == "rjct"
    assert item["status_reason_code"] == "rjct.search_criteria.invalid"


def test_nobody_is_found_under_an_unknown_number(ministry: Ministry) -> None:
    item = ministry.searched({"type": "UIN", "value": "001199999999"})

    assert (item["status"], item["data"]["reg_records"]) == ("succ", [])
    assert item["pagination"]["total_count"] == 0


PREDICATE = [
    {
        "seq_num": 1,
        "expression1": {"attribute_name": "name", "operator": "eq", "attribute_value": "{name}"},
        "condition": "and",
        "expression2": {
            "attribute_name": "birth_date",
            "operator": "lt",
            "attribute_value": "2016-01-01",
        },
    }
]


def test_a_predicate_narrows_those_of_a_name(ministry: Ministry) -> None:
    query = [dict(PREDICATE[0])]
    query[0]["expression1"] = {
        "attribute_name": "name",
        "operator": "eq",
        "attribute_value": "Nguyễn Minh Anh",
    }

    item = ministry.searched(query, "predicate")

    found = [one["birth_date"] for one in item["data"]["reg_records"]]
    assert found == ["2015-06-01"]


def test_an_expression_finds_sorts_and_pages(ministry: Ministry) -> None:
    expression = {
        "collection": "Person",
        "query": {"$and": [{"name": {"$eq": "Nguyễn Minh Anh"}}, {"sex": {"$eq": "female"}}]},
    }
    query = {"type": "ns:org:QueryType:NoSql", "value": {"expression": expression}}
    sort = [{"attribute_name": "birth_date", "sort_order": "desc"}]

    first = ministry.searched(query, "expression", sort=sort, pagination={"page_size": 1})
    second = ministry.searched(
        query, "expression", sort=sort, pagination={"page_size": 1, "page_number": 2}
    )

    assert first["pagination"] == {"page_size": 1, "page_number": 1, "total_count": 2}
    days = [one["data"]["reg_records"][0]["birth_date"] for one in (first, second)]
    assert days == ["2018-07-03", "2015-06-01"]


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("idtype-value", {"type": "BIRTH_REG_NO", "value": "1"}),
        ("idtype-value", {"type": "UIN"}),
        ("idtype-value", "001185000001"),
        ("expression", {"value": {"expression": {"query": {"sex": {"$eq": "male"}}}}}),
        ("expression", {"value": {"expression": {"query": {"poverty_score": {"$lt": 5}}}}}),
        ("predicate", []),
        ("predicate", [{"expression1": {"attribute_name": "name", "operator": "like"}}]),
        ("graphql", {"type": "x", "value": "{ person }"}),
    ],
)
def test_what_cannot_be_asked_is_rejected_item_by_item(
    ministry: Ministry, kind: str, query: object
) -> None:
    item = ministry.searched(query, kind)

    assert item["status"] == "rjct"
    assert item["status_reason_code"] == "rjct.search_criteria.invalid"
    assert "data" not in item


def test_a_reference_that_comes_twice_is_answered_once(ministry: Ministry) -> None:
    message = search(uin(ministry.people[0]))
    message["search_request"] *= 2

    answer = ministry.send(SYNC, ministry.envelope("search", message, total_count=2))

    first, second = answer.json()["message"]["search_response"]
    assert first["status"] == "succ"
    assert second["status_reason_code"] == "rjct.reference_id.duplicate"


def test_a_wrong_sort_is_rejected(ministry: Ministry) -> None:
    item = ministry.searched(uin(ministry.people[0]), sort=[{"attribute_name": "poverty"}])

    assert item["status_reason_code"] == "rjct.sort.invalid"


def test_the_social_registry_tells_a_member_and_his_household(ministry: Ministry) -> None:
    father = ministry.people[0]

    (member,) = ministry.searched(uin(father), at="sr")["data"]["reg_records"]
    (group,) = ministry.searched(uin(father), at="sr", response_entity="Group")["data"][
        "reg_records"
    ]

    assert member["@type"] == "Member"
    assert member["demographic_info"]["name"]["given_name"] == "Hùng"
    assert group["group_identifier"][0]["identifier_value"] == "HN-000042"
    assert group["group_size"] == 4
    assert group["group_head_info"]["relationship_to_head"] == "head"


def test_a_death_is_told_with_its_day(ministry: Ministry) -> None:
    from datetime import date

    died(ministry.people[0], date(2026, 5, 1))

    (record,) = ministry.searched(uin(ministry.people[0]))["data"]["reg_records"]

    assert record["death_date"] == "2026-05-01"
    assert record["death_place"]["identifier"] == "00004"


# -- who may ask at all --------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["", "mc_aaaaaaaaaa_" + "x" * 43, "nonsense"])
def test_without_a_valid_token_nothing_is_answered(ministry: Ministry, secret: str) -> None:
    body = ministry.envelope("search", search(uin(ministry.people[0])))

    answer = ministry.send(SYNC, body, secret=secret)

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "err.request.unauthorized"
    assert "signature" not in answer.json()


def test_a_key_without_the_scope_is_forbidden(ministry: Ministry) -> None:
    from motcua.identity import api as identity

    made = identity.create_application(ministry.leader, name="Khác", post_id=ministry.actor.post_id)
    secret = identity.issue_key(ministry.leader, made.id, scopes=["catalogue"]).secret

    answer = ministry.send(SYNC, ministry.envelope("search", search({})), secret=secret)

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "err.request.forbidden"


def test_an_application_that_is_no_partner_is_forbidden(ministry: Ministry) -> None:
    exchange.close_partner(ministry.leader, ministry.partner.id)

    answer = ministry.send(SYNC, ministry.envelope("search", search(uin(ministry.people[0]))))

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "err.sender_id.invalid"


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        ("", "err.signature.missing"),
        ("unsigned", "err.signature.invalid"),
        ("e30..AAAA", "err.signature.invalid"),
        ("eyJhbGciOiJub25lIn0..", "err.signature.invalid"),
        ('signature="AAAA"', "err.signature.invalid"),
        ("x" * 10_000, "err.signature.invalid"),
    ],
)
def test_what_is_not_signed_is_not_answered(ministry: Ministry, signature: str, code: str) -> None:
    body = ministry.envelope("search", search(uin(ministry.people[0])))
    body["signature"] = signature

    answer = ministry.send(SYNC, body)

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == code
    assert not Act.objects.filter(verb="registers.read").exists()


def test_a_signature_belongs_to_its_message_and_key(ministry: Ministry) -> None:
    body = ministry.envelope("search", search(uin(ministry.people[0])))
    body["message"]["search_request"][0]["search_criteria"]["query"] = uin(ministry.people[1])
    changed = ministry.send(SYNC, body)
    ministry.key = new_key()
    stranger = ministry.send(SYNC, ministry.envelope("search", search(uin(ministry.people[0]))))

    assert (changed.status_code, stranger.status_code) == (401, 401)


def test_the_standard_s_string_form_of_a_signature_is_read_too(ministry: Ministry) -> None:
    body = ministry.envelope("search", search(uin(ministry.people[0])))
    payload = canonical(body["header"], body["message"])

    body["signature"] = string_signature(ministry.key, payload)
    good = ministry.send(SYNC, body)
    body["signature"] = string_signature(ministry.key, payload, lives_s=-10)
    expired = ministry.send(SYNC, body)

    assert (good.status_code, expired.status_code) == (200, 401)


@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        ({"sender_id": "somebody.else"}, 403, "err.sender_id.invalid"),
        ({"receiver_id": "another-country"}, 400, "err.receiver_id.invalid"),
        ({"version": "2.0.0"}, 400, "err.version.not_supported"),
        ({"action": "subscribe"}, 400, "err.request.bad"),
        ({"message_ts": "2026-11-22T08:00:00"}, 400, "err.request.bad"),
        ({"message_ts": long_ago()}, 400, "err.request.bad"),
        ({"total_count": 2}, 400, "err.request.bad"),
        ({"total_count": "1"}, 400, "err.request.bad"),
        ({"message_id": None}, 400, "err.request.bad"),
        ({"is_msg_encrypted": True}, 400, "err.encryption.invalid"),
    ],
)
def test_a_header_that_is_wrong_is_refused_with_its_code(
    ministry: Ministry, header: dict[str, object], status: int, code: str
) -> None:
    body = ministry.envelope("search", search(uin(ministry.people[0])), **header)

    answer = ministry.send(SYNC, body)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)
    if status == 400:
        assert answer.json()["message"]["ack_status"] == "ERR"
        assert answer.json()["header"]["status"] == "rjct"


@pytest.mark.parametrize("bounds", [(0, 1), (-1, 1), (101, 1), (10, 0), (10, -3)])
def test_pages_have_bounds(ministry: Ministry, bounds: tuple[int, int]) -> None:
    size, number = bounds
    asked = {"page_size": size, "page_number": number}
    for message in (
        search(uin(ministry.people[0]), pagination=asked),
        {**search(uin(ministry.people[0]))},
    ):
        if "pagination" not in message["search_request"][0]["search_criteria"]:
            message["search_request"][0]["pagination"] = asked
        answer = ministry.send(SYNC, ministry.envelope("search", message))
        assert answer.status_code == 400


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("transaction_id",), "x" * 100),
        (("search_request", 0, "timestamp"), "not-a-timestamp"),
        (("search_request", 0, "timestamp"), "2024-01-15T10:30:00"),
        (("search_request", 0, "locale"), "en"),
        (("search_request", 0, "locale"), "ENG"),
        (("search_request", 0, "reference_id"), ""),
        (("search_request", 0, "search_criteria"), {}),
        (("search_request",), []),
        (("search_request", 0, "search_criteria", "query_type"), "sql"),
    ],
)
def test_formats_and_bounds_are_held(
    ministry: Ministry, path: tuple[object, ...], value: object
) -> None:
    message: object = search(uin(ministry.people[0]))
    place = message
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    place[path[-1]] = value  # type: ignore[index]

    answer = ministry.send(SYNC, ministry.envelope("search", message))  # type: ignore[arg-type]

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "err.request.bad"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b'{"header": 1}',
        b"[" * 5000,
        b'{"a":"\\ud800"}',
    ],
)
def test_nonsense_is_refused_and_never_a_fault(ministry: Ministry, body: bytes) -> None:
    answer = ministry.send(SYNC, body)

    assert answer.status_code in (400, 415)
    assert answer.json()["errors"]


def test_only_json_is_taken_and_only_post(ministry: Ministry) -> None:
    form = ministry.send(SYNC, b"a=1", content_type="multipart/form-data; boundary=x")
    got = ministry.client.get(
        f"/dci/{SYNC}", headers={"authorization": f"Bearer {ministry.secret}"}
    )
    nowhere = ministry.send("crvs/registry/nothing", {})

    assert (form.status_code, got.status_code, nowhere.status_code) == (415, 405, 404)
    for answer in (form, got, nowhere):
        assert answer["Content-Type"] == "application/json"
        assert answer.json()["errors"]


def test_a_post_without_a_grant_sees_nothing(ministry: Ministry) -> None:
    body = directory.body_by_code("G12")
    assert body is not None
    from tests.web.doors.partner import SENDER, secret_for

    exchange.close_partner(ministry.leader, ministry.partner.id)
    other = officer(body, "appraisal", "register-officer", "Không có quyền")
    ministry.secret, application = secret_for(ministry.leader, other)
    exchange.register_partner(
        ministry.leader,
        application_id=application,
        sender_id=SENDER,
        callback=ministry.receiver.url.partition("hook")[0],
        keys=[ministry.key.as_dict(private=False)],
    )

    item = ministry.searched(uin(ministry.people[0]))

    assert item["data"]["reg_records"] == []
    assert Act.objects.filter(verb="registers.read-denied").exists()
