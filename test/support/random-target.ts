import * as fc from 'fast-check';
import type { ConnectionTarget } from '../../src/postgresql';

/** A name, a path or a password: any text that PostgreSQL can store. */
const TEXT = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'ab\'"\\ ;:=&?#%+/@,.$(){}[]\n\té€😀\u00a0\u2003'.match(/./gsu)!), minLength: 1, maxLength: 20 }),
).filter((text) => !text.includes('\0'));

/** A connection whose names, paths and password have any characters. */
export const RANDOM_TARGET: fc.Arbitrary<ConnectionTarget> = fc.record({
  hosts: fc.constantFrom(['db'], ['db.orders.svc'], ['10.0.0.1'], ['fd00::1']),
  port: fc.integer({ min: 1, max: 65535 }),
  database: TEXT,
  user: TEXT,
  tls: fc.constant(true),
  caFile: TEXT,
  identity: fc.option(fc.record({ certificateFile: TEXT, keyFile: TEXT, derKeyFile: fc.option(TEXT, { nil: undefined }) }), { nil: undefined }),
  password: fc.option(TEXT, { nil: undefined }),
});
