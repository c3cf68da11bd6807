"use strict";
const byId = (id) => document.getElementById(id);

// Requirements: what is searched for, in the verdicts that are switched on.
const entries = [...document.querySelectorAll(".requirement")];
const switches = [...document.querySelectorAll("#filter input[type=checkbox]")];

function filter() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const on = new Set(switches.filter((it) => it.checked).map((it) => it.value));
  let shown = 0;
  for (const entry of entries) {
    const fits = on.has(entry.dataset.verdict) && words.every((it) => entry.dataset.words.includes(it));
    entry.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  byId("none").hidden = shown > 0;
}
byId("filter").addEventListener("input", filter);
byId("filter").addEventListener("submit", (event) => event.preventDefault());

// A link to a requirement opens it.
function openTarget() {
  const entry = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
  if (entry && entry.tagName === "DETAILS") entry.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();

// Answers: counted again for the caller and the requirement that are chosen.
const data = JSON.parse(byId("seen").textContent);
const cells = [...document.querySelectorAll("#matrix td[data-operation]")];

function chosen() {
  const actor = byId("actor").value;
  const checks = data.checks[byId("requirement").value];
  return data.seen.filter(([, , who, check]) =>
    (!actor || who === actor) && (!checks || checks.includes(check)));
}

function count() {
  const counts = new Map();
  for (const [operation, status, , , times] of chosen()) {
    const key = operation + " " + status;
    counts.set(key, (counts.get(key) || 0) + times);
  }
  for (const cell of cells) {
    const button = cell.querySelector("button");
    if (!button) continue;
    const times = counts.get(cell.dataset.operation + " " + cell.dataset.status);
    button.textContent = times || "–";
    cell.classList.toggle("faint", !times && cell.classList.contains("seen"));
  }
  byId("told").textContent = absent() || "\u00a0";
}

function absent() {
  const actor = byId("actor").value;
  const variable = data.absent[actor];
  return variable ? "Nobody called as " + actor + ": " + variable + " is not set." : "";
}

function tell(cell) {
  const { operation, status, reason } = cell.dataset;
  const seen = chosen().filter((it) => it[0] === operation && String(it[1]) === status);
  const by = (index) => {
    const sums = new Map();
    for (const it of seen) sums.set(it[index], (sums.get(it[index]) || 0) + it[4]);
    return [...sums].sort((a, b) => b[1] - a[1]).map(([name, times]) => name + " " + times).join(", ");
  };
  const told = seen.length
    ? "callers: " + by(2) + "; checks: " + by(3)
    : absent() || reason || "not seen with this choice";
  byId("told").textContent = operation + " " + status + ": " + told;
  for (const other of cells) other.classList.toggle("chosen", other === cell);
}
for (const cell of cells) cell.addEventListener("click", () => tell(cell));
byId("choices").addEventListener("input", count);
