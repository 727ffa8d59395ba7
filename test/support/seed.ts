/** The seed of a suite's random choices: SEED, or another one every time. It is printed at once, so that a run which breaks off can be repeated. */
export function printedSeed(): number {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
  process.stdout.write(`SEED=${seed}\n`);
  return seed;
}
