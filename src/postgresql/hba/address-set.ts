import { isIP } from 'node:net';
import { networkRange } from './network';

type Family = 4 | 6;

/** Addresses from the first to the last, as numbers. */
interface Range {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/** A set of IP addresses of both families. Sorted ranges without gaps between neighbours, so that equal sets have equal ranges. */
export class AddressSet {
  public static readonly NONE = new AddressSet([]);
  public static readonly ALL = new AddressSet([4, 6].map((family) => ({ family: family as Family, first: 0n, last: (1n << BigInt(BITS[family as Family])) - 1n })));

  /** The addresses of a network, or of a single address; undefined if the text is neither. */
  public static of(text: string): AddressSet | undefined {
    const range = networkRange(isIP(text) === 0 ? text : `${text}/${isIP(text) === 4 ? 32 : 128}`);
    return range && new AddressSet([range]);
  }

  private constructor(private readonly ranges: ReadonlyArray<Range>) {}

  public get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  public get isAll(): boolean {
    return this.key === AddressSet.ALL.key;
  }

  /** Equal for equal sets. */
  public get key(): string {
    return this.ranges.map(({ family, first, last }) => `${family}:${first}-${last}`).join(' ');
  }

  public with(other: AddressSet): AddressSet {
    return new AddressSet(joined([...this.ranges, ...other.ranges]));
  }

  public and(other: AddressSet): AddressSet {
    return new AddressSet(joined(this.ranges.flatMap((one) => other.ranges.flatMap((two) => {
      const [first, last] = [one.first > two.first ? one.first : two.first, one.last < two.last ? one.last : two.last];
      return one.family === two.family && first <= last ? [{ family: one.family, first, last }] : [];
    }))));
  }

  public without(other: AddressSet): AddressSet {
    return new AddressSet(other.ranges.reduce<ReadonlyArray<Range>>((kept, hole) => kept.flatMap((range) => cut(range, hole)), this.ranges));
  }

  /** The fewest networks in CIDR notation that have these addresses and no others. */
  public get networks(): string[] {
    return this.ranges.flatMap(networksOf);
  }
}

/** The parts of a range that are not in another one. */
function cut(range: Range, hole: Range): Range[] {
  if (range.family !== hole.family || hole.last < range.first || hole.first > range.last) { return [range]; }
  return [
    ...(range.first < hole.first ? [{ ...range, last: hole.first - 1n }] : []),
    ...(hole.last < range.last ? [{ ...range, first: hole.last + 1n }] : []),
  ];
}

function joined(ranges: ReadonlyArray<Range>): Range[] {
  const sorted = [...ranges].sort((one, two) => one.family - two.family || (one.first < two.first ? -1 : one.first > two.first ? 1 : 0));
  return sorted.reduce<Range[]>((kept, range) => {
    const before = kept.at(-1);
    if (before?.family !== range.family || range.first > before.last + 1n) { return [...kept, range]; }
    return [...kept.slice(0, -1), { ...before, last: range.last > before.last ? range.last : before.last }];
  }, []);
}

function networksOf({ family, first, last }: Range): string[] {
  const networks: string[] = [];
  for (let start = first; start <= last;) {
    let host = 0;
    while (host < BITS[family] && (start >> BigInt(host)) % 2n === 0n && start + (1n << BigInt(host + 1)) - 1n <= last) { host++; }
    networks.push(`${addressText(family, start)}/${BITS[family] - host}`);
    start += 1n << BigInt(host);
  }
  return networks;
}

function addressText(family: Family, value: bigint): string {
  const [count, width] = family === 4 ? [4, 8] : [8, 16];
  const parts = Array.from({ length: count }, (_, index) => Number((value >> BigInt((count - 1 - index) * width)) & ((1n << BigInt(width)) - 1n)));
  return family === 4 ? parts.join('.') : new URL(`http://[${parts.map((part) => part.toString(16)).join(':')}]/`).hostname.slice(1, -1);
}
