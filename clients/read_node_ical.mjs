// Reads a calendar with node-ical, the reader of many small services, and prints what it understood.
import ical from "node-ical";

const parsed = ical.sync.parseFile(process.argv[2]);
const events = Object.values(parsed)
  .filter((entry) => entry.type === "VEVENT")
  .map((event) => ({
    url: text(event.url),
    uid: event.uid,
    start: event.start.toISOString(),
    end: event.end.toISOString(),
    summary: text(event.summary),
    location: text(event.location),
    status: event.status,
    sequence: String(event.sequence),
  }));
console.log(JSON.stringify(events));

function text(value) {
  return typeof value === "object" && value !== null ? value.val : value;
}
