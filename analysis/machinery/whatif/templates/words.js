// Numbers and names as the page shows them. All text enters the page as text, never as markup.

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

/** The cautions of a break-even price: it rests on both throughputs and on the baseline's price. */
function evenCautions(subject, baseline) {
  const found = [
    cautionsOf("price_per_gpu_hour", baseline),
    cautionsOf("delivered_throughput_per_gpu", subject, baseline),
  ];
  return Object.keys(data.marks).filter((word) => found.flat().includes(word));
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

/** An amount's name with its unit. */
function label(name) {
  const { title, unit } = data.amounts[name];
  return unit ? `${title} (${unit})` : title;
}

/** A share that was chosen, as it was typed. */
function percent(share) {
  return `${Number((share * 100).toPrecision(12))}%`;
}

/** Ranges of interactivity in words. */
function said(ranges) {
  return ranges.map((ends) => ends.map((end) => show(end)).join(" to ")).join(" and ");
}
