import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Output of promtool, of success and failure. */
export function promtool(...args: string[]): string {
  try {
    return execFileSync('promtool', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: string; stdout?: string; stderr?: string };
    if (code === 'ENOENT') { throw new Error('the alerts DID NOT RUN: promtool is not on the PATH', { cause: error }); }
    return stdout + stderr;
  }
}

/** Runs promtool's `check rules` or its like on rules. */
export function checkRules(rules: unknown): string {
  return inFolder({ 'rules.yml': rules }, (folder) => promtool('check', 'rules', join(folder, 'rules.yml')));
}

/** Series by name, with one value a minute in promtool's notation. */
export type Series = Readonly<Record<string, string>>;

/** How promtool answers the expectation that so many alerts of a name fire at a time, given series as Prometheus would have them. */
export function playAlerts(rules: unknown, series: Series, alertname: string, evalTime: string, count: number): string {
  const test = {
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    tests: [{
      interval: '1m',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [{ expr: `count(ALERTS{alertname="${alertname}",alertstate="firing"}) or vector(0)`, eval_time: evalTime, exp_samples: [{ labels: '{}', value: count }] }],
    }],
  };
  return inFolder({ 'rules.yml': rules, 'test.yml': test }, (folder) => promtool('test', 'rules', join(folder, 'test.yml')));
}

/** The lines of an exporter's answer that are of some metrics, by their series as Prometheus stores them, with the labels of the target. */
export function scraped(answer: string, metrics: readonly string[], target: Readonly<Record<string, string>>): Map<string, string> {
  const labels = Object.entries(target).map(([name, value]) => `${name}="${value}"`);
  const lines = [...answer.matchAll(/^([a-z_]+)(?:\{(.*)\})? (\S+)$/gm)].filter(([, name]) => metrics.includes(name!));
  return new Map(lines.map(([, name, own, value]) => [`${name}{${[...own ? [own] : [], ...labels].join(',')}}`, value!]));
}

function inFolder(files: Readonly<Record<string, unknown>>, run: (folder: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  try {
    for (const [name, content] of Object.entries(files)) { writeFileSync(join(folder, name), stringify(content)); }
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
