import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { parseBlockYaml } from './src/reading/block-yaml';
import { parseCompleteYaml } from './src/reading/complete-yaml';
import { splitDocuments } from './src/reading/split-documents';
const ask = (list: string[]) => execFileSync('/tmp/oracle/oracle', { input: list.map((x) => JSON.stringify(x)).join('\n') + '\n', maxBuffer: 1 << 28 }).toString().split('\n').slice(0, -1);
const sort = (v: any): any => Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : Object.is(v, -0) ? 0 : v;
const run = (f: () => unknown) => { try { return JSON.stringify(sort(f())); } catch (e: any) { return 'ERR ' + e.message; } };
const src = readFileSync('/tmp/oracle/q.mjs', 'utf8');
const vals = eval(/const vals=(\[.*\]);/.exec(src)![1]!).map((v: string) => 'a: ' + v);
const docs = eval(/const docs=(\[.*\]);/.exec(src)![1]!);
const d2 = eval(/const d=(\[.*\]);/.exec(readFileSync('/tmp/t1.mjs', 'utf8'))![1]!);
const all: string[] = [...vals, ...docs, ...d2].map((x: string) => x + '\n');
const r = ask(all);
all.forEach((x, i) => {
  const fast = run(() => { const y = parseBlockYaml(x); return y ? y.value : 'FALLBACK'; });
  const full = run(() => { const y = parseCompleteYaml(x); if (y.collectionKey !== undefined) throw new Error('collection key'); return y.value; });
  const go = r[i]!.startsWith('ERR') ? r[i]! : JSON.stringify(sort(JSON.parse(r[i]!)));
  const same = (a: string, b: string) => a === b || (a.startsWith('ERR') && b.startsWith('ERR'));
  if ((fast !== '"FALLBACK"' && !same(fast, go)) || !same(full, go)) console.log(JSON.stringify(x), '\n  go  ', go, '\n  fast', fast, '\n  full', full);
});
for (const f of ['/tmp/certs.yaml', '/tmp/dbs.yaml']) {
  const t = readFileSync(f, 'utf8');
  let a = process.cpuUsage();
  const parts = splitDocuments(t);
  let n = 0, m = 0;
  const keep: unknown[] = [];
  for (const p of parts) { const y = parseBlockYaml(t.slice(p.start, p.end)); keep.push(y); if (y) n++; else m++; }
  let b = process.cpuUsage(a); console.log(f, n, m, (b.user + b.system) / 1e3 | 0);
  let bad = 0;
  for (const p of parts.slice(0, 300)) { const s = t.slice(p.start, p.end); const y = parseBlockYaml(s); if (y && JSON.stringify(y.value) !== JSON.stringify(parseCompleteYaml(s).value)) bad++; }
  console.log('bad', bad);
}
