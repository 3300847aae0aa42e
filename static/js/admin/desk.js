// The stage desk asks every five seconds whether anything has changed, and shows whether it is online.
// Without this script the page works: every act is a form, and "Refresh" is a link.
const EVERY = 5000;
const PATIENCE = 4000;
const net = document.getElementById("net");
let etag = "";
let offline = false;

function desk() {
  return document.getElementById("desk");
}

function showNet(lost) {
  offline = lost;
  net.textContent = lost ? net.dataset.off : net.dataset.on;
  net.className = lost ? "a-tag a-tag--bad" : "a-tag a-tag--ok";
}

// Somebody types, or reads a question that is being asked: the page is not taken from under their hands.
function isBusy() {
  const focused = document.activeElement;
  const typing = focused && desk().contains(focused) && /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName);
  const written = Array.from(desk().querySelectorAll("textarea")).some((area) => area.value.trim());
  return typing || written;
}

function replaceDesk(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("desk");
  if (!fresh) {
    window.location.reload(); // signed out meanwhile
    return;
  }
  const open = Array.from(desk().querySelectorAll("details[open] > summary")).map((one) => one.textContent);
  const note = desk().querySelector(".a-flash");
  desk().replaceWith(document.adoptNode(fresh));
  for (const summary of desk().querySelectorAll("details > summary")) {
    summary.parentElement.open = open.includes(summary.textContent);
  }
  if (note) {
    desk().querySelector(".s-clock").after(note);
  }
}

async function ask() {
  const patience = new AbortController();
  const timer = window.setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(window.location.href, {
      cache: "no-store",
      credentials: "same-origin",
      headers: { "If-None-Match": etag },
      signal: patience.signal,
    });
    if (answer.status === 200 && !isBusy()) {
      replaceDesk(await answer.text());
      etag = answer.headers.get("ETag") || "";
    }
    showNet(answer.status >= 500);
  } catch {
    showNet(true);
  }
  window.clearTimeout(timer);
}

async function keepAsking() {
  if (!document.hidden) {
    await ask();
  }
  window.setTimeout(keepAsking, EVERY);
}

// A tap without a network says so at once and keeps the page.
document.addEventListener("submit", function (event) {
  if (offline) {
    event.preventDefault();
    net.textContent = net.dataset.refused;
    ask();
  }
});
document.addEventListener("visibilitychange", function () {
  if (!document.hidden) {
    ask();
  }
});
window.addEventListener("offline", () => showNet(true));
window.addEventListener("online", ask);

// A refused act shows the desk at the act's address, where there is nothing to ask.
if (window.location.pathname.endsWith("/act")) {
  window.history.replaceState(null, "", window.location.pathname.replace(/\/act$/, ""));
}
etag = desk().dataset.etag;
showNet(!navigator.onLine);
window.setTimeout(keepAsking, EVERY);
