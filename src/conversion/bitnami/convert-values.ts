import { ACCESS_VALUES } from './access-values';
import { BitnamiContext, BitnamiRelease } from './bitnami-context';
import { type BitnamiRules, each, ignored, left } from './bitnami-rule';
import { SERVER_VALUES } from './server-values';
import { mapping, text } from '../../data';
import type { ReadSettings } from '../../reading';
import { type Acknowledgements, Report } from '../conversion-report';
import { Constant, literal } from '../expression';
import { became, changed, LABELS, same, type Taken, TEXT } from '../field-rule';
import type { Conversion } from '../kubedb/convert';
import { assembleProps, propsOf } from '../props-tree';
import { FieldAnswer, fieldName, walkFields } from '../walk-fields';

/** Name of a text without a file in messages. */
export const BITNAMI_TEXT = 'values.yaml';

/** Every value of Bitnami's chart postgresql 17.1.0. */
export const BITNAMI_VALUES: BitnamiRules = {
  ...each('global', { imageRegistry: '', imagePullSecrets: [] }, (byDefault) => left(byDefault, 'the image is the official one: give PostgresVersion.of an image of yours')),
  'global.defaultStorageClass': { is: TEXT, take: () => same('of the volume, unless primary.persistence.storageClass is set') },
  'global.storageClass': { is: TEXT, take: () => same('of the volume, unless primary.persistence.storageClass is set') },
  'global.security.allowInsecureImages': ignored(false, 'without effect: the image is the official one'),
  'global.compatibility.openshift.adaptSecurityContext': ignored('auto', 'left out: podTemplate.arbitraryUserId is for OpenShift'),
  'kubeVersion': ignored('', 'left out'),
  'nameOverride': { is: TEXT, take: () => same('part of the name of the database') },
  'fullnameOverride': { is: TEXT, take: () => same('name of the database') },
  'namespaceOverride': left('', 'the namespace is that of the chart'),
  'clusterDomain': { is: TEXT, take: (value) => (value === 'cluster.local' ? same('the default here, too') : became('clusterDomain', String(value))) },
  'extraDeploy': left([], 'objects of yours: write them into the app'),
  'commonLabels': { is: LABELS, take: (value) => (Object.keys(mapping(value)).length === 0 ? same('the default of the chart') : became('metadata.labels', literal(value))) },
  'commonAnnotations': { is: LABELS, take: (value) => (Object.keys(mapping(value)).length === 0 ? same('the default of the chart') : became('metadata.annotations', literal(value))) },
  'secretAnnotations': left({}, 'no Secret is written'),
  ...each('diagnosticMode', { enabled: false, command: ['sleep'], args: ['infinity'] }, (byDefault) => left(byDefault, 'there is no such mode', 'diagnosticMode.enabled')),
  ...ACCESS_VALUES,
  ...SERVER_VALUES,
};

const DIFFERENCES: ReadonlyArray<readonly [string, Taken]> = [
  ['passwords', changed("property 'clientAuthMode' is SCRAM, the chart's server accepts MD5 as well: set it to MD5 if roles have such passwords", [['clientAuthMode', new Constant('ClientAuthMode.SCRAM')]])],
  ['data', changed('the volume has the layout of another image: move the data by dump and restore')],
  ['network access', changed("pods of the namespace may connect, and no others; the chart admits every address: property 'network'")],
  ['sort order', changed("a new database sorts text by code point: property 'init.locale'")],
];

/** The database of Bitnami's chart postgresql: its properties, a report value by value, and all faults. */
export function convertBitnamiValues(input: ReadSettings, release: BitnamiRelease, acknowledgements: Acknowledgements = {}): Conversion {
  const report = new Report(acknowledgements);
  for (const { position, problem, fix } of input.faults) { report.fault(position, problem, fix); }
  const context = new BitnamiContext(input.content, release);
  const answers = walkFields(input.content, BITNAMI_VALUES, { name: "Bitnami's chart postgresql 17.1.0" }, context).map((answer) => withoutTemplate(answer, input.content));
  for (const { path, pattern, answer } of answers) { report.add('values', fieldName(path), pattern, input.locate(path), answer); }
  for (const [difference, answer] of DIFFERENCES) { report.add('values', `(${difference})`, `(${difference})`, input.locate([]), answer); }
  report.finish(input.faults.length === 0);
  const { name, statements } = context;
  const props = assembleProps([...propsOf(answers, BITNAMI_VALUES), ...DIFFERENCES.flatMap(([, answer]) => answer.props)]);
  return { databases: [{ name, namespace: release.namespace, apiVersion: '', statements, props }], entries: report.entries, faults: report.faults };
}

/** The chart evaluates many values as templates of Helm. */
function withoutTemplate(found: FieldAnswer, values: unknown): FieldAnswer {
  const value = found.path.reduce<unknown>((inner, step) => mapping(inner)[String(step)], values);
  const isTemplate = !('problem' in found.answer) && found.answer.props.length > 0 && /\{\{/.test(typeof value === 'object' ? JSON.stringify(value) : text(value));
  return isTemplate ? { ...found, answer: { problem: 'is a template of Helm', fix: 'write the value that helm template gives' } } : found;
}
