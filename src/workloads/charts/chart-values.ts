import { mapping, type Mapping, mappings, text, texts } from '../../data';
import { dnsLabelError } from '../../formats';
import type { HelmInstallation } from '../../kubernetes';

/** The values of a release, with the defaults of its chart. A value with a placeholder or a template is not known. */
export class ChartValues {
  public constructor(private readonly installation: HelmInstallation) {}

  /** Whether a value is set, or is certainly the default. */
  public isKnown(path: string): boolean {
    const given = this.installation.valueOf(path);
    return given === undefined ? !this.installation.hasOtherValues : !isTemplate(given.value);
  }

  public text(path: string, otherwise = ''): string {
    const value = this.installation.valueOf(path)?.value;
    return isTemplate(value) ? '' : text(value) || otherwise;
  }

  public isOn(path: string, otherwise = false): boolean {
    const value = this.text(path);
    return value === '' ? otherwise : value === 'true';
  }

  public mapping(path: string): Mapping {
    return mapping(this.installation.valueOf(path)?.value);
  }

  /** A list that the chart copies; empty where it is a template. */
  public list(path: string): Mapping[] {
    return mappings(this.installation.valueOf(path)?.value);
  }

  public words(path: string): string[] | undefined {
    const value = this.installation.valueOf(path)?.value;
    return Array.isArray(value) && value.length > 0 ? texts(value) : undefined;
  }

  /** The name of most charts: the override, the release if it contains the name of the chart, or both. Source: Helm, `helm create`; Bitnami common 2, common.names.fullname. */
  public fullName(): string {
    const override = this.text('fullnameOverride');
    const { release } = this.installation;
    return cut(override || (release.includes(this.name()) ? release : `${release}-${this.name()}`));
  }

  /** The name of the chart, for labels. */
  public name(): string {
    return cut(this.text('nameOverride', this.installation.chart));
  }

  /** Whether the names of its objects are certain. */
  public hasKnownName(): boolean {
    const set = ['fullnameOverride', 'nameOverride'].every((path) => !isTemplate(this.installation.valueOf(path)?.value));
    return set && dnsLabelError(this.fullName()) === undefined;
  }
}

/** Names of objects have at most 63 characters, without a dash at the end. */
export function cut(name: string): string {
  return name.slice(0, 63).replace(/-$/, '');
}

function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && /\$\{|\{\{/.test(value);
}
