export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Three figures that count, which is more than a noisy machine gives. */
export function rounded(number) {
  return Number(number.toPrecision(3));
}

/** One object with the median of every number in `rounds`. */
export function mediansOf(rounds) {
  return Object.fromEntries(
    Object.keys(rounds[0]).map((key) => [key, rounded(median(rounds.map((round) => round[key])))]),
  );
}
