// Requests of lengths that nobody measured: the two-part tariff of each stack, fitted as in `analysis.frontier.tariff`.

/** The request of a setting: lengths of its own where they are typed, else those of the workload in the list. */
function requestOf(setting) {
  const [inputs, outputs] = data.lengths[setting.workload];
  const lengths = [setting.input_tokens ?? inputs, setting.output_tokens ?? outputs];
  return { lengths, cached: setting.cache_hit_rate ?? 0 };
}

/** A request as the field says it: 1k/1k, or 12000/600 and the share that a cache holds. */
function requestWords({ lengths, cached }) {
  const name = lengths.map((tokens) => (tokens % 1024 ? String(tokens) : `${tokens / 1024}k`)).join("/");
  return cached ? `${name}, ${percent(cached)} of the input cached` : name;
}

/** Whether anybody measured a request on a platform. */
function isMeasured(setting, request, platform) {
  const name = requestWords(request);
  return modelOf(setting).series.some((series) => series.platform === platform && series.workload === name);
}

/** GPU time of a request, in GPU s, by the times of its tokens. */
function timeOf([input, output], { lengths: [inputs, outputs], cached }) {
  return input * inputs * (1 - cached) + output * outputs;
}

/** Times of an input and an output token that are nearest to those of the workloads, drawn to a ratio of the two. */
function fittedTimes(measured, ratio, pull) {
  const logs = measured.map(({ lengths: [inputs, outputs], seconds }) => Math.log(seconds / (ratio * inputs + outputs)));
  const base = Math.exp(mean(logs));
  const parts = measured.map(({ lengths: [inputs, outputs], seconds }) => [
    (inputs * ratio * base) / seconds,
    (outputs * base) / seconds,
  ]);
  const total = (term) => parts.reduce((sum, part) => sum + term(part), 0);
  const [inputs, outputs] = [total(([input]) => input), total(([, output]) => output)];
  const inputSquare = total(([input]) => input ** 2) + pull ** 2;
  const outputSquare = total(([, output]) => output ** 2) + pull ** 2;
  const cross = total(([input, output]) => input * output) - pull ** 2;
  const common = inputSquare * outputSquare - cross ** 2;
  let first = (inputs * outputSquare - outputs * cross) / common;
  let second = (outputs * inputSquare - inputs * cross) / common;
  if (second < 0) [first, second] = [inputs / inputSquare, 0];
  else if (first < 0) [first, second] = [0, outputs / outputSquare];
  return [first * ratio * base, second * base];
}

/** The fitted times, scaled so that they meet what was measured at the lengths of a workload or near them. */
function tariffTimes(measured, request, { ratio, pull }) {
  const times = fittedTimes(measured, ratio, pull);
  const distances = measured.map(({ lengths }) =>
    lengths.reduce((sum, tokens, place) => sum + (Math.log(tokens) - Math.log(request.lengths[place])) ** 2, 0),
  );
  const there = distances.includes(0);
  const weights = distances.map((distance) => (there ? Number(distance === 0) : 1 / distance));
  const misses = measured.map(({ lengths, seconds }) => Math.log(seconds / timeOf(times, { lengths, cached: 0 })));
  const weighed = misses.reduce((sum, miss, place) => sum + weights[place] * miss, 0);
  const scale = Math.exp(weighed / weights.reduce((sum, weight) => sum + weight, 0));
  return times.map((time) => time * scale);
}

/** The GPU time of a request of each workload of a stack at an interactivity. */
function timesAt(stack, at) {
  return stack.map(({ lengths, knots }) => ({ lengths, seconds: (lengths[0] + lengths[1]) / along(knots, at) }));
}

/** By what factor a stack's tariff is typically off where one of its workloads is left out. */
function typicalError(stack, at, rule) {
  const measured = timesAt(stack, at);
  const squares = measured.map(({ lengths, seconds }, place) => {
    const request = { lengths, cached: 0 };
    const times = tariffTimes(measured.toSpliced(place, 1), request, rule);
    return Math.log(timeOf(times, request) / seconds) ** 2;
  });
  return Math.exp(Math.sqrt(mean(squares)));
}

/** The measured interactivities that all workloads of a stack reach. */
function placesOf(stack) {
  const least = Math.min(...stack.map(({ knots: [interactivity] }) => interactivity.at(-1)));
  const knots = new Set(stack.flatMap(({ knots: [interactivity] }) => interactivity));
  return [...knots].filter((place) => place <= least).sort((one, other) => one - other);
}

/** The modeled curve of a stack for a request, as knots and slopes. */
function modeledKnots(stack, request, rule) {
  const measured = placesOf(stack);
  const between = measured.slice(0, -1).flatMap((low, place) => {
    const step = (measured[place + 1] - low) / data.tariff.between;
    return Array.from({ length: data.tariff.between }, (_, count) => low + count * step);
  });
  const tokens = request.lengths[0] + request.lengths[1];
  const points = [...between, measured.at(-1)].map((at) => ({
    at,
    throughput: tokens / timeOf(tariffTimes(timesAt(stack, at), request, rule), request),
  }));
  return knotsOf(frontier(points));
}

/** The stacks among measured curves: their workloads together, by platform and series; those of two or more. */
function stacksAmong(curves) {
  const found = Object.values(Object.groupBy(curves, ({ platform, name }) => `${platform} ${name}`));
  return found.filter((stack) => stack.length > 1);
}

const usual = new Map();

/** How tariffs are fitted to a model's rows until a day: the usual ratio over all stacks, and the pull toward it. */
function ruleOn({ model, as_of }) {
  const key = `${model} ${as_of}`;
  if (!usual.has(key)) {
    const every = { model, as_of, tokens: "total", precision: "any", mtp: "any" };
    const ratios = stacksAmong(standing(every, () => true)).map((stack) =>
      median(
        placesOf(stack)
          .map((at) => fittedTimes(timesAt(stack, at), 1, 0))
          .map(([input, output]) => input / output)
          .filter((ratio) => !Number.isNaN(ratio)),
      ),
    );
    usual.set(key, { ratio: median(ratios), pull: data.tariff.pull });
  }
  return usual.get(key);
}

/** The shortest and the longest input, and output, that the workloads of a stack answer for. */
function region(stack) {
  return [0, 1].map((side) => {
    const tokens = stack.map(({ lengths }) => lengths[side]);
    return [Math.min(...tokens) / data.tariff.reach, Math.max(...tokens) * data.tariff.reach];
  });
}

/** The modeled curves of a platform for a request, and where its stacks answer: nothing where it has none of two. */
function modeledCurves(setting, platform, request) {
  if (setting.tokens !== "total") return { curves: [], regions: [] };
  const stacks = stacksAmong(standing(setting, (stack) => stack.platform === platform));
  const within = (stack) =>
    region(stack).every(([low, high], side) => low <= request.lengths[side] && request.lengths[side] <= high);
  const rule = ruleOn(setting);
  const curves = stacks
    .filter((stack) => placesOf(stack).length && within(stack))
    .map((stack) => ({
      name: stack[0].name,
      cautions: stack.flatMap(({ cautions }) => cautions),
      knots: modeledKnots(stack, request, rule),
      stack,
      rule,
    }));
  return { curves, regions: stacks.map(region) };
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function median(numbers) {
  const rising = numbers.toSorted((one, other) => one - other);
  const middle = rising.length / 2;
  return rising.length % 2 ? rising[Math.floor(middle)] : (rising[middle - 1] + rising[middle]) / 2;
}
