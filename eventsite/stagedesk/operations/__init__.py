"""What the stage desk writes beside the live clock: ticks, and the switch to another plan."""

from eventsite.stagedesk.operations.checks import tick, untick
from eventsite.stagedesk.operations.plans import Notice, go_back, switch_plan

__all__ = ["Notice", "go_back", "switch_plan", "tick", "untick"]
