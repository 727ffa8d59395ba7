import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, AppProps, YamlOutputType } from 'cdk8s';
import { FleetApp } from '../../../src';

/** All layouts of cdk8s. */
export const LAYOUTS = [YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];

/** Fills an app with constructs. */
export type Fill = (app: App) => void;

/** Files of a directory by path, or the error of a synthesis. */
export type Output = Readonly<Record<string, string>> | { readonly error: string };

/** All files below a directory. */
export function filesIn(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort().filter((path) => statSync(join(directory, path)).isFile());
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

/** What a fresh app writes, one synthesis after another. */
export function outputOf(kind: typeof App | typeof FleetApp, fill: Fill, props: AppProps = {}, times = 1): Output {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
  try {
    const app = new kind({ ...props, outdir });
    fill(app);
    for (let time = 0; time < times; time += 1) { app.synth(); }
    return filesIn(outdir);
  } catch (error) {
    return { error: (error as Error).message };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The text that a fresh app makes. */
export function yamlOf(kind: typeof App | typeof FleetApp, fill: Fill): string {
  const app = new kind();
  fill(app);
  return app.synthYaml();
}
