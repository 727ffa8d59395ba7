import { kibibytes } from './quantity';
import type { PostgresProps } from '../postgres-props';

/** The volume that the log grows on. */
export interface WalVolume {
  /** Its size in kibibytes; undefined where it has none. */
  readonly sizeKib?: number;
  /** Whether it holds the log alone. */
  readonly isOwn?: boolean;
}

/** The volume that WAL grows on: its own, or that of the data. */
export function walVolume(storage: PostgresProps['storage'] | undefined): WalVolume {
  const wal = storage?._durableOptions?.wal?.size;
  const size = wal ?? storage?._durableOptions?.size ?? storage?._sizeLimit;
  return { sizeKib: size && kibibytes(size), isOwn: wal !== undefined };
}
