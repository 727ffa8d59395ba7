const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['k', 'M', 'G', 'T', 'P', 'E'];
const FACTORS: Readonly<Record<string, number>> = Object.fromEntries([
  ['', 1], ['m', 1e-3],
  ...BINARY.map((unit, index) => [unit, 1024 ** (index + 1)]),
  ...DECIMAL.map((unit, index) => [unit, 1000 ** (index + 1)]),
]);

/** The value of a Kubernetes quantity (`10Gi`), or undefined if the text is not a quantity. */
export function parseQuantity(quantity: unknown): number | undefined {
  const match = String(quantity).match(/^(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/);
  const factor = match ? FACTORS[match[2]!] : undefined;
  return factor === undefined ? undefined : Number(match![1]) * factor;
}
