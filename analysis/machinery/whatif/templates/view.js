// What the page shows of a setting.

/** Show what a setting says in words, in the table and below the slider. */
function showAnswer(setting, results) {
  const said = sentences(setting, results).map((sentence) => element("p", {}, ...sentence));
  document.getElementById("answer").replaceChildren(...said);
  const line = conditions(setting);
  for (const place of document.querySelectorAll(".conditions")) place.textContent = line;
  showTable(setting, results);
  showCoverage(results);
  document.getElementById("alone").hidden = data.whole.includes(setting.tokens);
  for (const mark of document.querySelectorAll("[data-mark]")) {
    mark.hidden = !document.querySelector(`#results .${mark.dataset.mark}`);
  }
}

function showTable(setting, results) {
  const names = results.map(({ name }) => element("th", { scope: "col" }, name));
  const lines = rows(setting, results).map(([name, title, ...cells]) =>
    element(
      "tr",
      { class: name },
      element("th", { scope: "row" }, title),
      ...cells.map((contents) => element("td", {}, ...contents)),
    ),
  );
  const metric = element("th", { scope: "col" }, "Metric");
  document.querySelector("#results thead").replaceChildren(element("tr", {}, metric, ...names));
  document.querySelector("#results tbody").replaceChildren(...lines);
}

/** Where each platform was measured, as bars below the slider. */
function showCoverage(results) {
  const { min, max } = slider;
  const share = (interactivity) => `${(100 * (interactivity - min)) / (max - min)}%`;
  const lines = results.map((one) => {
    const bars = one.ranges.map(([low, high]) => {
      const bar = element("span", { class: "bar" });
      bar.style.left = share(low);
      bar.style.width = `calc(${share(high)} - ${share(low)})`;
      bar.style.background = data.colors[one.key];
      return bar;
    });
    const how = one.curves.some(({ stack }) => stack) ? "modeled" : "measured";
    const reach = one.ranges.length ? `${how} from ${said(one.ranges)}` : "not measured";
    const name = element("span", { class: "measured" }, `${one.name}, ${reach}`);
    return element("li", {}, name, element("span", { class: "track", "aria-hidden": "true" }, ...bars));
  });
  document.getElementById("coverage").replaceChildren(...lines);
}

/** Show a setting in the charts; where only the interactivity changed, they get only what moves with it. */
function showCharts(setting, results, slid) {
  const width = document.getElementById("ratio-chart").clientWidth;
  const drawing = slid ? moving(setting, results) : tables(setting, results, width);
  for (const name of Object.keys(data.charts)) supply(name, drawing[name]);
  if (slid) return;
  const words = described(setting, results, drawing);
  for (const name of Object.keys(data.charts)) {
    const empty = !drawing[name].ends.length;
    document.getElementById(`${name}-words`).setAttribute("aria-label", words[name]);
    document.getElementById(`${name}-figure`).classList.toggle("empty", empty);
    document.getElementById(`${name}-none`).hidden = !empty;
  }
  const captions = data.captions[setting.ratio];
  document.getElementById("ratio-caption").textContent = captions.replace("{baseline}", results[0].name);
  document.getElementById("published").hidden = !drawing.ratio.published.length;
}
