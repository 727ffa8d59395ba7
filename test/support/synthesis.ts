import { App } from 'cdk8s';
import { CommittedManifests } from '../../src';
import { type Manifest, parseManifests } from '../local';

/** A synthesis: its manifests, and the same as the committed manifests of the next one. */
export interface Synthesis {
  readonly documents: Manifest[];
  readonly committed: CommittedManifests;
}

/** Synthesizes a program into nothing but memory. */
export function synthesize(program: (app: App) => unknown): Synthesis {
  const app = new App();
  program(app);
  const yaml = app.synthYaml() as string;
  return { documents: parseManifests(yaml), committed: CommittedManifests.fromTexts({ 'app.yaml': yaml }) };
}
