"""Tables of what has to be in place before a booth opens, who passes the gates, and what is broken."""

from eventsite.readiness.models.dates import Milestone, Permit
from eventsite.readiness.models.faults import Fault
from eventsite.readiness.models.papers import BoothCheck, Certificate, SetupPhoto
from eventsite.readiness.models.passes import AccessPass, PassScan
from eventsite.readiness.models.slots import Slot, SlotBooking

__all__ = [
    "AccessPass",
    "BoothCheck",
    "Certificate",
    "Fault",
    "Milestone",
    "PassScan",
    "Permit",
    "SetupPhoto",
    "Slot",
    "SlotBooking",
]
