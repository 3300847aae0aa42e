// The power of the appliances as it is typed; the server counts again.
const sum = document.querySelector("[data-power-sum]");
const rows = document.querySelectorAll("[data-power-row]");

function number(input, otherwise) {
  const value = parseFloat(input && input.value);
  return Number.isFinite(value) ? value : otherwise;
}

function count() {
  let total = 0;
  rows.forEach(function (row) {
    const [kw, many] = row.querySelectorAll("[data-part]");
    total += number(kw, 0) * number(many, 1);
  });
  sum.textContent = String(Math.round(total * 100) / 100);
}

if (sum) {
  rows.forEach(function (row) {
    row.addEventListener("input", count);
  });
  count();
}
