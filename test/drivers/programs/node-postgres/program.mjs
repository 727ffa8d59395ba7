// Answers each line of its input with a new connection, as a pool makes it.
import { createInterface } from 'node:readline';
import pg from 'pg';

const { uri, query } = JSON.parse(process.env.DRIVER_SETTINGS);
const pool = new pg.Pool({ connectionString: uri });
pool.on('error', () => undefined);

for await (const _ of createInterface({ input: process.stdin })) {
  try {
    // It is not given back, so that the next line needs another one.
    const client = await pool.connect();
    const { rows: [row] } = await client.query(query);
    console.log(`ok ${Object.values(row)[0]}`);
  } catch (error) {
    console.log(`error ${String(error.message || error.code).replace(/\s+/g, ' ')}`);
  }
}
process.exit(0);
