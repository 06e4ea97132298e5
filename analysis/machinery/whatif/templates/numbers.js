// Numbers as text, digit by digit as the reports round them: half to even, on the shortest decimal of the number.

const LETTERS = [
  [9, "B"],
  [6, "M"],
  [3, "K"],
];

/** A positive number as its significant digits and the power of ten of the first. */
function decimal(number) {
  const [mantissa, exponent] = number.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), exponent: Number(exponent) };
}

/** The decimal, rounded half to even to so many digits. */
function rounded({ digits, exponent }, count) {
  if (count >= digits.length) return { digits, exponent };
  if (count < 0) return { digits: "0", exponent: 0 };
  const kept = digits.slice(0, count);
  const rest = digits.slice(count);
  const odd = Number(kept.at(-1) ?? 0) % 2 === 1;
  if (!(rest > "5" || (rest === "5" && odd)))
    return count ? { digits: kept, exponent } : { digits: "0", exponent: 0 };
  const raised = String(BigInt(kept || 0) + 1n);
  return { digits: raised, exponent: exponent + raised.length - count };
}

/** The decimal with so many places, its thousands apart. */
function fixed({ digits, exponent }, places) {
  const whole = exponent < 0 ? "0" : digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = ("0".repeat(Math.max(0, -exponent - 1)) + digits.slice(Math.max(0, exponent + 1))).slice(
    0,
    places,
  );
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return places ? `${apart}.${fraction.padEnd(places, "0")}` : apart;
}

/** A number as text with so many significant digits, without its unit. */
function show(number, style = "plain", digits = 3) {
  if (Number.isNaN(number)) return "n/a";
  if (!Number.isFinite(number)) return number > 0 ? "∞" : "−∞";
  let amount = decimal(Math.abs(number));
  if (style === "percent" && number !== 0) amount.exponent += 2;
  amount = rounded(amount, style === "whole" ? amount.exponent + 1 : digits);
  const zero = Number(amount.digits) === 0;
  let letter = "";
  if (!zero && amount.exponent >= (style === "compact" ? 27 : 18)) {
    const raised = [...String(amount.exponent)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");
    amount = rounded({ ...amount, exponent: 0 }, digits);
    letter = `×10${raised}`;
  } else if (style === "compact") {
    const found = LETTERS.find(([power]) => amount.exponent >= power);
    if (found) {
      amount.exponent -= found[0];
      letter = found[1];
    }
  }
  const places = zero || (style === "whole" && !letter) ? 0 : Math.max(0, digits - 1 - amount.exponent);
  const [before, after] = { dollars: ["$", ""], times: ["", "x"], percent: ["", "%"] }[style] ?? ["", ""];
  return `${number < 0 && !zero ? "−" : ""}${before}${fixed(amount, places)}${letter}${after}`;
}
