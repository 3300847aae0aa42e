"""What people and the job process do with proposals for the timetable."""
