import { readPaths } from './src/reading';
const t = process.cpuUsage();
const r = readPaths(process.argv.slice(2));
const u = process.cpuUsage(t);
console.log(r.files, r.documents, r.manifests.length, 'cpu', (u.user+u.system)/1e3|0, 'rss', process.resourceUsage().maxRSS/1024|0);
for (const n of r.notChecked.slice(0, 40)) console.log(n.isFinding ? 'FIND' : 'count', n.file.split('/').pop(), n.position?.line, n.position?.column, n.reason, n.documents, '|', n.problem, '|', n.fix);
for (const n of r.faults) console.log('FAULT', n);
if (r.manifests.length<60) for (const m of r.manifests) console.log('ok', m.file.split('/').pop(), m.position.line, m.content['kind'], JSON.stringify((m.content['metadata'])));
