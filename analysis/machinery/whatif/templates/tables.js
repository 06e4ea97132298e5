// The tables that the charts draw and that a reader can take away as CSV.

const STEPS = 240;
const [NAME_WIDTH, NAME_HEIGHT, PLOT_HEIGHT] = [130, 15, 220]; // pixels, nearly

/** The interactivities at which curves are drawn: all knots, and an even grid between the outermost. */
function positions(...contenders) {
  const knots = contenders.flatMap(({ curves }) => curves.flatMap((curve) => curve.knots[0]));
  if (!knots.length) return [];
  const [low, high] = [Math.min(...knots), Math.max(...knots)];
  const grid = Array.from({ length: STEPS + 1 }, (_, step) => low + ((high - low) * step) / STEPS);
  return [...new Set([...knots, ...grid])].sort((one, another) => one - another);
}

/** A line as rows; where there is no value it is interrupted. */
function traced(contender, name, interactivities, value) {
  let segment = 0;
  return interactivities.flatMap((interactivity) => {
    const height = value(interactivity);
    if (Number.isNaN(height)) {
      segment += 1;
      return [];
    }
    return [
      {
        platform: contender.key,
        name: contender.name,
        segment: `${contender.key} ${segment}`,
        interactivity,
        [name]: height,
      },
    ];
  });
}

/** A band as rows: between two neighboring places the rows around leave the same open. */
function banded(contender, interactivities, ends) {
  return interactivities.slice(1).flatMap((right, place) => {
    const left = interactivities[place];
    const [low, high] = ends((left + right) / 2);
    if (Number.isNaN(low)) return [];
    return [left, right].map((interactivity) => ({ platform: contender.key, interactivity, low, high }));
  });
}

/** The last row of each line, which carries its name: before it in the right half, and lower where names would meet. */
function ends(lines, name, width) {
  const [across, up] = ["interactivity", name].map((column) => {
    const values = lines.flat().map((row) => (column === name ? Math.log(row[name]) : row[column]));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => (value - low) / (high - low || 1);
  });
  const placed = [];
  const last = lines.filter((line) => line.length).map((line) => line.at(-1));
  for (const row of last.sort((one, another) => another[name] - one[name])) {
    const end = across(row.interactivity) * width;
    const before = end > width / 2;
    const [left, right] = before ? [end - NAME_WIDTH, end] : [end, end + NAME_WIDTH];
    const wanted = (1 - up(Math.log(row[name]))) * PLOT_HEIGHT;
    let top = wanted;
    for (const other of placed) {
      if (left < other.right && other.left < right && top < other.top + NAME_HEIGHT) top = other.top + NAME_HEIGHT;
    }
    placed.push({ left, right, top, row: { ...row, before, shift: top - wanted } });
    placed.sort((one, another) => one.top - another.top);
  }
  return placed.map(({ row }) => row);
}

/** Every table of both charts, by chart and name, for charts of a width in pixels. */
function tables(setting, results, width) {
  const [baseline, ...subjects] = results;
  const ratio = `${setting.ratio}_ratio`;
  const ratioAt = (subject) => (interactivity) =>
    compared(subject.at(interactivity), baseline.at(interactivity))[ratio];
  const throughputAt = (one) => (interactivity) => highest(one.curves, interactivity).throughput;
  const ratios = subjects.map((one) => traced(one, "ratio", positions(one, baseline), ratioAt(one)));
  const curves = results.map((one) => traced(one, "throughput", positions(one), throughputAt(one)));
  const endsOf = (subject) => (at) => openBetween(ratio, subject.at(at), baseline.at(at));
  const ratioBands = subjects.map((one) => banded(one, positions(one, baseline), endsOf(one)));
  const bands = results.map((one) => banded(one, positions(one), (at) => endsAt(one.curves, at)));
  const knots = results.flatMap((one) =>
    one.curves.flatMap(({ name: series, knots: [interactivity, throughput], stack }) =>
      (stack ? [] : interactivity).map((at, place) => ({
        platform: one.key,
        name: one.name,
        series,
        interactivity: at,
        throughput: throughput[place],
      })),
    ),
  );
  return {
    ratio: {
      ratios: ratios.flat(),
      bands: ratioBands.flat(),
      ends: ends(ratios, "ratio", width),
      published: published(setting),
      ...moving(setting, results).ratio,
    },
    pareto: {
      curves: curves.flat(),
      bands: bands.flat(),
      ends: ends(curves, "throughput", width),
      knots,
      ...moving(setting, results).pareto,
    },
  };
}

/** The tables that change with the interactivity alone. */
function moving(setting, results) {
  const { interactivity } = setting;
  const points = results.map((one) => ({
    platform: one.key,
    interactivity,
    throughput: one.amounts.throughput_per_gpu,
    ratio: one.compared?.[`${setting.ratio}_ratio`] ?? NaN,
  }));
  const at = [{ interactivity }];
  return {
    ratio: { at, here: points.filter(({ ratio }) => !Number.isNaN(ratio)) },
    pareto: { at, here: points.filter(({ throughput }) => !Number.isNaN(throughput)) },
  };
}

/** The published ratio, where the setting is about the same pair, workload and tokens. */
function published({ model, platforms, tokens, ratio, ...setting }) {
  const [baseline, subject] = data.published.pair;
  const found = data.published.ratios[`${ratio}_ratio`];
  const asked = platforms[0] === baseline && platforms.includes(subject);
  const alike = { model, tokens, workload: requestWords(requestOf(setting)) };
  if (!found || !asked || Object.keys(alike).some((key) => alike[key] !== data.published[key])) return [];
  return [{ interactivity: data.published.interactivity, ratio: found.number, label: `published: ${found.printed}` }];
}

/** A number as a cell of CSV; empty where there is none. */
function number(value) {
  return value === undefined || Number.isNaN(value) ? "" : value;
}

/** Rows as CSV text. */
function csv(header, lines) {
  const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return [header, ...lines].map((line) => line.map(cell).join(",")).join("\n") + "\n";
}

/** The results at the interactivity that is set, one platform a line, with the setting that they hold for. */
function figuresCsv(setting, results) {
  const made = Object.keys(results[0].amounts).filter((name) => name in data.amounts);
  const beside = Object.keys(results[1]?.compared ?? {});
  const keys = Object.keys(data.fields).filter((key) => setting[key] !== undefined);
  const header = ["Platform", "Series", ...[...made, ...beside].map(csvLabel), "Cautions", ...keys];
  return csv(
    header,
    results.map((one) => [
      one.name,
      one.series,
      ...made.map((name) => number(one.amounts[name])),
      ...beside.map((name) => number(one.compared?.[name])),
      [...new Set(Object.values(one.cautions).flat())].filter(Boolean).join("; "),
      ...keys.map((key) => String(setting[key])),
    ]),
  );
}

/** The curves that are drawn: throughput and, beside the first platform, the ratio that is chosen. */
function curvesCsv(setting, results) {
  const [baseline] = results;
  const ratio = `${setting.ratio}_ratio`;
  const header = ["Platform", "Series", "Interactivity (tok/s/user)", label("throughput_per_gpu"), csvLabel(ratio)];
  const lines = results.flatMap((one) =>
    positions(one, baseline).flatMap((interactivity) => {
      const [own, other] = [one.at(interactivity), baseline.at(interactivity)];
      if (!own.series) return [];
      const beside = one !== baseline && other.series ? number(compared(own, other)[ratio]) : "";
      return [[one.name, own.series, interactivity, own.amounts.throughput_per_gpu, beside]];
    }),
  );
  return csv(header, lines);
}

function csvLabel(name) {
  const [of, isRatio] = [name.replace(/_ratio$/, ""), name.endsWith("_ratio")];
  return isRatio ? `Ratio: ${data.amounts[of].name}` : label(of);
}
