import { Size, SizeRoundingBehavior } from 'cdk8s';

const UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** Kibibytes of a size, fractions included. */
export function kibibytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** The canonical Kubernetes quantity of a size: the largest unit that leaves no fraction (`1536Mi`, `1Gi`). */
export function formatQuantity(size: Size): string {
  let amount = Math.ceil(kibibytes(size));
  let unit = 0;
  while (amount > 0 && amount % 1024 === 0 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount}${UNITS[unit]}`;
}

/** Kibibytes in the unit of memory limits, rounded: `512Mi`. */
export function formatMebibytes(kib: number): string {
  return `${Math.round(kib / 1024)}Mi`;
}
