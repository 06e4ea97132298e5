// What a setting makes of the measured curves. The arithmetic itself is `serving` and `comparison`, generated elsewhere.

/** What is given for a platform beside its throughput, and why a reader should take care with it. */
function given(setting, platform) {
  const assumed = data.assumptions[setting.vintage][platform];
  const price = setting[`price_${platform}`];
  const power = setting[`power_${platform}`];
  const amounts = {
    price_per_gpu_hour: price ?? assumed[setting.price_tier]?.number ?? NaN,
    power_per_gpu: power ?? assumed.power?.number ?? NaN,
    utilization: setting.utilization,
    electricity_price: setting.electricity_price,
    pue: power === undefined ? 1 : setting.pue, // the power of a vintage holds the facility's overhead already
    average_load: data.average_load,
  };
  const changed = (key) => (setting[key] === data.initial[key] ? [] : ["assumed"]);
  const stated = (own, value) => (own === undefined ? [value?.caution ?? ""] : ["assumed"]);
  const cautions = {
    price_per_gpu_hour: stated(price, assumed[setting.price_tier]),
    power_per_gpu: stated(power, assumed.power),
    utilization: changed("utilization"),
    electricity_price: changed("electricity_price"),
    average_load: ["assumed"],
    ...sellerCautions(setting),
  };
  return { amounts, cautions };
}

/** A platform under a setting: its curves, what is given, and its results at any interactivity. */
function contender(setting, platform) {
  const request = requestOf(setting);
  const name = requestWords(request);
  const { curves, regions } = isMeasured(setting, request, platform)
    ? { curves: standing(setting, (stack) => stack.platform === platform && stack.workload === name), regions: [] }
    : modeledCurves(setting, platform, request);
  const { amounts, cautions } = given(setting, platform);
  return {
    key: platform,
    name: data.platforms[platform],
    curves,
    regions,
    ranges: ranges(curves),
    at(interactivity) {
      const { curve, throughput } = highest(curves, interactivity);
      const made = (throughput_per_gpu) => {
        const taken = { ...amounts, throughput_per_gpu };
        Object.assign(taken, serving(taken));
        return Object.assign(taken, fleetOf(setting, taken, interactivity), soldOf(setting, taken));
      };
      const served = curve && Math.max(interactivity, curve.knots[0][0]);
      const read = curve?.knots[0].includes(served) ? "" : "interpolated";
      return {
        series: curve?.name ?? "",
        amounts: made(throughput),
        ends: endsAt(curves, interactivity).map(made),
        cautions: { ...cautions, throughput_per_gpu: curve ? [curve.stack ? "modeled" : read, ...curve.cautions] : [] },
      };
    },
  };
}

/** Between which throughputs the best of several curves lies: by the rows around it, or by its model's typical error. */
function endsAt(curves, interactivity) {
  const { curve, throughput } = highest(curves, interactivity);
  if (!curve?.stack) return bracket(curves, interactivity);
  const error = typicalError(curve.stack, Math.max(interactivity, curve.knots[0][0]), curve.rule);
  return [throughput / error, throughput * error];
}

/** How a subject compares with a baseline, both as `contender.at` gives them. */
function compared(subject, baseline) {
  return comparison(subject.amounts, baseline.amounts);
}

/** The least and the most of some numbers. */
function extent(numbers) {
  return [Math.min(...numbers), Math.max(...numbers)];
}

/** Between which ends the measured rows leave an amount of a platform open. */
function leftOpen(name, result) {
  return extent(result.ends.map((amounts) => amounts[name]));
}

/** Between which ends they leave a comparison of two platforms open. */
function openBetween(name, subject, baseline) {
  return extent(subject.ends.flatMap((own) => baseline.ends.map((other) => comparison(own, other)[name])));
}

/** Whether the measured rows leave open which of two platforms has more of an amount. */
function isOpen(name, subject, baseline) {
  const [[low, high], [otherLow, otherHigh]] = [leftOpen(name, subject), leftOpen(name, baseline)];
  return low <= otherHigh && otherLow <= high;
}

/** Everything that a setting says: each platform at the interactivity, and every other one beside the first. */
function evaluate(setting) {
  const contenders = setting.platforms.map((platform) => contender(setting, platform));
  const results = contenders.map((one) => ({ ...one, ...one.at(setting.interactivity) }));
  const [baseline, ...subjects] = results;
  for (const subject of subjects) subject.compared = compared(subject, baseline);
  return results;
}

/** Why there is no amount, of one platform or of several: what is not given, or else nobody measured it. */
function absence(name, ...results) {
  const absent = data.origins[name].find((origin) => results.some(({ amounts }) => Number.isNaN(amounts[origin])));
  return data.absent[absent] ?? "not measured";
}

/** The cautions that taint an amount, given or made, of one platform or of several. */
function cautionsOf(name, ...results) {
  const found = results.flatMap(({ cautions }) => data.origins[name].flatMap((origin) => cautions[origin] ?? []));
  return Object.keys(data.marks).filter((word) => found.includes(word));
}
