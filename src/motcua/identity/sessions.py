"""Django's sessions in the database, read by hand: every request of the signed-in reads one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from motcua.kernel.clock import now
from motcua.kernel.rows import Select

_BY_KEY = Select(Session, "WHERE session_key = %s AND expire_date > %s")


class SessionStore(db.SessionStore):
    """As Django's, but for how a session is read."""

    def _get_session_from_db(self) -> Session | None:
        row = _BY_KEY.first(self.session_key, now())
        if row is None:
            self._session_key = None
        return row
