"""How commands refuse: exit status 1 and one clear line, never a traceback for bad input."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError, ProgrammingError

from eventsite.database import Busy, Unsettled, db
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.kernel.errors import DomainError
from eventsite.web.access import refuse_archived


def plain_faults(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a refusal of an operation into one line on standard error."""

    @wraps(command)
    def plain(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except DomainError as error:
            raise click.ClickException(str(error)) from error
        except (Busy, Unsettled) as error:
            raise click.ClickException("the database is busy; try again") from error
        except BrokenPipeError:
            raise  # whoever read the output has left; click ends quietly
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'the system'}: {error.strerror}") from error
        except (OperationalError, ProgrammingError):
            refuse_unready_database()
            raise

    return plain


def refuse_unready_database() -> None:
    """Raise `ClickException` where the database is out of reach, or has no tables yet."""
    try:
        ready = inspect(db.engine).has_table("account")
    except OperationalError as error:
        raise click.ClickException("the database is out of reach") from error
    if not ready:
        raise click.ClickException("the database is empty; `flask --app app db upgrade` prepares it")


def event_to_change(slug: str) -> Event:
    """Return the event that a command will change; raises `NotFound`, and `Closed` for an archived one."""
    event = get_event(slug)
    refuse_archived(event)
    return event
