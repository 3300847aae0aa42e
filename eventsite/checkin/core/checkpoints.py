"""What the team says of a checkpoint."""

from dataclasses import dataclass

from eventsite.checkin.enums import CodeMode


@dataclass(frozen=True, kw_only=True)
class CheckpointDetails:
    """The words and settings of a checkpoint; without a mode it follows the stamp rally's."""

    name_zh: str
    name_en: str
    stamp_label_zh: str
    stamp_label_en: str
    code_mode: CodeMode | None
    active: bool
