"""Words of the stage desk for the history."""

from eventsite.kernel.words import N_

ACTS: dict[str, dict[str, str]] = {
    "programme_item": {
        "tick": N_("ticked something off for it on standby"),
        "untick": N_("took a tick on standby back"),
    },
}
