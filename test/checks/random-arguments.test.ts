import { Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { RANDOM_CALL, RandomCall } from '../support/random-arguments';
import { chartIn } from '../support/tree';

/** `RUNS=50000 SEED=7 npx jest random-arguments` asks more, or other questions. */
const RUNS = Number(process.env['RUNS'] ?? 1_250);
const SEED = Number(process.env['SEED'] ?? 20_261_125);

/** Words of the engine, which say nothing about what was given. */
const RAW = /cannot read prop|is not (a function|iterable|a constructor)|undefined or null|reading '|convert .* to |array length|call stack|circular/i;

test(`${RUNS} random calls of seed ${SEED} are refused in words, or synthesize`, () => {
  const outcomes = { refused: 0, unsound: 0, written: 0 };
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  jest.spyOn(console, 'error').mockReturnValue();
  fc.assert(fc.property(RANDOM_CALL, (call) => { outcomes[outcomeOf(call)] += 1; }), { seed: SEED, numRuns: RUNS, endOnFailure: true });
  expect(outcomes.refused).toBeGreaterThan(RUNS / 10);
  expect(outcomes.written).toBeGreaterThan(RUNS / 3);
});

function outcomeOf({ run }: RandomCall): 'refused' | 'unsound' | 'written' {
  const chart = chartIn();
  if (!succeeds(() => run(chart))) { return 'refused'; }
  return succeeds(() => synth(chart)) ? 'written' : 'unsound';
}

function synth(chart: Chart): void {
  expect(JSON.stringify(Testing.synth(chart))).not.toMatch(/\[object |undefined|NaN/);
}

/** Whether an action succeeds; what it throws must be in our words. */
function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'Error' || RAW.test(message)) { throw error; }
    return false;
  }
}
