import { DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Keys that an object lists before all others. Source: ECMAScript, OrdinaryOwnPropertyKeys. */
const ARRAY_INDEX = /^(?:0|[1-9]\d{0,9})$/;
const MAX_ARRAY_INDEX = 2 ** 32 - 2;

/**
 * A construct and all below it, in the order of `cdk8s.DependencyGraph.topology()`: each after those that it depends on, otherwise in the order of the
 * tree. Dependencies on other constructs have no effect. cdk8s visits a construct once for every path of dependencies that leads to it; the first visit
 * alone decides the order, so that this function makes no other.
 *
 * @throws the error of cdk8s if dependencies form a circle
 */
export function dependencyOrder({ node }: IConstruct): readonly IConstruct[] {
  const constructs = node.findAll();
  return ordered(byPath(constructs), edgesOf(constructs)) ?? new DependencyGraph(node).topology();
}

function ordered(constructs: readonly IConstruct[], edges: ReadonlyMap<IConstruct, ReadonlySet<IConstruct>>): readonly IConstruct[] | undefined {
  if (edges.size === 0) { return constructs; }
  const needed = new Set<IConstruct>();
  for (const targets of edges.values()) { for (const target of targets) { needed.add(target); } }
  const order = new Set<IConstruct>();
  for (const construct of constructs) {
    if (!needed.has(construct) && !visit(construct, edges, order)) { return undefined; }
  }
  // Constructs of a circle that nothing outside depends on are not met at all.
  return order.size === constructs.length ? [...order] : undefined;
}

/** cdk8s lists constructs as the keys of an object, by their paths: whole numbers come first. */
function byPath(constructs: readonly IConstruct[]): readonly IConstruct[] {
  const isIndex = ({ node }: IConstruct) => node.scope?.node.scope === undefined && ARRAY_INDEX.test(node.id) && Number(node.id) <= MAX_ARRAY_INDEX;
  const first = constructs.filter(isIndex);
  return first.length === 0 ? constructs : [...first, ...constructs.filter((construct) => !isIndex(construct))];
}

function edgesOf(constructs: readonly IConstruct[]): Map<IConstruct, Set<IConstruct>> {
  const edges = new Map<IConstruct, Set<IConstruct>>();
  let inScope: Set<IConstruct> | undefined;
  for (const construct of constructs) {
    for (const target of construct.node.dependencies) {
      inScope ??= new Set(constructs);
      if (!inScope.has(target)) { continue; }
      const known = edges.get(construct);
      if (known) { known.add(target); } else { edges.set(construct, new Set([target])); }
    }
  }
  return edges;
}

/** Adds a construct to the order, after all that it depends on; false if that is the construct itself. The stack is our own: chains may be long. */
function visit(construct: IConstruct, edges: ReadonlyMap<IConstruct, ReadonlySet<IConstruct>>, order: Set<IConstruct>): boolean {
  const open = new Set<IConstruct>();
  const stack: Array<{ readonly construct: IConstruct; readonly rest: Iterator<IConstruct> }> = [];
  const enter = (entered: IConstruct) => {
    open.add(entered);
    stack.push({ construct: entered, rest: (edges.get(entered) ?? [])[Symbol.iterator]() });
  };
  enter(construct);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const { done, value } = top.rest.next();
    if (done) {
      order.add(top.construct);
      open.delete(top.construct);
      stack.pop();
    } else if (open.has(value)) {
      return false;
    } else if (!order.has(value)) {
      enter(value);
    }
  }
  return true;
}
