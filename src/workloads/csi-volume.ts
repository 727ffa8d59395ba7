import { duplicates, entryPath, mapping, Mapping, mappings, text } from '../data';
import { parseGoDuration } from '../formats';
import { PodView } from '../kubernetes';
import { IssuanceGraph } from '../pki';

const DRIVER = 'csi.cert-manager.io';

/** Attributes in which the driver expands variables, and the variables that it supports. Source: csi-driver pkg/requestgen/generator.go. */
const EXPANDED = [
  'common-name', 'dns-names', 'uri-sans', 'literal-subject', 'organizations', 'organizationalunits', 'countries', 'provinces', 'localities', 'streetaddresses',
  'postalcodes', 'serialnumber',
];
const VARIABLES = new Set(['POD_NAME', 'POD_NAMESPACE', 'POD_UID', 'SERVICE_ACCOUNT_NAME']);

const BOOLEANS = ['is-ca', 'reuse-private-key', 'pkcs12-enable'];
/** Attributes that name files, with their default file names. */
const FILES: ReadonlyArray<readonly [string, string]> = [['certificate-file', 'tls.crt'], ['ca-file', 'ca.crt'], ['privatekey-file', 'tls.key'], ['pkcs12-filename', '']];

/** What is wrong with a volume of the CSI driver, and the place in the workload. */
export interface CsiFault {
  readonly field: string;
  readonly problem: string;
}

/** What is wrong with an attribute, by its name without the prefix of the driver. */
type AttributeFault = readonly [attribute: string, problem: string];

/** What is wrong with the pod's volumes of cert-manager's CSI driver. Source: csi-driver pkg/apis/validation/validation.go. */
export function csiFaults(pod: PodView, manifests: IssuanceGraph): CsiFault[] {
  return mappings(pod.spec['volumes']).flatMap((volume, index) => {
    const csi = mapping(volume['csi']);
    return csi['driver'] === DRIVER ? volumeFaults(csi, pod.fieldOf(`volumes[${index}].csi`), pod, manifests)
      .map(({ field, problem }) => ({ field, problem: `volume '${text(volume['name'])}' ${problem}` })) : [];
  });
}

function volumeFaults(csi: Mapping, at: string, pod: PodView, manifests: IssuanceGraph): CsiFault[] {
  const attributes = mapping(csi['volumeAttributes']);
  const value = (name: string) => text(attributes[`${DRIVER}/${name}`]);
  const faults: AttributeFault[] = [
    ...issuerFaults(value, pod, manifests),
    ...BOOLEANS.filter((name) => !['', 'true', 'false'].includes(value(name))).map((name): AttributeFault => [name, `has ${name} '${value(name)}', which is not true or false`]),
    ...['duration', 'renew-before'].filter((name) => value(name) !== '' && parseGoDuration(value(name)) === undefined)
      .map((name): AttributeFault => [name, `has ${name} '${value(name)}', which is not a Go duration`]),
    ...keyFaults(value('key-algorithm'), value('key-encoding'), value('key-size')),
    ...fileFaults(value),
    ...EXPANDED.flatMap((name) => variablesIn(value(name)).filter((variable) => !VARIABLES.has(variable)).map((variable): AttributeFault => [name, `has the unknown variable '${variable}' in ${name}`])),
  ];
  return [
    ...(csi['readOnly'] === true ? [] : [{ field: `${at}.readOnly`, problem: 'must be readOnly' }]),
    ...Object.entries(attributes).filter(([, given]) => typeof given !== 'string')
      .map(([name, given]) => ({ field: entryPath(`${at}.volumeAttributes`, name), problem: `has ${name} ${JSON.stringify(given)}, which is not a string` })),
    ...faults.map(([name, problem]) => ({ field: entryPath(`${at}.volumeAttributes`, `${DRIVER}/${name}`), problem })),
  ];
}

function issuerFaults(value: (name: string) => string, pod: PodView, manifests: IssuanceGraph): AttributeFault[] {
  if (value('issuer-name') === '') { return [['issuer-name', `has no ${DRIVER}/issuer-name`]]; }
  if (!['', 'cert-manager.io'].includes(value('issuer-group'))) { return []; }
  const issuer = manifests.findIssuer(value('issuer-kind') || 'Issuer', pod.at.namespace, value('issuer-name'));
  return issuer?.type === 'selfSigned'
    ? [['issuer-name', `names the self-signed issuer '${value('issuer-name')}', which cannot sign for the driver: the private key never leaves the node`]] : [];
}

function keyFaults(algorithm: string, encoding: string, size: string): AttributeFault[] {
  const name = algorithm || 'RSA';
  if (!['RSA', 'ECDSA', 'Ed25519'].includes(name)) { return [['key-algorithm', `has the unknown key-algorithm '${algorithm}'`]]; }
  const bits = Number(size);
  const fits = name === 'RSA' ? bits >= 2048 && bits <= 8192 : name === 'ECDSA' && [256, 384, 521].includes(bits);
  const faults: AttributeFault[] = [];
  if (!['', 'PKCS1', 'PKCS8'].includes(encoding)) { faults.push(['key-encoding', `has the unknown key-encoding '${encoding}'`]); }
  if (encoding === 'PKCS1' && name !== 'RSA') { faults.push(['key-encoding', `has key-encoding PKCS1, which ${name} keys do not support`]); }
  if (size !== '' && !fits) { faults.push(['key-size', `has key-size '${size}', which is invalid for ${name}`]); }
  return faults;
}

function fileFaults(value: (name: string) => string): AttributeFault[] {
  const files = FILES.map(([attribute, usual]) => [attribute, value(attribute) || usual] as const).filter(([, file]) => file !== '');
  return [
    ...files.filter(([, file]) => file.includes('/') || file.startsWith('..') || file !== file.trim() || file.length > 255)
      .map(([attribute, file]): AttributeFault => [attribute, `has ${attribute} '${file}', which is not a plain file name`]),
    // The attribute that is set: a default collides with it.
    ...duplicates(files.map(([, file]) => file)).map((file): AttributeFault =>
      [files.filter(([, other]) => other === file).find(([attribute]) => value(attribute) !== '')![0], `writes two files named '${file}'`]),
  ];
}

/** As Go's os.Expand finds them: `$NAME` and `${NAME}`. */
function variablesIn(value: string): string[] {
  return [...value.matchAll(/\$(?:\{([^}]*)\}|(\w+)|([*#$@!?-]))/g)].map(([, braced, bare, special]) => braced ?? bare ?? special!);
}
