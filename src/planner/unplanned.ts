/** Thrown while planning, for what a plan cannot express. The operation then runs on the reference path, as a whole. */
export class Unplanned extends Error {
  constructor() {
    super('This operation is not planned.');
  }
}
