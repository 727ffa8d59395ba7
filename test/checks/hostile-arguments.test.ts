import { Testing } from 'cdk8s';
import { HOSTILE, places } from '../support/hostile-arguments';
import { chartIn } from '../support/tree';

/** Each place gets every so many-th value, another one each: `EVERY=1 npx jest hostile-arguments` gives all of them everywhere. A prime, so that every value has its turn. */
const EVERY = Number(process.env['EVERY'] ?? 23);

/** Words of the engine and of Node.js, which say nothing about what was given. */
const RAW = new RegExp("cannot read prop|is not (a function|iterable|a constructor)|undefined or null|reading '|convert .* to |array length|call stack|circular"
  + '|null bytes|ENOENT|EISDIR|symbol value', 'i');

test('every value in every place is refused with a message, or synthesizes', () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const values = Object.entries(HOSTILE);
  const outcomes = { refused: 0, written: 0 };
  let turn = 0;
  for (const { name, call } of places()) {
    for (const [what, value] of values) {
      turn += 1;
      if (turn % EVERY === 0) { outcomes[outcomeOf(`${name} = ${what}`, (chart) => call(chart, value))] += 1; }
    }
    turn += 1;
  }
  expect(outcomes.refused).toBeGreaterThan(40_000 / EVERY);
  expect(outcomes.written).toBeGreaterThan(2_000 / EVERY);
}, 300_000);

function outcomeOf(what: string, run: (chart: ReturnType<typeof chartIn>) => unknown): 'refused' | 'written' {
  const chart = chartIn();
  let output: string;
  try {
    run(chart);
    output = JSON.stringify(Testing.synth(chart));
  } catch (error) {
    const { name, message } = error as Error;
    // What a getter throws is quoted, and is its own.
    if (name !== 'Error' || RAW.test(message.replace(/cannot be read \(.*?\); give/g, ''))) { throw new Error(`${what}: ${name}: ${message}`, { cause: error }); }
    return 'refused';
  }
  if (/\[object |undefined|NaN/.test(output)) { throw new Error(`${what} writes ${/.{0,40}(\[object |undefined|NaN)/.exec(output)?.[0]}`); }
  return 'written';
}
