// Pages with times of the programme: ask every ten seconds whether what they show still holds, and fetch the page
// anew when it does not. The question is a few bytes, mostly answered "unchanged". Without this script the page
// is right when it is opened.
const EVERY_MS = 10000;

function liveMark() {
  return document.querySelector("[data-live]");
}

function openFolds(main) {
  return Array.from(main.querySelectorAll("details[open] > summary")).map(function (one) {
    return one.textContent;
  });
}

function isTyping(main) {
  const focused = document.activeElement;
  return focused && main.contains(focused) && /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName);
}

function replaceMain(html) {
  const main = document.getElementById("main");
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("main");
  if (!fresh || isTyping(main)) {
    return;
  }
  const open = openFolds(main);
  main.innerHTML = fresh.innerHTML;
  main.querySelectorAll("details > summary").forEach(function (summary) {
    if (open.indexOf(summary.textContent) >= 0) {
      summary.parentElement.open = true;
    }
  });
}

function fetchPage() {
  return fetch(window.location.href, { credentials: "same-origin", cache: "no-cache" })
    .then(function (answer) {
      return answer.ok ? answer.text() : "";
    })
    .then(function (html) {
      if (html) {
        replaceMain(html);
      }
    });
}

function askLive() {
  const mark = liveMark();
  if (!mark || document.hidden) {
    return;
  }
  fetch(mark.dataset.live, { credentials: "same-origin", cache: "no-cache" })
    .then(function (answer) {
      return answer.ok ? answer.json() : null;
    })
    .then(function (told) {
      if (told && told.mark !== mark.dataset.mark) {
        return fetchPage();
      }
    })
    .catch(function () {
      // Without a network the page stays as it is; it says of what time it is.
    });
}

if (liveMark()) {
  window.setInterval(askLive, EVERY_MS);
  document.addEventListener("visibilitychange", askLive);
}
