"""Reading what has to be in before a booth opens. Every lookup goes through its event."""

from eventsite.readiness.queries.booths import (
    BoothFile,
    booth_file,
    find_check,
    get_certificate,
    get_certificate_to_write,
    list_certificates,
    list_offered,
    list_photos,
)
from eventsite.readiness.queries.dates import (
    get_milestone,
    get_milestone_to_write,
    get_permit,
    get_permit_to_write,
    list_milestones,
    list_permits,
)
from eventsite.readiness.queries.faults import (
    get_fault,
    get_fault_to_write,
    list_faults,
    list_faults_of,
)
from eventsite.readiness.queries.passes import (
    count_passes,
    find_pass_by_key,
    find_pass_by_typed_code,
    get_pass,
    get_pass_to_write,
    last_scan,
    list_passes,
    list_passes_of,
    list_scans,
)
from eventsite.readiness.queries.ready import BoothReadiness, loads_of, readiness_of
from eventsite.readiness.queries.slots import (
    find_booking,
    get_slot,
    get_slot_to_write,
    list_bookings,
    list_slots,
)

__all__ = [
    "BoothFile",
    "BoothReadiness",
    "booth_file",
    "count_passes",
    "find_booking",
    "find_check",
    "find_pass_by_key",
    "find_pass_by_typed_code",
    "get_certificate",
    "get_certificate_to_write",
    "get_fault",
    "get_fault_to_write",
    "get_milestone",
    "get_milestone_to_write",
    "get_pass",
    "get_pass_to_write",
    "get_permit",
    "get_permit_to_write",
    "get_slot",
    "get_slot_to_write",
    "last_scan",
    "list_bookings",
    "list_certificates",
    "list_faults",
    "list_faults_of",
    "list_milestones",
    "list_offered",
    "list_passes",
    "list_passes_of",
    "list_permits",
    "list_photos",
    "list_scans",
    "list_slots",
    "loads_of",
    "readiness_of",
]
