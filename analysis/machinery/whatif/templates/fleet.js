// What a load asks of a platform, and what its tokens sell for. The arithmetic itself is generated elsewhere.

/** The tokens of a day's load: as stated, or of users who are served at once; nothing where no load is stated. */
function tokensPerDay(setting, interactivity) {
  if (setting.concurrent_users === undefined) return setting.tokens_per_day;
  const [input_tokens, output_tokens] = requestOf(setting).lengths;
  return load_of_users({ ...setting, interactivity, input_tokens, output_tokens }).tokens_per_day_for_output;
}

/** The GPUs that carry a setting's load at its peak, their power and cost; nothing where it states no load. */
function fleetOf(setting, amounts, interactivity) {
  const tokens_per_day = tokensPerDay(setting, interactivity);
  if (tokens_per_day === undefined || setting.tokens !== "total") return {};
  const { peak_factor, peak_utilization } = setting;
  const taken = { ...amounts, tokens_per_day, peak_factor, peak_utilization, gpus: 1 };
  const fleet_gpus = Math.ceil(needed(taken).deployments_for_load);
  return { fleet_gpus, ...fleet({ ...taken, fleet_gpus }) };
}

const TOKEN_PRICES = ["price_of_cache_miss", "price_of_cache_hit", "output_token_price"];

/** What a setting's seller asks for tokens, by kind; a cached one costs as any other where nobody says. */
function tokenPrices(setting) {
  const listed = modelOf(setting).sellers[setting.token_seller] ?? {};
  const [miss, hit, output] = TOKEN_PRICES.map((name) => setting[name] ?? listed[name]);
  return { price_of_cache_miss: miss, price_of_cache_hit: hit ?? miss, output_token_price: output };
}

/** The mean price of a token and what its cost leaves of it; nothing where no seller's prices are known. */
function soldOf(setting, { cost_per_million_tokens }) {
  const prices = tokenPrices(setting);
  if (setting.tokens !== "total" || Object.values(prices).includes(undefined)) return {};
  const { lengths, cached } = requestOf(setting);
  const [input_tokens, output_tokens] = lengths;
  const taken = { ...prices, input_tokens, output_tokens, cache_hit_rate: cached, cost_per_million_tokens };
  const { blended_token_price, gross_margin } = selling(taken);
  return { blended_token_price, gross_margin };
}

/** The cautions of token prices: those that a reader typed are assumed. */
function sellerCautions(setting) {
  return Object.fromEntries(TOKEN_PRICES.map((name) => [name, setting[name] === undefined ? [] : ["assumed"]]));
}
