// A setting, and how it is read from an address and written into one. What is not allowed is left out.

const AMOUNT = /^\d{1,18}(\.\d{1,20})?(e[+-]?\d{1,3})?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a text means for a key of the setting; undefined where it is not allowed. */
function accepted(key, text) {
  const field = Object.hasOwn(data.fields, key) ? data.fields[key] : {};
  if (field.choices) return field.choices.includes(text) ? text : undefined;
  if (field.several) {
    const keys = [...new Set(text.split(","))];
    return keys.every((one) => field.several.includes(one)) ? keys : undefined;
  }
  if (field.day) return DAY.test(text) && isDay(text) ? text : undefined;
  if (field.high === undefined || !AMOUNT.test(text)) return undefined;
  const amount = Number(text);
  const above = field.low_included ? amount >= field.low : amount > field.low;
  return above && amount <= field.high ? amount : undefined;
}

function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const RIVALS = { tokens_per_day: "concurrent_users", concurrent_users: "tokens_per_day" };

/** A setting with a value in place of another; a load is stated in one way, and a model opens at its own place. */
function withValue(setting, key, value) {
  if (key === "model") {
    const { opening, sellers } = data.models[value];
    const token_seller = setting.token_seller in sellers ? setting.token_seller : data.initial.token_seller;
    return { ...setting, ...opening, token_seller, input_tokens: undefined, output_tokens: undefined };
  }
  return { ...setting, [key]: value, ...(value !== undefined && RIVALS[key] ? { [RIVALS[key]]: undefined } : {}) };
}

/** The setting of an address, and the keys of it that were not understood; what is not named stays as published. */
function read(fragment) {
  const stated = [...new URLSearchParams(fragment)];
  const model = stated.findLast(([key]) => key === "model")?.[1] ?? data.initial.model;
  let setting = { ...data.initial };
  if (model !== setting.model && accepted("model", model)) setting = withValue(setting, "model", model);
  const refused = [];
  for (const [key, text] of stated) {
    const value = accepted(key, text);
    if (value === undefined) refused.push(Object.hasOwn(data.fields, key) ? key : "");
    else if (key !== "model") setting = withValue(setting, key, value);
  }
  return { setting, refused };
}

/** A setting as the part of an address behind its #. */
function written(setting) {
  return Object.keys(data.fields)
    .filter((key) => setting[key] !== undefined)
    .map((key) => `${key}=${encodeURIComponent(String(setting[key])).replaceAll("%2F", "/").replaceAll("%2C", ",")}`)
    .join("&");
}
