// The charts: drawn once, then given new tables as the setting changes, at most once for each frame of the screen.

const views = {};
const waiting = {};

/** Draw a chart; expressions are interpreted, since the page allows no code to be made from text. */
async function drawn(name, tables) {
  const options = { mode: "vega-lite", ast: true, actions: false, renderer: "svg", defaultStyle: false };
  const { view } = await vegaEmbed(document.getElementById(`${name}-chart`), data.charts[name], options);
  views[name] = view;
  supply(name, tables);
}

/** Give a chart its new tables with the next frame. */
function supply(name, tables) {
  if (!views[name]) return;
  if (!waiting[name]) requestAnimationFrame(() => update(name));
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
  const extent = (lines, name, one, style) => {
    const heights = lines.filter(({ platform }) => platform === one.key).map((row) => row[name]);
    if (!heights.length) return `${one.name}, not measured`;
    return `${one.name}, from ${show(Math.min(...heights), style)} to ${show(Math.max(...heights), style)}`;
  };
  const beside = subjects.map((one) => extent(ratios, "ratio", one, "times"));
  const reached = [baseline, ...subjects].map((one) => extent(curves, "throughput", one, "plain"));
  const { name } = data.amounts[setting.ratio];
  return {
    ratio: `Line chart of the ratio in ${name} to ${baseline.name} against interactivity: ${beside.join("; ")}.`,
    pareto: `Line chart of throughput per GPU in tok/s/GPU against interactivity: ${reached.join("; ")}.`,
  };
}
