// The table of results: a row's head, then each platform's contents.

const FLEET = ["fleet_gpus", "fleet_power", "cost_per_month", "delivered_cost_per_million_tokens"];
const SOLD = ["blended_token_price", "gross_margin"];

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
  const line = (name) => [name, label(name), ...results.map((one) => cell(name, one))];
  const asked = [...FLEET, ...SOLD].filter((name) => name in baseline.amounts);
  const even = results.map((one) =>
    one.compared && !Number.isNaN(one.compared.break_even_price) ? evenPrice(one, baseline) : ["–"],
  );
  return [
    ...names.map(line),
    ["break_even_price", label("break_even_price"), ...even],
    ...asked.map(line),
    ["series", "Best series there", ...results.map((one) => [one.series || "–"])],
  ];
}
