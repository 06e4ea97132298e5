// The controls: they show the setting, and each change of one is checked as an address is.

const form = document.getElementById("setting");
const dayControl = form.elements.as_of;
const slider = document.getElementById("slider");
const platformBoxes = [...form.elements].filter(({ name }) => name === "platform");
const fieldControls = [...form.elements].filter(({ name }) => Object.hasOwn(data.fields, name));

/** The setting after a control was changed; nothing where the control stands at what is not allowed. */
function changed(setting, control) {
  const [baseline, ...subjects] = setting.platforms;
  if (control.name === "baseline") {
    return { ...setting, platforms: [control.value, ...subjects.filter((key) => key !== control.value)] };
  }
  if (control.name === "platform") {
    const chosen = Object.keys(data.platforms).filter((key) =>
      key === control.value ? control.checked : subjects.includes(key),
    );
    return { ...setting, platforms: [baseline, ...chosen] };
  }
  const emptied = control.value === "" && !control.validity.badInput;
  if (emptied && data.initial[control.name] === undefined) return withValue(setting, control.name, undefined);
  const percent = control.dataset.percent !== undefined && control.value !== "";
  const value = accepted(control.name, percent ? String(Number(control.value) / 100) : control.value);
  return value === undefined ? undefined : withValue(setting, control.name, value);
}

/** The setting without own prices and powers. */
function withoutOwn(setting) {
  return Object.fromEntries(Object.entries(setting).filter(([key]) => !ownOf(key)));
}

/** Which platform's own price or power a key of the setting holds; nothing for any other key. */
function ownOf(key) {
  const [, kind, platform] = key.match(/^(price|power)_(.+)$/) ?? [];
  return Object.hasOwn(data.platforms, platform) ? { kind, platform } : undefined;
}

/** Make every control show the setting, but for the one that is being typed into. */
function showSetting(setting, typing) {
  const [baseline] = setting.platforms;
  form.elements.baseline.value = baseline;
  for (const box of platformBoxes) {
    box.checked = setting.platforms.includes(box.value);
    box.disabled = box.value === baseline;
  }
  offer(setting);
  const [low, high] = modelOf(setting).ranges[setting.workload] ?? [setting.interactivity, setting.interactivity];
  slider.min = Math.min(low, setting.interactivity);
  slider.max = Math.max(high, setting.interactivity);
  for (const control of fieldControls) {
    if (control === typing) continue;
    const shown = shownIn(setting, control);
    if (control.value !== shown) control.value = shown;
    control.removeAttribute("aria-invalid");
  }
  for (const row of form.querySelectorAll("[data-own]")) {
    row.hidden = !setting.platforms.includes(row.dataset.own);
    row.classList.toggle(
      "own",
      ["price", "power"].some((kind) => setting[`${kind}_${row.dataset.own}`] !== undefined),
    );
  }
  document.getElementById("forget").hidden = !Object.keys(setting).some(
    (key) => setting[key] !== undefined && ownOf(key),
  );
}

/** Offer what a model was measured with: its days, workloads, platforms and sellers. What is set stays in sight. */
function offer(setting) {
  const { days, platforms, ranges, sellers } = modelOf(setting);
  const offered = [...new Set([...days, setting.as_of])].sort();
  if (offered.join() !== [...dayControl.options].map(({ value }) => value).join())
    dayControl.replaceChildren(...offered.map((day) => new Option(day, day)));
  const keep = (options, allowed, chosen) => {
    for (const option of options) option.hidden = option.disabled = !(allowed(option.value) || chosen(option.value));
  };
  const isChosen = (key) => setting.platforms.includes(key);
  keep(form.elements.workload, (name) => name in ranges, (name) => name === setting.workload);
  keep(form.elements.baseline, (key) => platforms.includes(key), isChosen);
  keep(form.elements.token_seller, (name) => name === data.initial.token_seller || name in sellers, () => false);
  for (const box of platformBoxes) box.closest("li").hidden = !platforms.includes(box.value) && !isChosen(box.value);
}

/** The text at which a control shows the setting: shares in percent, prices and powers of the vintage unless own. */
function shownIn(setting, { name, dataset }) {
  const own = ownOf(name);
  const assumed = own && data.assumptions[setting.vintage][own.platform];
  const standard = assumed?.[own.kind === "price" ? setting.price_tier : own.kind]?.number;
  const sold = TOKEN_PRICES.includes(name) ? tokenPrices(setting)[name] : undefined;
  const value = setting[name] ?? standard ?? sold ?? "";
  return dataset.percent === undefined || value === "" ? String(value) : percent(value).slice(0, -1);
}
