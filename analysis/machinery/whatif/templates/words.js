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
  const mark = letters && element("sup", { class: "mark" }, letters);
  return element("span", { class: ["number", ...cautions].join(" ") }, text, mark);
}

/** An amount of a result as it is shown. */
function amount(name, result) {
  return marked(show(result.amounts[name], data.amounts[name].style), cautionsOf(name, result));
}

/** A template with its places filled by texts and elements. */
function filled(template, contents) {
  return template.split(/\{(\w+)\}/).map((part, place) => (place % 2 ? contents[part] : part));
}

/** The ratio of two platforms in an amount, never below 1, and whether the subject's amount is the higher one. */
function times(name, subject, baseline) {
  const [own, other] = [subject, baseline].map(({ amounts }) => amounts[name]);
  const higher = own > other;
  const size = higher ? formulas.ratio(own, other) : formulas.ratio(other, own);
  const text = show(size, data.amounts.ratio.style);
  return { text, word: own === other ? "same" : higher ? "higher" : "lower" };
}

/** One sentence for each platform that is compared with the first, or for the first alone. */
function sentences(setting, [baseline, ...subjects]) {
  const where = {
    interactivity: String(setting.interactivity),
    workload: setting.workload,
    vintage: setting.vintage,
    tier: data.tiers[setting.price_tier],
  };
  const cost = "cost_per_million_tokens";
  const missing = [baseline, ...subjects].filter((one) => Number.isNaN(one.amounts[cost]));
  const absences = missing.map((one) => {
    const unserved = one.ranges.length ? "outside" : "never";
    const word = one.series ? "unpriced" : unserved;
    return [word, { subject: one.name, absent: absence(cost, one), ranges: `${said(one.ranges)} tok/s/user` }];
  });
  const present = missing.includes(baseline) ? [] : subjects.filter((one) => !missing.includes(one));
  const comparisons = present.map((subject, place) => {
    const { text, word } = times(cost, subject, baseline);
    const even = show(subject.compared.break_even_price, data.amounts.break_even_price.style);
    const contents = {
      subject: subject.name,
      baseline: baseline.name,
      cost: amount(cost, subject),
      other_cost: amount(cost, baseline),
      ratio: marked(text, cautionsOf(cost, subject, baseline)),
      break_even: marked(even, evenCautions(subject, baseline)),
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
    if (name === "electricity_per_million_tokens") return [amount("electricity_share", one), " of the cost"];
    if (one === baseline || !data.ratios.includes(name)) return [];
    const { text, word } = times(name, one, baseline);
    return word === "same" ? ["the same"] : [`${text} ${word}`];
  };
  const cell = (name, one) => {
    if (Number.isNaN(one.amounts[name])) return [absence(name, one)];
    const [baseMissing, remark] = [Number.isNaN(baseline.amounts[name]), beside(name, one)];
    return remark.length && !baseMissing ? [amount(name, one), element("small", {}, ...remark)] : [amount(name, one)];
  };
  const found = names.map((name) => [name, label(name), ...results.map((one) => cell(name, one))]);
  const even = results.map((one) =>
    one.compared && !Number.isNaN(one.compared.break_even_price)
      ? [marked(show(one.compared.break_even_price, "dollars"), evenCautions(one, baseline))]
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
    setting.workload,
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
