// A board on a wall: asks every ten seconds, keeps what it shows while the network or the site is away, says in
// place when that is older than a minute, and comes back by itself. No key and no tap does anything here.
const EVERY = 10000;
const PATIENCE = 8000;
const OLD = 60000;
const ANEW = 3600000; // a whole new page once an hour, for a new version of the site

let etag = "";
let answered = Date.now();
let clockStart = 0;
let clockSeconds = 0;
const opened = Date.now();

function two(number) {
  return String(number).padStart(2, "0");
}

function words(seconds, withSeconds) {
  const day = ((Math.floor(seconds) % 86400) + 86400) % 86400;
  const clock = two(Math.floor(day / 3600)) + ":" + two(Math.floor(day / 60) % 60);
  return withSeconds ? clock + ":" + two(day % 60) : clock;
}

// The venue's clock: where it stood when the board was written, and what has passed since.
function setClock() {
  const parts = document.getElementById("clock").dataset.local.split(":").map(Number);
  clockSeconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
  clockStart = Date.now();
}

function venue(at) {
  return clockSeconds + (at - clockStart) / 1000;
}

function show() {
  const fresh = document.getElementById("fresh");
  const old = Date.now() - answered > OLD;
  document.getElementById("board").classList.toggle("is-old", old);
  fresh.textContent = (old ? fresh.dataset.stale : fresh.dataset.fresh).replace("{time}", words(venue(answered), true));
  document.getElementById("clock").textContent = words(venue(Date.now()), false);
}

function replaceBoard(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("board");
  if (fresh) {
    document.getElementById("board").replaceWith(document.adoptNode(fresh));
    setClock();
  }
}

async function ask() {
  const patience = new AbortController();
  const timer = window.setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(window.location.href, {
      cache: "no-store",
      headers: etag ? { "If-None-Match": etag } : {},
      signal: patience.signal,
    });
    if (answer.status === 200) {
      replaceBoard(await answer.text());
      etag = answer.headers.get("ETag") || "";
    }
    if (answer.status === 200 || answer.status === 304) {
      answered = Date.now();
      if (answered - opened > ANEW) {
        window.location.reload();
      }
    }
  } catch {
    // The board stays as it is, and says how old it is.
  }
  window.clearTimeout(timer);
  show();
  window.setTimeout(ask, EVERY);
}

setClock();
show();
window.setInterval(show, 1000);
window.setTimeout(ask, EVERY);
