"""The messages of the registry standard (SPDCI 1.0.0) as they arrive: shape, bounds, formats.

What does not have the published form is refused as a whole; what has it and cannot be done is
answered item by item.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from motcua.kernel.refusals import Refusal

VERSION = "1.0.0"
MOST_ITEMS = 20
MOST_PAGE = 100
DEFAULT_PAGE = 20
LATE = timedelta(hours=1)
LARGEST = 256 * 1024

Moment = Annotated[datetime, Meta(tz=True)]
Name = Annotated[str, Meta(min_length=1, max_length=99)]
Locale = Annotated[str, Meta(pattern="^[a-z]{3,3}$")]
Page = Annotated[int, Meta(ge=1, le=MOST_PAGE)]


class Header(Struct, frozen=True):
    message_id: Annotated[str, Meta(min_length=1, max_length=200)]
    message_ts: Moment
    action: str
    sender_id: Annotated[str, Meta(min_length=1, max_length=100)]
    total_count: Annotated[int, Meta(ge=0)]
    version: str = VERSION
    sender_uri: Annotated[str, Meta(max_length=500)] = ""
    receiver_id: str = ""
    is_msg_encrypted: bool = False
    meta: Any = None


class Sort(Struct, frozen=True):
    attribute_name: str
    sort_order: Literal["asc", "desc"] = "asc"


class Pagination(Struct, frozen=True):
    page_size: int
    page_number: int = 1


class Criteria(Struct, frozen=True):
    query_type: Literal["idtype-value", "expression", "predicate", "graphql"]
    query: Any
    version: str = VERSION
    reg_type: str = ""
    reg_event_type: str = ""
    reg_record_type: str = ""
    response_entity: str = ""
    sort: tuple[Sort, ...] = ()
    pagination: Pagination | None = None
    consent: Any = None
    authorize: Any = None


class SearchItem(Struct, frozen=True):
    reference_id: Name
    timestamp: Moment
    search_criteria: Criteria
    locale: Locale = "vie"
    pagination: Pagination | None = None  # some senders put it here


class Search(Struct, frozen=True):
    transaction_id: Name
    search_request: Annotated[tuple[SearchItem, ...], Meta(min_length=1)]


class Frequency(Struct, frozen=True):
    start_time: Moment
    end_time: Moment
    frequency: str


class Wanted(Struct, frozen=True):
    reg_event_type: Annotated[str, Meta(min_length=1, max_length=99)]
    filter: Any
    notify_record_type: str
    version: str = VERSION
    reg_type: str = ""
    frequency: Frequency | None = None
    filter_type: Literal["idtype-value", "expression", "predicate", "graphql"] = "idtype-value"
    authorize: Any = None
    consent: Any = None


class SubscribeItem(Struct, frozen=True):
    reference_id: Name
    timestamp: Moment
    subscribe_criteria: Wanted
    locale: Locale = "vie"


class Subscribe(Struct, frozen=True):
    transaction_id: Name
    subscribe_request: Annotated[tuple[SubscribeItem, ...], Meta(min_length=1)]


class Unsubscribe(Struct, frozen=True):
    transaction_id: Name
    timestamp: Moment
    subscription_codes: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=100)]


class TxnQuestion(Struct, frozen=True):
    reference_id: Name
    txn_type: Literal["search", "subscribe", "unsubscribe"]
    attribute_type: Literal[
        "transaction_id", "reference_id_list", "correlation_id", "subscription_code_list"
    ]
    attribute_value: Name | Annotated[tuple[Name, ...], Meta(min_length=1, max_length=100)]
    locale: Locale = "vie"

    @property
    def values(self) -> tuple[str, ...]:
        """One or several, always as several."""
        return (
            (self.attribute_value,)
            if isinstance(self.attribute_value, str)
            else self.attribute_value
        )


class TxnStatus(Struct, frozen=True):
    transaction_id: Name
    txnstatus_request: TxnQuestion


Message = Search | Subscribe | Unsubscribe | TxnStatus
FORMS: dict[str, type[Message]] = {
    "search": Search,
    "subscribe": Subscribe,
    "unsubscribe": Unsubscribe,
    "txn-status": TxnStatus,
}


class Envelope(Struct, frozen=True, kw_only=True):
    """A message read; `plain` is header and message as they were written, for the signature."""

    signature: str
    header: Header
    message: Message
    plain: dict[str, Any]


class _Outer(Struct, frozen=True):
    header: dict[str, Any]
    message: dict[str, Any]
    signature: str = ""


def read(body: bytes, action: str) -> Envelope:
    """The envelope in these bytes. Refusals doors.malformed, .version, .action, .count, .page,
    .encrypted."""
    outer = _decoded(body)
    header = _converted(outer.header, Header, "header")
    _check_header(header, action)
    if header.is_msg_encrypted or "ciphertext" in outer.message:
        raise Refusal("doors.encrypted")
    message: Message = _converted(outer.message, FORMS[action], "message")
    items = items_of(message)
    if header.total_count != max(1, len(items)) or len(items) > MOST_ITEMS:
        raise Refusal("doors.count", most=MOST_ITEMS)
    if isinstance(message, Search):
        for item in message.search_request:
            page_of(item)
    plain = {"header": outer.header, "message": outer.message}
    return Envelope(signature=outer.signature, header=header, message=message, plain=plain)


def _decoded(body: bytes) -> _Outer:
    if len(body) > LARGEST:
        raise Refusal("doors.malformed", why="too large")
    try:
        return msgspec.json.decode(body, type=_Outer)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Refusal("doors.malformed", why=str(error)[:200]) from None


def _converted(given: Any, form: Any, name: str) -> Any:
    try:
        return msgspec.convert(given, form)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Refusal("doors.malformed", why=f"{name}: {error}"[:200]) from None


def _check_header(header: Header, action: str) -> None:
    if header.version != VERSION:
        raise Refusal("doors.version")
    if header.action != action:
        raise Refusal("doors.action")


def check_time(header: Header, now: datetime) -> None:
    """A signed message cannot be kept and sent again much later. Refusal doors.stale."""
    if abs(now - header.message_ts) > LATE:
        raise Refusal("doors.stale")


def items_of(message: Message) -> tuple[Any, ...]:
    """The single requests of a message."""
    if isinstance(message, Search):
        return message.search_request
    return message.subscribe_request if isinstance(message, Subscribe) else (message,)


def references_of(message: Message) -> tuple[str, ...]:
    """By what the sender will ask after it."""
    if isinstance(message, Unsubscribe):
        return message.subscription_codes
    if isinstance(message, TxnStatus):
        return (message.txnstatus_request.reference_id,)
    return tuple(item.reference_id for item in items_of(message))


def page_of(item: SearchItem) -> tuple[int, int]:
    """Size and number of the page that is wanted. Refusal doors.page."""
    page = item.search_criteria.pagination or item.pagination or Pagination(DEFAULT_PAGE)
    if not 1 <= page.page_size <= MOST_PAGE or page.page_number < 1:
        raise Refusal("doors.page", most=MOST_PAGE)
    return page.page_size, page.page_number
