import { isIP } from 'node:net';
import { isGiven, mapping, Mapping, text, texts, valueAt } from '../data';

/**
 * Whether a solver can prove a name of a Certificate with such labels. A wildcard is validated by DNS-01 alone (RFC 8555, 8.4), an IP address
 * by HTTP-01 alone (RFC 8738). Source of the selector: cert-manager pkg/util/solverpicker and pkg/controller/acmeorders/selectors.
 */
export function proves(solver: Mapping, name: string, labels: Mapping): boolean {
  const byDns = isGiven(solver['dns01']) && isIP(name) === 0;
  const byHttp = isGiven(solver['http01']) && !name.startsWith('*.');
  return (byDns || byHttp) && isSelected(mapping(solver['selector']), name, labels);
}

function isSelected(selector: Mapping, name: string, labels: Mapping): boolean {
  const names = texts(selector['dnsNames']);
  const zones = texts(selector['dnsZones']);
  return Object.entries(mapping(valueAt(selector, 'matchLabels'))).every(([label, value]) => text(labels[label]) === text(value))
    && (names.length === 0 || names.includes(name))
    && (zones.length === 0 || zones.some((zone) => isInZone(name, zone)));
}

function isInZone(name: string, zone: string): boolean {
  const [inner, outer] = [name, zone].map((domain) => domain.toLowerCase().replace(/\.$/, ''));
  return outer !== '' && (inner === outer || inner!.endsWith(`.${outer!}`));
}
