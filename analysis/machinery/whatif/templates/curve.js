// Throughput along measured curves: the frontier of points, a monotone cubic through it, the best of several.

/** The points on the frontier, by rising interactivity: no other is as fast and gives as much. */
function frontier(points) {
  const rising = points.toSorted((one, other) => one.at - other.at || one.throughput - other.throughput);
  let best = -Infinity;
  const kept = rising.reverse().filter(({ throughput }) => {
    const better = throughput > best;
    best = Math.max(best, throughput);
    return better;
  });
  return kept.reverse();
}

/** The curve through points of a frontier: their interactivities, throughputs and slopes. */
function knotsOf(points) {
  const [interactivity, throughput] = [points.map(({ at }) => at), points.map((point) => point.throughput)];
  return [interactivity, throughput, steffenSlopes(interactivity, throughput)];
}

/** Slopes of Steffen's monotone cubic at its knots, with the end slopes of d3's curveMonotoneX. */
function steffenSlopes(interactivity, throughput) {
  const pieces = interactivity.slice(1).map((knot, place) => knot - interactivity[place]);
  const secants = pieces.map((width, place) => (throughput[place + 1] - throughput[place]) / width);
  if (secants.length < 2) return interactivity.map(() => secants[0] ?? 0);
  const slopes = interactivity.map((_, place) => {
    if (place === 0 || place === secants.length) return 0;
    const [left, right, before, after] = [secants[place - 1], secants[place], pieces[place - 1], pieces[place]];
    const parabola = (left * after + right * before) / (before + after);
    const steepest = Math.min(Math.abs(left), Math.abs(right), Math.abs(parabola) / 2);
    return (Math.sign(left) + Math.sign(right)) * steepest;
  });
  slopes[0] = (3 * secants[0] - slopes[1]) / 2;
  slopes[secants.length] = (3 * secants.at(-1) - slopes.at(-2)) / 2;
  return slopes;
}

/** Throughput of one curve at an interactivity or above it, in tok/s/GPU; NaN above the highest measured. */
function along([interactivity, throughput, slopes], at) {
  const last = interactivity.length - 1;
  if (!(at <= interactivity[last])) return NaN;
  if (at <= interactivity[0]) return throughput[0];
  let piece = 0;
  while (piece < last - 1 && interactivity[piece + 1] <= at) piece += 1;
  const width = interactivity[piece + 1] - interactivity[piece];
  const share = (at - interactivity[piece]) / width;
  const rise = throughput[piece + 1] - throughput[piece];
  const start = width * slopes[piece];
  const end = width * slopes[piece + 1];
  const bend = 3 * rise - 2 * start - end + share * (start + end - 2 * rise);
  return throughput[piece] + share * (start + share * bend);
}

/** The best of several curves at an interactivity, and its throughput; no curve where none serves it. */
function highest(curves, at) {
  let found = { curve: null, throughput: NaN };
  for (const curve of curves) {
    const throughput = along(curve.knots, at);
    if (!Number.isNaN(throughput) && !(throughput <= found.throughput)) found = { curve, throughput };
  }
  return found;
}

/** Throughput of the row next at or above an interactivity, and of that next at or below it, along one curve. */
function rowsBeside([interactivity, throughput], at) {
  const above = interactivity.findIndex((knot) => knot >= at);
  if (above < 0) return [NaN, NaN];
  const below = interactivity.findLastIndex((knot) => knot <= at);
  return [throughput[above], throughput[Math.max(below, 0)]];
}

/** Between which throughputs the measured rows of several curves put the best of them, the lower one first. */
function bracket(curves, at) {
  const pairs = curves.map(({ knots }) => rowsBeside(knots, at)).filter(([low]) => !Number.isNaN(low));
  return pairs.length ? [0, 1].map((end) => Math.max(...pairs.map((pair) => pair[end]))) : [NaN, NaN];
}

/** Where any of several curves was measured: the lowest and the highest interactivity, as one pair. */
function ranges(curves) {
  if (curves.length === 0) return [];
  const ends = curves.map(({ knots: [interactivity] }) => [interactivity[0], interactivity.at(-1)]);
  return [[Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high))]];
}
