import { bitnamiPostgresql } from './bitnami-postgresql';
import { bitnamiPostgresqlHa } from './bitnami-postgresql-ha';
import type { ChartObject, ChartRenderer } from './chart-object';
import { ChartValues } from './chart-values';
import { cnpgCluster } from './cnpg-cluster';
import { postgresExporter } from './postgres-exporter';
import { type HelmInstallation, helmInstallations, identity, type Manifest, toManifest } from '../../kubernetes';

/** Charts by name; those of Bitnami are known by their repository as well, because others have the same name. */
const CHARTS: Readonly<Record<string, { readonly repository: RegExp; readonly render: ChartRenderer }>> = {
  postgresql: { repository: /bitnami/i, render: bitnamiPostgresql },
  'postgresql-ha': { repository: /bitnami/i, render: bitnamiPostgresqlHa },
  'prometheus-postgres-exporter': { repository: /./, render: postgresExporter },
  cluster: { repository: /cloudnative-pg|cnpg/i, render: cnpgCluster },
};

/** The objects that known charts render from the values in HelmReleases and Applications, unless the manifests show them as well. */
export function chartObjects(manifests: ReadonlyArray<Manifest>): Manifest[] {
  const found = helmInstallations(manifests).filter(({ chart, repository, isPatch }) => !isPatch && CHARTS[chart]?.repository.test(repository) === true);
  if (found.length === 0) { return []; }
  const shown = new Set(manifests.map(identity));
  return found.flatMap((installation) => {
    const objects = render(installation);
    return objects.some((object) => shown.has(identity(object))) ? [] : objects;
  });
}

function render(installation: HelmInstallation): Manifest[] {
  const { chart, release, namespace, at } = installation;
  const values = new ChartValues(installation);
  if (namespace.value === '' || /[${]/.test(namespace.value + release) || !values.hasKnownName()) { return []; }
  return CHARTS[chart]!.render(values, { name: release, namespace: namespace.value }).map(({ manifest, fields }): Manifest => ({
    ...toManifest(at.path, manifest), file: at.file, sets: at.sets, places: at.places, installedBy: { release: at, fieldOf: fieldIn(fields, installation) },
  }));
}

function fieldIn(fields: ChartObject['fields'], installation: HelmInstallation): (field: string) => string | undefined {
  return (field) => {
    const [made] = Object.keys(fields).filter((prefix) => field === prefix || field.startsWith(`${prefix}.`) || field.startsWith(`${prefix}[`)).sort((one, other) => other.length - one.length);
    if (made === undefined) { return undefined; }
    const value = fields[made]!.replace(/\.\*$/, '');
    const place = installation.valueOf(value)?.field ?? installation.fieldOf(value);
    // Below a text with YAML there is no field.
    return value === fields[made] || place.endsWith('.helm.values') ? place : place + field.slice(made.length);
  };
}
