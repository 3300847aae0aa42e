// Sentences and times as the reader has them; instants are minutes since 1970.
export function filled(words, values = {}) {
  return words.replace(/%\((\w+)\)s/g, (_whole, name) => String(values[name]));
}

export function element(tag, look, text) {
  const made = document.createElement(tag);
  if (look) {
    made.className = look;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

// Times of day at the venue, whatever the reader's own clock says.
export class Clock {
  constructor(zone) {
    this.format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.known = new Map();
  }

  say(minute) {
    if (!this.known.has(minute)) {
      this.known.set(minute, this.format.format(new Date(minute * 60000)));
    }
    return this.known.get(minute);
  }

  // The minute of a day at which this clock shows a time; past midnight where the grid of the day goes on.
  read(text, day) {
    const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
    if (!found) {
      return null;
    }
    const wanted = Number(found[1]) * 60 + Number(found[2]);
    let minute = day.midnight + wanted;
    const [hours, minutes] = this.say(minute).split(":").map(Number);
    minute += wanted - (hours * 60 + minutes);
    return minute < day.from && minute + 1440 <= day.to ? minute + 1440 : minute;
  }
}
