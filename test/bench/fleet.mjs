// What a fleet costs: the whole program (construct, validate, write) in CPU time, as ratios within one run to printing the same objects with `yaml` alone.
// `npm run bench:fleet -- 1 10 100` takes other sizes, and writes nothing. Without sizes it writes the table and the picture of docs/performance.md.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const PAGE = resolve(root, 'docs/performance.md');
const PICTURE = resolve(root, 'docs/performance.svg');
/** The synthesis of cdk8s takes time with the square of the number of charts. */
const LARGEST_STOCK = 800;
/** Bytes of memory for a database, with reserve. */
const MEMORY = 400_000;
const given = process.argv.slice(2).map(Number);
const sizes = (given.length > 0 ? given : [1, 10, 100, 800, 3_000, 10_000]).filter((size) => size * MEMORY < freemem());

function run(size, kind) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(import.meta.dirname, 'fleet-child.mjs'), String(size), kind], { encoding: 'utf8' });
  if (status !== 0) { throw new Error(stderr); }
  return JSON.parse(stdout);
}

/** The run with the median ratio: small fleets are measured several times. */
function measure(size) {
  const rounds = Array.from({ length: size > 100 ? 1 : 5 }, () => {
    const fleet = run(size, 'fleet');
    const stock = size > LARGEST_STOCK ? undefined : run(size, 'stock');
    return { ...fleet, ratio: fleet.whole / fleet.yaml, stockWhole: stock?.whole, stockSynth: stock?.synth };
  });
  return rounds.sort((a, b) => a.ratio - b.ratio)[Math.floor(rounds.length / 2)];
}

const rows = [];

/** How time grows between two sizes: 1 is in proportion. */
function exponent(from, to) {
  return Math.log(to.whole / from.whole) / Math.log(to.size / from.size);
}

function number(value, digits) {
  return value === undefined ? '–' : value.toFixed(digits);
}

function lineOf({ size, whole, synth, yaml, json, stockWhole, stockSynth, peak, shares }) {
  const percent = ['construct', 'plan', 'render', 'prove', 'print'].map((part) => `${(100 * shares[part]).toFixed(0)} %`);
  const cells = [
    size.toLocaleString('en'), number(whole / yaml, 2), number(synth / yaml, 2), number(json / yaml, 2), number(stockWhole && stockWhole / yaml, 2), number(stockSynth && stockSynth / synth, 1),
    `${(peak / 1e6).toFixed(0)} MB`, ...percent,
  ];
  return `| ${cells.join(' | ')} |`;
}

function table() {
  const from = rows.find(({ size }) => size >= 100) ?? rows[0];
  return [
    '| databases | whole program | `synth()` alone | `JSON.stringify` | whole program, cdk8s `App` | `synth()` of cdk8s, to ours | peak memory | construct | plan | render | prove | print |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map(lineOf),
    '',
    `From ${from.size.toLocaleString('en')} to ${rows.at(-1).size.toLocaleString('en')} databases, the time of the whole program grows with the exponent ${exponent(from, rows.at(-1)).toFixed(2)}.`,
    `A database has ${Math.round(rows.at(-1).characters / rows.at(-1).size / 1000)} KB of YAML.`,
  ].join('\n');
}

/** The ratios as lines over the number of databases; both axes are logarithmic. */
function picture() {
  const [width, height, margin] = [640, 360, 56];
  const lines = [
    ['whole program, FleetApp', '#1f6feb', ({ whole, yaml }) => whole / yaml],
    ['whole program, cdk8s App', '#cf222e', ({ stockWhole, yaml }) => stockWhole && stockWhole / yaml],
    ['JSON.stringify', '#57606a', ({ json, yaml }) => json / yaml],
  ];
  const points = lines.map(([, , pick]) => rows.map((row) => [row.size, pick(row)]).filter(([, value]) => value !== undefined));
  const values = [1, ...points.flat().map(([, value]) => value)];
  const [bottom, top] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const right = Math.log10(Math.max(10, rows.at(-1).size));
  const x = (size) => (margin + (width - 2 * margin) * Math.log10(size) / right).toFixed(1);
  const y = (value) => (height - margin - (height - 2 * margin) * (Math.log10(value) - bottom) / (top - bottom)).toFixed(1);
  const text = (at, down, content, more = '') => `<text x="${at}" y="${down}" ${more}>${content}</text>`;
  const decades = Array.from({ length: top - bottom + 1 }, (_, index) => 10 ** (bottom + index));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(margin, 24, 'CPU time, 1 = printing the same objects with yaml alone', 'font-size="14"'),
    ...decades.map((value) => `<line x1="${margin}" x2="${width - margin}" y1="${y(value)}" y2="${y(value)}" stroke="${value === 1 ? '#24292f' : '#d0d7de'}"/>`
      + text(margin - 8, Number(y(value)) + 4, String(Number(value.toPrecision(1))), 'text-anchor="end"')),
    ...rows.map(({ size }) => text(x(size), height - margin + 18, size.toLocaleString('en'), 'text-anchor="middle"')),
    text(width / 2, height - 12, 'databases', 'text-anchor="middle"'),
    ...lines.flatMap(([name, colour], index) => [
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points[index].map(([size, value]) => `${x(size)},${y(value)}`).join(' ')}"/>`,
      ...points[index].map(([size, value]) => `<circle cx="${x(size)}" cy="${y(value)}" r="3" fill="${colour}"/>`),
      text(width - margin - 180, 48 + 16 * index, name, `fill="${colour}"`),
    ]),
    '</svg>',
    '',
  ].join('\n');
}

for (const size of sizes) {
  const row = measure(size);
  rows.push(row);
  console.log(lineOf(row));
  // After each row: the largest fleets take long, and more memory than some machines have.
  if (given.length === 0 || process.env['WRITE'] !== undefined) {
    writeFileSync(PICTURE, picture());
    writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(/(<!-- bench -->\n)[^]*?(<!-- end of bench -->)/, (_, begin, end) => `${begin}${table()}\n${end}`));
  }
}
console.log(table());
