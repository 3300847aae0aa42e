// A city's page that stays open counts as a visit. The server counts stamped cards alone, each once a day.
const visited = document.querySelector("[data-visit]");
if (visited) {
  window.setTimeout(function () {
    if (document.visibilityState === "visible") {
      fetch(visited.dataset.visit, { method: "POST", credentials: "same-origin" }).catch(function () {
        // Without a network nobody is counted.
      });
    }
  }, 3000);
}
