"""What a message is answered: item by item, with the status and reason codes of the standard."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from motcua.exchange import api as exchange
from motcua.exchange.api import NewSubscription, PartnerView, SubscriptionView
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.web.doors.dci import finding, queries
from motcua.web.doors.dci.envelope import (
    Message,
    Search,
    SearchItem,
    Subscribe,
    SubscribeItem,
    TxnStatus,
    Unsubscribe,
    page_of,
)
from motcua.web.doors.dci.finding import Reading
from motcua.web.doors.dci.queries import QueryFaultError
from motcua.web.doors.dci.records import flat
from motcua.web.doors.dci.services import Service, event_of, record_type

Answer = dict[str, Any]
INVALID = "rjct.search_criteria.invalid"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Whose message it is, to which registry, and who acts for it."""

    partner: PartnerView
    service: Service
    actor: Actor
    correlation_id: str


def answer(asked: Asked, message: Message) -> Answer:
    """The message of the answer."""
    if isinstance(message, Search):
        return {
            "transaction_id": message.transaction_id,
            "correlation_id": asked.correlation_id,
            "search_response": _each(message.search_request, lambda one: _search(asked, one)),
        }
    if isinstance(message, Subscribe):
        items = _each(message.subscribe_request, lambda one: _subscribe(asked, one))
        return {
            "transaction_id": message.transaction_id,
            "correlation_id": asked.correlation_id,
            "subscribe_response": items,
        }
    if isinstance(message, Unsubscribe):
        return _unsubscribe(asked, message)
    return _status(asked, message)


def _each(items: Sequence[Any], do: Callable[[Any], Answer]) -> list[Answer]:
    """Each item once: a reference that came already is rejected."""
    seen: set[str] = set()
    made = []
    for item in items:
        known = item.reference_id in seen
        seen.add(item.reference_id)
        result = _no("rjct.reference_id.duplicate", "") if known else do(item)
        about = {"reference_id": item.reference_id, "timestamp": now(), "locale": item.locale}
        made.append({**about, **result})
    return made


def _no(code: str, why: str) -> Answer:
    return {"status": "rjct", "status_reason_code": code, "status_reason_message": why[:999]}


def now() -> str:
    return clock.now().isoformat()


def _search(asked: Asked, item: SearchItem) -> Answer:
    criteria = item.search_criteria
    size, page = page_of(item)
    kind = record_type(asked.service, criteria.response_entity, criteria.reg_record_type)
    if kind is None:
        return _no(INVALID, "records of this type are not kept here")
    purpose, reason = finding.purpose_of(criteria.authorize, criteria.consent)
    reading = Reading(actor=asked.actor, purpose=purpose, reason=reason)
    for one in criteria.sort:
        if one.attribute_name.casefold() not in (*queries.ATTRIBUTES, *queries.SAME, "uin"):
            return _no("rjct.sort.invalid", "this attribute is not sorted by")
    try:
        found = finding.find(reading, kind, queries.read_query(criteria.query_type, criteria.query))
    except QueryFaultError as fault:
        return _no(INVALID, str(fault))
    except finding.TooManyError:
        return _no("rjct.search.too_many_records_found", "narrow the search")
    except Refusal as no:
        return _no(INVALID, no.code)
    _sort(found, criteria.sort)
    data = {
        "version": "1.0.0",
        "reg_type": asked.service.reg_type,
        "reg_record_type": kind,
        "reg_records": found[(page - 1) * size : page * size],
    }
    pages = {"page_size": size, "page_number": page, "total_count": len(found)}
    return {"status": "succ", "data": data, "pagination": pages}


def _sort(found: list[dict[str, Any]], sort: Sequence[Any]) -> None:
    for one in reversed(sort):
        name = one.attribute_name.casefold()
        name = "identifier" if name == "uin" else queries.SAME.get(name, name)

        def place(record: dict[str, Any], by: str = name) -> str:
            return str(flat(record).get(by) or "")

        found.sort(key=place, reverse=one.sort_order == "desc")


def _subscribe(asked: Asked, item: SubscribeItem) -> Answer:
    wanted = item.subscribe_criteria
    event = event_of(asked.service, wanted.reg_event_type)
    kind = record_type(asked.service, wanted.notify_record_type)
    if event is None or kind is None:
        return _no("rjct.notify_types.invalid", "this event or record type is not told here")
    try:
        ways = queries.read_query(wanted.filter_type, wanted.filter)
    except QueryFaultError as fault:
        return _no("rjct.notify_details.invalid", str(fault))
    number = queries.value_of(ways[0], "identifier") if len(ways) == 1 else ""
    person = registers.person_ids([number]).get(number) if number else None
    purpose, _words = finding.purpose_of(wanted.authorize, wanted.consent)
    made = exchange.add_subscription(
        asked.partner,
        NewSubscription(
            service=asked.service.name,
            event=event[0],
            facts=event[1],
            record_type=kind,
            purpose=purpose,
            person_id=person,
            criteria=None if person else {"type": wanted.filter_type, "query": wanted.filter},
            locale=item.locale,
            since=wanted.frequency.start_time if wanted.frequency else None,
            until=wanted.frequency.end_time if wanted.frequency else None,
        ),
    )
    if made is None:
        return _no("rjct.event.already_subscribed", "")
    return {"status": "succ", "subscriptions": [_told(asked.service, made)]}


def _told(service: Service, made: SubscriptionView) -> Answer:
    return {
        "version": "1.0.0",
        "code": str(made.id),
        "status": "subscribe",
        "timestamp": made.created_at.isoformat(),
        "reg_type": service.reg_type,
        "reg_event_type": made.event,
        "notify_record_type": made.record_type,
    }


def _unsubscribe(asked: Asked, message: Unsubscribe) -> Answer:
    ended = {
        code: exchange.end_subscription(asked.partner, asked.service.name, code)
        for code in message.subscription_codes
    }
    about: Answer = {
        "transaction_id": message.transaction_id,
        "correlation_id": asked.correlation_id,
        "timestamp": now(),
    }
    if "unknown" in ended.values():
        unknown = sum(state == "unknown" for state in ended.values())
        about |= _no("rjct.subscription_code.invalid", f"unknown codes: {unknown}")
    elif set(ended.values()) == {"ended-before"}:
        about |= _no("rjct.event.already_unsubscribed", "")
    else:
        about["status"] = "succ"
    known = [code for code, state in ended.items() if state != "unknown"]
    told = [{"code": code, "status": "unsubscribe"} for code in known]
    return {**about, "subscription_status": told}


def _status(asked: Asked, message: TxnStatus) -> Answer:
    question = message.txnstatus_request
    attribute = question.attribute_type
    if attribute == "subscription_code_list":
        attribute = "reference_id_list"
    states = exchange.message_states(
        asked.partner,
        service=asked.service.name,
        action=question.txn_type,
        attribute=attribute,
        values=question.values,
    )
    return {
        "transaction_id": message.transaction_id,
        "correlation_id": asked.correlation_id,
        "txnstatus_response": {
            "txn_type": question.txn_type,
            "txn_status": _states(question.txn_type, states, asked, message=message),
        },
    }


def _states(
    kind: str, states: Sequence[exchange.MessageState], asked: Asked, *, message: TxnStatus
) -> Answer:
    """The newest message's own answer without its records; who asks for what we never had hears
    that it is not known, in the form of the same answer."""
    newest = states[0] if states else None
    about: Answer = {
        "transaction_id": newest.transaction_id if newest else message.transaction_id,
        "correlation_id": str(newest.id) if newest else asked.correlation_id,
    }
    if newest and newest.outcome:
        return {**newest.outcome, **about}
    if kind == "unsubscribe":
        no = {} if newest else _no("rjct.reference_id.invalid", "not known")
        return {**about, "timestamp": now(), "status": "rcvd", **no}
    references = newest.references if newest else ()
    items = [{"reference_id": one, "timestamp": now(), "status": "pdng"} for one in references]
    return {**about, f"{kind}_response": items}


def outcome_of(made: Answer) -> Answer:
    """What stays of an answer once it was sent: states only."""
    if "search_response" in made:
        keys = ("reference_id", "timestamp", "status", "status_reason_code", "pagination")
        items = [{k: one[k] for k in keys if k in one} for one in made["search_response"]]
        return {"search_response": items}
    kept = (
        "subscribe_response",
        "timestamp",
        "status",
        "status_reason_code",
        "subscription_status",
    )
    return {name: made[name] for name in kept if name in made}
