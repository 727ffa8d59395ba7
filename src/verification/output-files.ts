import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { mapping } from '../data';
import type { Manifest } from '../kubernetes';
import { OutputFile } from '../rules';

/**
 * The file of each object, where every object has its own. With a file for each chart, or one for the app, the names of charts keep objects
 * apart: cdk8s makes them unique by a hash of the path.
 *
 * Source: cdk8s src/app.ts, `App.synth()`.
 */
export function outputFiles(root: IConstruct, objects: ReadonlyMap<ApiObject, Manifest>): ReadonlyMap<Manifest, OutputFile> {
  const { yamlOutputType: type, outputFileExtension: extension } = root as Partial<App>;
  const isInFolders = type === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  if (!isInFolders && type !== YamlOutputType.FILE_PER_RESOURCE) { return new Map(); }
  const folder = (object: ApiObject) => (isInFolders ? Chart.of(object).node.path : undefined);
  return new Map([...objects].map(([object, manifest]) => [manifest, { chart: folder(object), name: `${resourceName(manifest)}${extension ?? ''}` }]));
}

/** Characters that are left out can make two names one. */
function resourceName({ manifest, kind }: Manifest): string {
  return `${kind}.${String(mapping(manifest['metadata'])['name'])}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
