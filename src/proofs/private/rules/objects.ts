import { notDnsSubdomain, notServiceName } from '../dns';
import { called, inNamespace } from '../judged';
import { mapping } from '../reading';
import { Basis, Rule, when } from '../rule';
import { objectsOf, ObjectSubject, ruleTable } from '../rule-table';

/** What is proven about every object, whoever made it. */
export const OBJECT_RULES = ruleTable(objectsOf, [
  {
    code: 'PGTLS-N01',
    title: 'a name that the API server refuses',
    basis: Basis.REFUSED,
    source: 'Kubernetes, Object Names and IDs; Services: RFC 1035',
    broken: ({ at: { group, kind, name, manifest } }) => {
      const given = mapping(manifest['metadata'])['name'];
      if (typeof given === 'number' || typeof given === 'boolean') { return [`name ${name} of ${kind} is a ${typeof given}, in YAML it needs quotes`]; }
      const fault = kind === 'Service' && group === '' ? notServiceName(name) : notDnsSubdomain(name);
      return when(fault !== undefined, () => `name '${name}' of ${kind} ${fault}`);
    },
    remedy: 'give another name or construct id',
  },
  {
    code: 'PGTLS-N02',
    title: 'two objects of one kind and name',
    basis: Basis.STALLS,
    source: 'the one that is applied later overwrites the other',
    broken: ({ at, inventory }) => {
      const first = inventory.find(at.group, at.kind, at.namespace, at.name)!;
      return when(first !== at, () => `${called(at)}${inNamespace(at.namespace)} is declared twice, first at '${first.path}'`);
    },
    remedy: 'give one of them another name',
  },
] satisfies Rule<ObjectSubject>[]);
