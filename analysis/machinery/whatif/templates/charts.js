// The charts: drawn once, then given new tables as the setting changes, at most once for each frame of the screen.

const ERRORS = 1; // of the levels of Vega's log: to warn of an empty table would be to warn of nothing
const views = {};
const waiting = {};

/** Draw a chart; expressions are interpreted, since the page allows no code to be made from text. */
async function draw(name) {
  const options = {
    mode: "vega-lite",
    ast: true,
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    logLevel: ERRORS,
  };
  const spec = { ...data.charts[name], datasets: waiting[name] };
  waiting[name] = undefined;
  const { view } = await vegaEmbed(document.getElementById(`${name}-chart`), spec, options);
  views[name] = view;
  if (waiting[name]) update(name);
}

/** Give a chart its new tables with the next frame, or once it is drawn. */
function supply(name, tables) {
  if (views[name] && !waiting[name]) requestAnimationFrame(() => update(name));
  waiting[name] = { ...waiting[name], ...tables };
}

async function update(name) {
  const tables = waiting[name];
  waiting[name] = undefined;
  for (const [table, rows] of Object.entries(tables)) views[name].data(table, rows);
  await views[name].runAsync();
}

/** What the charts show, for a reader who does not see them. */
function described(setting, [baseline, ...subjects], { ratio: { ratios }, pareto: { curves } }) {
  const extent = (lines, name, one, style, absent) => {
    const heights = lines.filter(({ platform }) => platform === one.key).map((row) => row[name]);
    if (!heights.length) return `${one.name}, ${absent}`;
    return `${one.name}, from ${show(Math.min(...heights), style)} to ${show(Math.max(...heights), style)}`;
  };
  const beside = subjects.map((one) => extent(ratios, "ratio", one, "times", absence(setting.ratio, one, baseline)));
  const reached = [baseline, ...subjects].map((one) => extent(curves, "throughput", one, "plain", "not measured"));
  const { name } = data.amounts[setting.ratio];
  return {
    ratio: `Line chart of the ratio in ${name} to ${baseline.name} against interactivity: ${beside.join("; ")}.`,
    pareto: `Line chart of throughput per GPU in tok/s/GPU against interactivity: ${reached.join("; ")}.`,
  };
}
