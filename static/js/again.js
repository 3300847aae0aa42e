// Pages that wait for something the site is working out: ask again after three seconds.
window.setTimeout(function () {
  window.location.reload();
}, 3000);
