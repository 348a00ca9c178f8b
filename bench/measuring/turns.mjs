/** Who comes when in a round: A B C, B C A, … Whatever the machine does beside meets all of them. */
export function inTurn(runners, round) {
  const first = round % runners.length;
  return [...runners.slice(first), ...runners.slice(0, first)];
}
