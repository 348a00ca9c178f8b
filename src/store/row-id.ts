/** The largest id that both databases keep in an integer. */
const LARGEST_ID = 2_147_483_647;

/** @returns the id that a client means, or undefined for what cannot be one, so that it is not found like any other */
export function readRowId(text: string): number | undefined {
  const id = /^(?:0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Number.NaN;
  return id <= LARGEST_ID ? id : undefined;
}
