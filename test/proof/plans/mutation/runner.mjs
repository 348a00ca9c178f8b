import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

/** The name of the variable that tells where the recording is. */
const RECORDING = 'FIELDGATE_TEST_RECORDING';

/**
 * Runs the questions of a recording for StrykerJS, against gateways in this process. A change is switched on by a number, so
 * one process tries hundreds of them: to load the product anew for each takes seconds, and a question takes milliseconds.
 */
class PlansRunner {
  static inject = tokens();
  /** What the changed code and StrykerJS tell each other by. */
  context = (globalThis.__stryker__ ??= {});
  asking;

  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const outcomes = await this.#ask({ onQuestion: (id) => (this.context.currentTestId = id) });
    this.context.currentTestId = undefined;
    return { ...resultOf(outcomes), mutantCoverage: this.context.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    Object.assign(this.context, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    try {
      const outcomes = await this.#ask({ ids: testFilter && new Set(testFilter), bail: !disableBail });
      const { hitCount } = this.context;
      return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? resultOf(outcomes), disableBail);
    } finally {
      this.context.activeMutant = undefined;
    }
  }

  async #ask(options) {
    const start = performance.now();
    try {
      this.asking ??= await open();
      return await this.asking.run(options);
    } catch (error) {
      // Such as a gateway that does not start.
      return [{ id: 'everything', milliseconds: performance.now() - start, fault: String(error?.stack ?? error) }];
    }
  }
}

/** Loads the product, of which StrykerJS has put a changed copy into the working directory. */
function open() {
  const require = createRequire(path.join(process.cwd(), 'package.json'));
  require('@swc-node/register');
  const { Asking } = require(path.resolve('test/proof/plans/mutation/asking.ts'));
  return Asking.open(process.env[RECORDING]);
}

function resultOf(outcomes) {
  const tests = new Map(
    outcomes.map(({ id, milliseconds, fault }) => [
      id,
      {
        id,
        name: id,
        timeSpentMs: milliseconds,
        ...(fault === undefined
          ? { status: TestStatus.Success }
          : { status: TestStatus.Failed, failureMessage: fault }),
      },
    ]),
  );
  return { status: DryRunStatus.Complete, tests: [...tests.values()] };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'plans', PlansRunner)];
