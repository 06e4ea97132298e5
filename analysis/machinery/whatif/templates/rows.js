// Which measured rows answer a setting, and the curves through them: as `analysis.frontier.constraints` has it.

/** The limits of a setting that each row keeps, and whether a row may have more or less of it. */
const LIMITS = {
  minimum_accuracy: (value, limit) => value >= limit,
  minimum_interactivity_p99: (value, limit) => value >= limit,
  maximum_ttft_median: (value, limit) => value <= limit,
  maximum_ttft_p99: (value, limit) => value <= limit,
};
const WITHOUT_RUNS = ["minimum_interactivity_p99", "maximum_ttft_median", "maximum_ttft_p99"];
const drawn = new Map();

/** The model that a setting is about. */
function modelOf({ model }) {
  return data.models[model];
}

/** The series of a model with their rows, the oldest first; unfolded from the columns of the data once. */
function seriesOf(model) {
  if (model.columns) {
    for (const series of model.series) series.rows = [];
    const names = Object.keys(model.columns).filter((name) => model.columns[name]);
    model.columns.series.forEach((series, place) => {
      model.series[series].rows.push(Object.fromEntries(names.map((name) => [name, model.columns[name][place]])));
    });
    delete model.columns;
  }
  return model.series;
}

/** A day as the data count them, from 1970 on. */
function dayNumber(day) {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** The rows of a series that stand on a day: the newest of each configuration, believed, and of one campaign. */
function standingRows(series, day) {
  const newest = new Map();
  for (const row of series.rows) if (row.day <= day) newest.set(row.configuration, row);
  const sound = [...newest.values()].filter((row) => row.sound);
  const rising = sound.map((row) => row.day).sort((one, other) => one - other);
  let first = rising[0];
  rising.forEach((each, place) => {
    if (each - rising[place - 1] > data.campaign.apart) first = each;
  });
  const campaign = knotsOf(frontier(sound.filter((row) => row.day >= first).map((row) => pointOf(row, "total"))));
  return sound.filter((row) => row.day >= first || !(row.total <= along(campaign, row.interactivity)));
}

/** A row as a point of a curve of one kind of throughput. */
function pointOf(row, tokens) {
  return { at: row.interactivity, throughput: row[tokens], day: row.day };
}

/** The points of a frontier without those that stand nearly where a newer one of another day does. */
function oncePerSpeed(points) {
  const kept = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && point.at - last.at < data.campaign.same_speed * last.at && point.day !== last.day) {
      if (point.day > last.day) kept[kept.length - 1] = point;
    } else kept.push(point);
  }
  return kept;
}

/** The knots of a series under a setting; of none where no row answers. */
function seriesKnots(series, setting) {
  const asked = Object.keys(LIMITS).filter((name) => setting[name] !== undefined);
  const passes = (row) => asked.every((name) => typeof row[name] === "number" && LIMITS[name](row[name], setting[name]));
  const rows = standingRows(series, dayNumber(setting.as_of)).filter(passes);
  const points = rows.map((row) => pointOf(row, setting.tokens)).filter(({ throughput }) => typeof throughput === "number");
  return knotsOf(oncePerSpeed(frontier(points)));
}

/** The measured curves that a setting allows, as they stood on its day, of those series that are wanted. */
function standing(setting, wanted) {
  const decoding = data.mtp[setting.mtp];
  const key = ["model", "as_of", "tokens", ...Object.keys(LIMITS)].map((name) => setting[name]).join();
  return seriesOf(modelOf(setting))
    .map((series, place) => ({ series, place }))
    .filter(
      ({ series }) =>
        wanted(series) &&
        (decoding === undefined || series.speculative_decoding === decoding) &&
        (setting.precision === "any" || series.precision === setting.precision),
    )
    .map(({ series, place }) => {
      const name = `${key} ${place}`;
      if (!drawn.has(name)) drawn.set(name, seriesKnots(series, setting));
      const { platform, cautions, workload } = series;
      return { platform, cautions, name: series.name, lengths: data.lengths[workload], knots: drawn.get(name) };
    })
    .filter(({ knots: [interactivity] }) => interactivity.length > 0);
}
