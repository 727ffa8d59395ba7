import * as fc from 'fast-check';
import { printedSeed } from '../support/seed';
import { CASES } from './cases';
import { inParallel } from './support/api-server';
import { Ground } from './support/ground';
import { RANDOM_OBJECT, type RandomObject } from './support/random-objects';
import { admission, difference, errorsIn } from './support/admission';

/** `OBJECTS=20000 SEED=-42 npm run test:cert-manager -- admission` asks more, or the same again. */
const OBJECTS = Number(process.env['OBJECTS'] ?? 3000);
const SEED = printedSeed();

let ground: Ground;
beforeAll(async () => { ground = await Ground.claim('admission'); });
afterAll(() => ground?.release());

const differs = async ({ manifest }: Pick<RandomObject, 'manifest'>): Promise<string | undefined> =>
  difference(await admission(ground.api, ground.namespace, manifest), errorsIn(manifest));

test.each(CASES)('%s (accepted: %s): %s %j', async (_, accepted, kind, spec) => {
  const manifest = { apiVersion: 'cert-manager.io/v1', kind, metadata: { name: 'case' }, spec };
  expect((await admission(ground.api, ground.namespace, manifest)).accepted).toBe(accepted);
  expect(await differs({ manifest })).toBeUndefined();
});

test(`${OBJECTS} random objects of seed ${SEED}: the rules report what cert-manager rejects, and accept what it accepts or have a reason not to`, async () => {
  const objects = fc.sample(RANDOM_OBJECT, { seed: SEED, numRuns: OBJECTS });
  const tally = new Tally();
  const differing: number[] = [];
  const started = Date.now();
  await inParallel(16, objects, async ({ manifest, areas }, index) => {
    const answer = await admission(ground.api, ground.namespace, manifest);
    const errors = errorsIn(manifest);
    tally.add(areas, answer.accepted, errors.map(({ rule: { code } }) => code));
    if (difference(answer, errors) !== undefined) { differing.push(index); }
  });
  process.stdout.write(`${tally.report(objects.length)}\n${Math.round((Date.now() - started) / 1000)} s\n`);
  expect(await counterexamples(differing)).toEqual([]);
  // Every rule's fields were tried.
  expect([...tally.areas].sort()).toEqual(expect.arrayContaining(AREAS));
}, 600_000);

/** The smallest objects that differ as some of those at the given places of the sample do. */
async function counterexamples(differing: readonly number[]): Promise<string[]> {
  const found = new Map<string, string>();
  for (const index of [...differing].sort((a, b) => a - b).slice(0, 40)) {
    const agreed = fc.asyncProperty(RANDOM_OBJECT, async (object) => await differs(object) === undefined);
    const smallest = await fc.check(agreed, { seed: SEED, path: String(index), interruptAfterTimeLimit: 15_000 });
    const { manifest, story } = (smallest.counterexample?.[0] ?? fc.sample(RANDOM_OBJECT, { seed: SEED, numRuns: index + 1 })[index]!) as RandomObject;
    const what = await differs({ manifest }) ?? 'differs no longer';
    // One of a kind is enough.
    found.set(what.replace(/"[^"]*"|'[^']*'|\d+/g, '…'), `${what}\n    ${story}\n    ${JSON.stringify(manifest)}`);
  }
  return [...found.values()];
}

/** R1–R25 of the webhook, as the changes name them. */
const AREAS = [
  'R1 secretName', 'R10 privateKey', 'R11 signatureAlgorithm', 'R12 duration', 'R12 renewBefore', 'R12 renewBeforePercentage', 'R13 usages', 'R14 revisionHistoryLimit', 'R15 annotations', 'R15 labels',
  'R16 nameConstraints', 'R17 additionalOutputFormats', 'R18 keystores', 'R19 cron', 'R19 renewal', 'R19 timezone', 'R19 windowDuration', 'R2 issuerRef', 'R20 types', 'R21 ca', 'R22 vault', 'R23 acme', 'R24 dns01',
  'R25 venafi', 'R3 issuerRef', 'R4 literalSubject', 'R5 names', 'R6 commonName', 'R7 ipAddresses', 'R8 emailAddresses', 'R9 otherNames', 'S names', 'structure',
];

/** Counts of answers, by area of the change. */
class Tally {
  readonly areas = new Set<string>();
  private accepted = 0;
  private unchanged = 0;
  private readonly refusing = new Map<string, number>();
  private readonly stricter = new Map<string, number>();

  add(areas: readonly string[], accepted: boolean, codes: readonly string[]): void {
    for (const area of areas) { this.areas.add(area); }
    if (areas.length === 0) { this.unchanged += 1; }
    if (accepted) { this.accepted += 1; }
    const counts = accepted ? this.stricter : this.refusing;
    for (const code of new Set(codes)) { counts.set(code, (counts.get(code) ?? 0) + 1); }
  }

  report(objects: number): string {
    const listed = (counts: ReadonlyMap<string, number>): string => [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([code, count]) => `${code} ${count}`).join(', ') || 'none';
    return [
      `${objects} objects, ${this.unchanged} of them valid by construction; cert-manager accepts ${this.accepted} and refuses ${objects - this.accepted}`,
      `rules on what it refuses: ${listed(this.refusing)}`,
      `rules on what it accepts: ${listed(this.stricter)}`,
    ].join('\n');
  }
}
