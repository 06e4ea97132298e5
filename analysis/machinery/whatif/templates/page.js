// The page: one setting, shown in the controls, the address, the words, the table and the charts.

const ADDRESS_DELAY = 250; // ms; browsers refuse an address that changes with every step of a slider
const VOICE_DELAY = 700; // ms without a change, before a screen reader is told
const refusal = document.getElementById("refused");
let setting;
let results;
let lastWritten = "";

/** Run a task when nobody has asked for it for a while. */
function afterwards(task, delay) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, delay);
  };
}

const keep = afterwards(() => {
  lastWritten = `#${written(setting)}`;
  history.replaceState(null, "", lastWritten);
}, ADDRESS_DELAY);
const announce = afterwards(() => {
  document.getElementById("voice").textContent = document.getElementById("answer").textContent;
}, VOICE_DELAY);

/** Take a setting and show what it makes. */
function take(next, typing) {
  const before = setting;
  setting = next;
  results = evaluate(setting);
  showSetting(setting, typing);
  showAnswer(setting, results);
  const slid =
    before &&
    Object.keys({ ...before, ...next }).every((key) => key === "interactivity" || before[key] === next[key]);
  showCharts(setting, results, slid);
}

/** The name of a control, as a reader knows it. */
function nameOf(control) {
  return control.getAttribute("aria-label") ?? control.labels[0].textContent;
}

function refuse(words) {
  refusal.textContent = words;
  refusal.hidden = !words;
}

/** Take the setting of the address; what is not understood there does nothing, and is named where it is a key of ours. */
function open() {
  const { setting: found, refused } = read(location.hash.slice(1));
  const names = [...new Set(refused.map((key) => key || "an unknown key"))].join(", ");
  refuse(names && `Not understood in the address and left out: ${names}.`);
  take(found);
}

function saved(name, text) {
  const link = element("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
  link.click();
  URL.revokeObjectURL(link.href);
}

// Controls beside the results belong to the form without standing in it, so their events pass the document only.
let stood = data.initial; // the setting before a control was typed into
document.addEventListener("focusin", () => {
  stood = setting;
});
document.addEventListener("input", ({ target }) => {
  const next = changed(setting, target);
  refuse(next ? "" : `${nameOf(target)}: allowed is ${data.fields[target.name].allowed}.`);
  if (!next) return target.setAttribute("aria-invalid", "true");
  target.removeAttribute("aria-invalid");
  take(next, target.type === "number" ? target : undefined);
  keep();
  announce();
});
document.addEventListener("change", ({ target }) => {
  if (!target.hasAttribute("aria-invalid")) {
    refuse("");
    stood = setting;
    return showSetting(setting);
  }
  const typed = target.value ? `${target.value} was` : "what was typed was";
  take(stood);
  keep();
  const back = target.value || "empty";
  refuse(`${nameOf(target)}: ${typed} taken back, it is ${back} again; allowed is ${data.fields[target.name].allowed}.`);
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const [button, next] of [
  ["reset", () => ({ ...data.initial })],
  ["forget", () => withoutOwn(setting)],
]) {
  document.getElementById(button).addEventListener("click", () => {
    refuse("");
    take(next());
    keep();
    announce();
  });
}
document
  .getElementById("save-figures")
  .addEventListener("click", () => saved("what-if-figures.csv", figuresCsv(setting, results)));
document
  .getElementById("save-curves")
  .addEventListener("click", () => saved("what-if-curves.csv", curvesCsv(setting, results)));
addEventListener("hashchange", () => location.hash !== lastWritten && open());

// What the page computes with, for its tests and for the console.
globalThis.whatIf = Object.freeze({ accepted, read, written, evaluate, show, tables, figuresCsv, curvesCsv });

const wide = matchMedia("(min-width: 68rem)");
const fold = () => (document.getElementById("controls").open = wide.matches);
wide.addEventListener("change", fold);
fold();
document.getElementById("tool").hidden = false;
open();
addEventListener("DOMContentLoaded", () => {
  for (const name of Object.keys(data.charts)) draw(name);
});
