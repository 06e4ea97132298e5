// What a setting says in words and in a table. All text enters the page as text, never as markup.

/** An element with attributes and contents. */
function element(tag, attributes = {}, ...contents) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...contents);
  return made;
}

/** A number with the marks of what taints it. */
function marked(text, cautions = []) {
  const letters = cautions.map((word) => data.marks[word]).join("");
  const mark = letters && element("sup", { class: "mark", "data-letter": letters });
  return element("span", { class: ["number", ...cautions].join(" ") }, text, mark);
}

/** The ends that the measured rows leave open, as they stand beside a number; nothing where they are near. */
function between([low, high], style) {
  return high > data.wide * low ? ` (${show(low, style)} to ${show(high, style)})` : "";
}

/** A number and the ends beside it, as they are shown. */
function withEnds(number, ends) {
  return ends ? [number, element("span", { class: "ends" }, ends)] : [number];
}

/** An amount of a result as it is shown. */
function amount(name, result) {
  const { style } = data.amounts[name];
  const number = marked(show(result.amounts[name], style), cautionsOf(name, result));
  return withEnds(number, between(leftOpen(name, result), style));
}

/** The price at which a platform's token costs as much as the baseline's, as it is shown. */
function evenPrice(subject, baseline) {
  const { style } = data.amounts.break_even_price;
  const number = marked(show(subject.compared.break_even_price, style), evenCautions(subject, baseline));
  return withEnds(number, between(openBetween("break_even_price", subject, baseline), style));
}

/** A template with its places filled by texts and elements. */
function filled(template, contents) {
  return template.split(/\{(\w+)\}/).flatMap((part, place) => (place % 2 ? contents[part] : part));
}

/** The ratio of two platforms in an amount, never below 1, and whether the subject's amount is shown to be higher. */
function times(name, subject, baseline) {
  const [own, other] = [subject, baseline].map(({ amounts }) => amounts[name]);
  const higher = own > other;
  const [more, less] = higher ? [subject, baseline] : [baseline, subject];
  const [[low, high], [otherLow, otherHigh]] = [leftOpen(name, more), leftOpen(name, less)];
  const { style } = data.amounts.ratio;
  const size = formulas.ratio(more.amounts[name], less.amounts[name]);
  const ends = [formulas.ratio(low, otherHigh), formulas.ratio(high, otherLow)];
  const text = show(size, style);
  const open = between(ends, style);
  if (own === other) return { text, open, word: "same" };
  if (isOpen(name, subject, baseline)) return { text, open, word: "open" };
  return { text, open, word: higher ? "higher" : "lower" };
}

/** What a setting's requests ask, and that it is modeled where nobody measured it on one of the platforms. */
function asked(setting) {
  const request = requestOf(setting);
  const measured = setting.platforms.every((platform) => isMeasured(request, platform));
  return measured ? requestWords(request) : `${requestWords(request)} (modeled)`;
}

/** The lengths that a platform's rows answer for, in words. */
function regionWords(regions) {
  const whole = (ends) => ends.map((tokens) => tokens.toLocaleString("en-US")).join(" to ");
  const words = regions.map(([inputs, outputs]) => `${whole(inputs)} input and ${whole(outputs)} output tokens`);
  return [...new Set(words)].join(", or ");
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
  const missing = [baseline, ...subjects].filter((one) => Number.isNaN(one.amounts[cost]));
  const absences = missing.map((one) => {
    const unlike = one.regions.length ? "beyond" : "never";
    const unserved = one.ranges.length ? "outside" : unlike;
    const word = one.series ? "unpriced" : unserved;
    return [word, { subject: one.name, absent: absence(cost, one), ranges: `${said(one.ranges)} tok/s/user`, region: regionWords(one.regions) }];
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

/** Ranges of interactivity in words. */
function said(ranges) {
  return ranges.map((ends) => ends.map((end) => show(end)).join(" to ")).join(" and ");
}

/** The cautions of a break-even price: it rests on both throughputs and on the baseline's price. */
function evenCautions(subject, baseline) {
  const found = [
    cautionsOf("price_per_gpu_hour", baseline),
    cautionsOf("delivered_throughput_per_gpu", subject, baseline),
  ];
  return Object.keys(data.marks).filter((word) => found.flat().includes(word));
}

/** The cells of the table of results: a row's head, then each platform's contents. */
function rows(setting, results) {
  const [baseline] = results;
  const delivered = setting.utilization === 1 ? [] : ["delivered_throughput_per_gpu"];
  const names = [
    ...data.ratios.flatMap((name) => (name === "throughput_per_gpu" ? [name, ...delivered] : [name])),
    "electricity_per_million_tokens",
  ];
  const beside = (name, one) => {
    if (name === "electricity_per_million_tokens") return [...amount("electricity_share", one), " of the cost"];
    if (one === baseline || !data.ratios.includes(name)) return [];
    const { text, open, word } = times(name, one, baseline);
    return [{ same: "the same", open: "not told apart" }[word] ?? `${text} ${word}${open}`];
  };
  const cell = (name, one) => {
    if (Number.isNaN(one.amounts[name])) return [absence(name, one)];
    const [baseMissing, remark] = [Number.isNaN(baseline.amounts[name]), beside(name, one)];
    return remark.length && !baseMissing ? [...amount(name, one), element("small", {}, ...remark)] : amount(name, one);
  };
  const found = names.map((name) => [name, label(name), ...results.map((one) => cell(name, one))]);
  const even = results.map((one) =>
    one.compared && !Number.isNaN(one.compared.break_even_price)
      ? evenPrice(one, baseline)
      : ["–"],
  );
  return [
    ...found,
    ["break_even_price", label("break_even_price"), ...even],
    ["series", "Best series there", ...results.map((one) => [one.series || "–"])],
  ];
}

/** An amount's name with its unit. */
function label(name) {
  const { title, unit } = data.amounts[name];
  return unit ? `${title} (${unit})` : title;
}

/** A share that was chosen, as it was typed. */
function percent(share) {
  return `${Number((share * 100).toPrecision(12))}%`;
}

/** The conditions of a setting in one line. */
function conditions(setting) {
  const own = setting.platforms.filter((key) => setting[`price_${key}`] ?? setting[`power_${key}`]);
  return [
    asked(setting),
    setting.platforms.map((key) => data.platforms[key]).join(", "),
    data.kinds[setting.tokens],
    `rows until ${setting.as_of}`,
    ...(setting.precision === "any" ? [] : [setting.precision.toUpperCase()]),
    ...(setting.mtp === "any" ? [] : [`${setting.mtp} MTP`]),
    ...(setting.minimum_accuracy ? [`accuracy at least ${percent(setting.minimum_accuracy)}`] : []),
    `${data.tiers[setting.price_tier]}, ${setting.vintage}`,
    ...(own.length ? [`own price or power of ${own.map((key) => data.platforms[key]).join(", ")}`] : []),
    ...(setting.utilization === 1 ? ["full load"] : [`${percent(setting.utilization)} utilization`]),
  ].join(" · ");
}
