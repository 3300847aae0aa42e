"""`flask backup`: copies of the database that are proved, and their way back."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from eventsite.accounts.core import system
from eventsite.backups.errors import BadBackup
from eventsite.backups.operations import create_backup, restore_backup
from eventsite.backups.queries import backups_folder, get_manifest, site_database, verify_backup
from eventsite.cli.plain import plain_faults
from eventsite.kernel.clock import machine_now

backup = AppGroup("backup", help="Copies of the database and its files; the keys are kept apart from them.")
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(backup)


@backup.command()
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Default: instance/backups."
)
@plain_faults
def create(folder: Path | None) -> None:
    """Make a backup while the site runs."""
    file = create_backup(site_database(), folder or backups_folder(), now=machine_now())
    contents = get_manifest(file).contents
    rows = sum(contents.rows.values())
    print(f"{file}: {rows} rows in {len(contents.rows)} tables, {len(contents.files)} files beside it")
    print(f"Not in it: the keys in {current_app.config['KEYS_DIR']}.")


@backup.command()
@FILE
@plain_faults
def verify(file: Path) -> None:
    """Prove that FILE can be restored: into a scratch database, which is checked and removed."""
    faults = verify_backup(file, site_database())
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise BadBackup("This backup is not sound.")
    contents = get_manifest(file).contents
    rows = sum(contents.rows.values())
    print(
        f"{file.name} was restored and is sound: {rows} rows, {len(contents.files)} files,"
        f" audit log up to knot {contents.knot}."
    )


@backup.command()
@FILE
@click.option(
    "--replace", is_flag=True, help="Keep what the database holds aside as a backup, then replace it."
)
@plain_faults
def restore(file: Path, replace: bool) -> None:
    """Put FILE in the place of the database, and its files back. The site has to be stopped."""
    rescued = restore_backup(
        system("cli"), file, site_database(), backups_folder(), now=machine_now(), replace=replace
    )
    if rescued:
        print(f"What was there is kept: {rescued}")
    print("Restored. Run `flask db upgrade` before the site starts again.")
