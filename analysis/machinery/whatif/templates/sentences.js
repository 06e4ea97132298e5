// What a setting says in sentences: one for each platform, and its conditions in a line.

/** A template with its places filled by texts and elements. */
function filled(template, contents) {
  return template.split(/\{(\w+)\}/).flatMap((part, place) => (place % 2 ? contents[part] : part));
}

/** What a setting's requests ask, and that it is modeled where nobody measured it on one of the platforms. */
function asked(setting) {
  const request = requestOf(setting);
  const measured = setting.platforms.every((platform) => isMeasured(setting, request, platform));
  return measured ? requestWords(request) : `${requestWords(request)} (modeled)`;
}

/** The lengths that a platform's rows answer for, in words. */
function regionWords(regions) {
  const whole = (ends) => ends.map((tokens) => tokens.toLocaleString("en-US")).join(" to ");
  const words = regions.map(([inputs, outputs]) => `${whole(inputs)} input and ${whole(outputs)} output tokens`);
  return [...new Set(words)].join(", or ");
}

/** Why the rows of a model cannot answer at all: medians over runs know no earlier day, no wait and no slowest user. */
function cannotAnswer(setting) {
  const { medians_until } = modelOf(setting);
  if (!medians_until) return "";
  if (WITHOUT_RUNS.some((name) => setting[name] !== undefined)) return "medians";
  return setting.as_of < medians_until ? "undated" : "";
}

/** One sentence for each platform that is compared with the first, or for the first alone. */
function sentences(setting, [baseline, ...subjects]) {
  const where = {
    interactivity: String(setting.interactivity),
    workload: asked(setting),
    vintage: setting.vintage,
    tier: data.tiers[setting.price_tier],
  };
  const cost = "cost_per_million_tokens";
  const unanswered = cannotAnswer(setting);
  if (unanswered) return [filled(data.sentences[unanswered], { ...setting, until: modelOf(setting).medians_until })];
  const missing = [baseline, ...subjects].filter((one) => Number.isNaN(one.amounts[cost]));
  const absences = missing.map((one) => {
    const unlike = one.regions.length ? "beyond" : "never";
    const unserved = one.ranges.length ? "outside" : unlike;
    const word = one.series ? "unpriced" : unserved;
    const ranges = `${said(one.ranges)} tok/s/user`;
    return [word, { subject: one.name, absent: absence(cost, one), ranges, region: regionWords(one.regions) }];
  });
  const present = missing.includes(baseline) ? [] : subjects.filter((one) => !missing.includes(one));
  const comparisons = present.map((subject, place) => {
    const { text, open, word } = times(cost, subject, baseline);
    const contents = {
      subject: subject.name,
      baseline: baseline.name,
      cost: amount(cost, subject),
      other_cost: amount(cost, baseline),
      ratio: withEnds(marked(text, cautionsOf(cost, subject, baseline)), open),
      break_even: evenPrice(subject, baseline),
      price: amount("price_per_gpu_hour", subject),
    };
    return [place ? `also ${word}` : word, contents];
  });
  const alone = [baseline, ...subjects].filter((one) => !missing.includes(one) && !present.length);
  const levels = alone.map((one) => ["alone", { subject: one.name, cost: amount(cost, one) }]);
  return [...comparisons, ...levels, ...absences].map(([word, contents]) =>
    filled(data.sentences[word], { ...where, tokens: data.tokens[setting.tokens], ...contents }),
  );
}

/** The conditions of a setting in one line. */
function conditions(setting) {
  const own = setting.platforms.filter((key) => setting[`price_${key}`] ?? setting[`power_${key}`]);
  const unless = (usual, words) => (usual ? [] : [words]);
  const load = setting.concurrent_users ?? setting.tokens_per_day;
  return [
    setting.model,
    asked(setting),
    setting.platforms.map((key) => data.platforms[key]).join(", "),
    data.kinds[setting.tokens],
    `rows until ${setting.as_of}`,
    ...unless(setting.precision === "any", setting.precision.toUpperCase()),
    ...unless(setting.mtp === "any", `${setting.mtp} MTP`),
    ...Object.keys(LIMITS).flatMap((name) => unless(setting[name] === undefined, limitWords(setting, name))),
    `${data.tiers[setting.price_tier]}, ${setting.vintage}`,
    ...unless(!own.length, `own price or power of ${own.map((key) => data.platforms[key]).join(", ")}`),
    setting.utilization === 1 ? "full load" : `${percent(setting.utilization)} utilization`,
    ...unless(load === undefined, `${show(load ?? NaN, "compact")} ${setting.concurrent_users ? "users at once" : "tokens a day"}`),
    ...unless(setting.token_seller === data.initial.token_seller, `tokens sold at the prices of ${setting.token_seller}`),
  ].join(" · ");
}

/** A limit of a setting in words. */
function limitWords(setting, name) {
  const { percent: isShare, words } = data.fields[name];
  return `${words} ${isShare ? percent(setting[name]) : setting[name]}`;
}
