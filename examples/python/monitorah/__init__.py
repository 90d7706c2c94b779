"""A thin layer over the generated client: refusals as exceptions, and lists over all their pages.

Everything else is the generated package ``monitorah_api``: one module for each operation under
``monitorah_api.api``, one class for each body under ``monitorah_api.models``.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

from monitorah_api import AuthenticatedClient
from monitorah_api.models import ErrorEnvelope, PageMeta
from monitorah_api.types import UNSET, Response, Unset

__all__ = ["ApiError", "Fault", "connect", "done", "everything"]

T = TypeVar("T")
Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a request: a JSON pointer into the body, and what to do."""

    pointer: str
    message: str


@dataclass
class ApiError(Exception):
    """The server refused."""

    status: int
    code: str
    message: str
    fields: list[Fault] = field(default_factory=list)
    #: How long to wait before trying again, for a 429 and a 503: seconds.
    retry_after: int | None = None
    #: Finds the request in the server's log.
    request_id: str | None = None

    def __str__(self) -> str:
        return f"the server refused ({self.status} {self.code}): {self.message}"


def connect(url: str, key: str) -> AuthenticatedClient:
    """A client of the server at this address which shows this API key. It does not show the key."""
    return AuthenticatedClient(base_url=url.rstrip("/"), token=key)


def done(response: Response[ErrorEnvelope | T]) -> T:
    """What an operation gave; raises :class:`ApiError` when the server refused."""
    parsed = response.parsed
    if isinstance(parsed, ErrorEnvelope):
        error = parsed.error
        details = error.details
        fields = [] if isinstance(details.fields, Unset) else details.fields
        wait = response.headers.get("retry-after")
        raise ApiError(
            status=int(response.status_code),
            code=error.code,
            message=error.message,
            fields=[Fault(fault.pointer, fault.message) for fault in fields],
            retry_after=None if wait is None else int(wait),
            request_id=None if isinstance(details.request_id, Unset) else details.request_id,
        )
    if not 200 <= response.status_code < 300:
        raise ApiError(int(response.status_code), "not_understood", "this is no answer of the API")
    # A 204 has no body, and its type says so.
    return cast(T, parsed)


class Page(Protocol[Item]):
    """A page of a list."""

    @property
    def data(self) -> Sequence[Item]: ...

    @property
    def meta(self) -> PageMeta: ...


def everything(fetch: Callable[[str | Unset], Page[Item]]) -> Iterator[Item]:
    """Every thing of a list; ``fetch`` gets the page that begins at a cursor::

        everything(lambda cursor: done(list_monitors.sync_detailed(client=client, cursor=cursor)))
    """
    cursor: str | Unset = UNSET
    while True:
        page = fetch(cursor)
        yield from page.data
        if not page.data or page.meta.next_cursor is None:
            return
        cursor = page.meta.next_cursor
