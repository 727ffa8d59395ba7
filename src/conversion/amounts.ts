import { call, Call, fields, Fields } from './expression';
import { isGiven, mapping, Mapping } from '../data';
import { parseGoDuration, parseQuantity } from '../formats';

const SIZES = [['tebibytes', 1024 ** 4], ['gibibytes', 1024 ** 3], ['mebibytes', 1024 ** 2]] as const;

/** A quantity of bytes in the largest unit without a fraction; rounded up to kibibytes. Undefined if it is not a quantity. */
export function sizeExpression(quantity: unknown): Call | undefined {
  const bytes = parseQuantity(quantity);
  if (bytes === undefined) { return undefined; }
  const [unit, factor] = SIZES.find(([, size]) => bytes >= size && bytes % size === 0) ?? ['kibibytes', 1024];
  return call(`Size.${unit}`, Math.ceil(bytes / factor));
}

/** A quantity of CPU. Undefined if it is not a quantity. */
export function cpuExpression(quantity: unknown): Call | undefined {
  const units = parseQuantity(quantity);
  if (units === undefined) { return undefined; }
  return Number.isInteger(units) ? call('Cpu.units', units) : call('Cpu.millis', Math.ceil(units * 1000 - 1e-6));
}

const DURATIONS = [['days', 86_400_000], ['hours', 3_600_000], ['minutes', 60_000], ['seconds', 1000]] as const;

/** A duration of Go in the largest unit without a fraction. Undefined if it is not one. */
export function durationExpression(text: unknown): Call | undefined {
  const milliseconds = parseGoDuration(text);
  if (milliseconds === undefined || milliseconds < 0) { return undefined; }
  const [unit, factor] = DURATIONS.find(([, size]) => milliseconds > 0 && milliseconds % size === 0) ?? ['millis', 1];
  return call(`Duration.${unit}`, milliseconds / factor);
}

const RESOURCES = [['cpu', 'cpu', cpuExpression], ['memory', 'memory', sizeExpression], ['ephemeral-storage', 'ephemeralStorage', sizeExpression]] as const;

/** Names of the resources that `resourcesExpression` takes over. */
export const RESOURCE_NAMES: ReadonlyArray<string> = RESOURCES.map(([name]) => name);

/** `requests` and `limits` of a container as `ContainerResources`; undefined if an amount is not a quantity. */
export function resourcesExpression(value: unknown): Fields | undefined {
  const { requests, limits } = mapping(value);
  let isValid = true;
  const amount = (source: unknown, name: string, convert: (quantity: unknown) => Call | undefined) => {
    const quantity = (mapping(source) as Mapping)[name];
    if (!isGiven(quantity)) { return undefined; }
    const expression = convert(quantity);
    isValid &&= expression !== undefined;
    return expression;
  };
  const found = RESOURCES.map(([name, property, convert]) => {
    const [request, limit] = [amount(requests, name, convert), amount(limits, name, convert)];
    return [property, request === undefined && limit === undefined ? undefined : fields({ request, limit })] as const;
  });
  return isValid ? fields(Object.fromEntries(found)) : undefined;
}
