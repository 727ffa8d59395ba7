// Answers each line of its input with a new connection of the adapter to which Prisma Client gives its queries. The client itself opens no connection.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { folder, uri, query } = JSON.parse(process.env.DRIVER_SETTINGS);
const { PrismaPg } = createRequire(join(folder, 'package.json'))('@prisma/adapter-pg');
const adapter = await new PrismaPg({ connectionString: uri }, { onPoolError: () => undefined }).connect();

for await (const _ of createInterface({ input: process.stdin })) {
  try {
    // It does not end, so that the next line needs another connection of the pool.
    const transaction = await adapter.startTransaction();
    const { rows } = await transaction.queryRaw({ sql: query, args: [], argTypes: [] });
    console.log(`ok ${rows[0][0]}`);
  } catch (error) {
    console.log(`error ${String(error.cause?.reason ?? error.cause?.originalMessage ?? error.message).replace(/\s+/g, ' ')}`);
  }
}
process.exit(0);
