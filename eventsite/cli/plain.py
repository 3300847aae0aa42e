"""How commands refuse: exit status 1 and one clear line, never a traceback for bad input."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError, ProgrammingError

from eventsite.database import Busy, Unsettled, db
from eventsite.kernel.errors import DomainError


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
        except (OperationalError, ProgrammingError) as error:
            if inspect(db.engine).has_table("account"):
                raise
            raise click.ClickException(
                "the database is empty; `flask --app app db upgrade` prepares it"
            ) from error

    return plain
