import { Yaml } from 'cdk8s';
import { RememberedTexts } from './remembered-texts';

/** What this printer leaves to cdk8s. */
const UNPRINTABLE = new Error('left to cdk8s');

/**
 * Texts that YAML 1.1 writes as they are: a letter first, no word of at most five letters (`true`, `no`, `null`), nothing that YAML gives a meaning.
 * All numbers and times begin with another character. Source: YAML 1.1 types, https://yaml.org/type/; `yaml`, stringifyString.
 */
const CERTAINLY_PLAIN = /^[A-Za-z][\w./@=-]{4,}\w$/;

/** A key that `yaml` quotes at the start of a line alone; its lines end at U+2028 too. Source: `yaml`, stringifyString, containsDocumentMarker. */
const DOCUMENT_MARKER = /^(?:---|\.\.\.|%)/m;

/**
 * Prints manifests as cdk8s does, byte by byte: the structure by itself, each scalar with the text that `cdk8s.Yaml` writes for it, which it remembers.
 * What it cannot print as cdk8s does goes to `cdk8s.Yaml` as a whole: the same object twice (an alias), classes, functions, `undefined`, keys of
 * several lines.
 */
export class ManifestPrinter {
  private readonly keys = new RememberedTexts();
  private readonly lines = new RememberedTexts();
  /** Texts of several lines, by their indentation. */
  private readonly blocks = new Map<number, RememberedTexts>();
  private readonly met = new Set<object>();
  private text = '';

  /** @param leave prints what this printer cannot */
  public constructor(private readonly leave: (document: unknown) => string = (document) => Yaml.stringify(document)) {}

  /** The document as `cdk8s.Yaml.stringify` prints it. */
  public print(document: unknown): string {
    if (!isMapping(document) || Object.keys(document).length === 0) { return this.leave(document); }
    this.text = '';
    try {
      this.mapping(document, 0, '');
      return this.text;
    } catch (error) {
      if (error !== UNPRINTABLE) { throw error; }
      return this.leave(document);
    } finally {
      this.text = '';
      this.met.clear();
    }
  }

  /** @param lead what is written before the first key; indentation is written before the others */
  private mapping(value: Readonly<Record<string, unknown>>, indent: number, lead: string): void {
    const margin = spaces(indent);
    let before = lead;
    for (const key of Object.keys(value)) {
      this.text += before + this.key(key);
      this.value(value[key], indent);
      before = margin;
    }
  }

  private value(value: unknown, indent: number): void {
    if (typeof value !== 'object' || value === null) {
      this.text += ` ${this.scalar(value, indent + 2)}\n`;
    } else if (Array.isArray(value)) {
      this.meet(value, Array.prototype);
      if (value.length === 0) { this.text += ' []\n'; return; }
      this.text += '\n';
      this.sequence(value, indent + 2, spaces(indent + 2));
    } else {
      this.meet(value, Object.prototype);
      if (Object.keys(value).length === 0) { this.text += ' {}\n'; return; }
      this.text += '\n';
      this.mapping(value as Record<string, unknown>, indent + 2, spaces(indent + 2));
    }
  }

  private sequence(values: readonly unknown[], indent: number, lead: string): void {
    const margin = spaces(indent);
    let before = lead;
    // By index: a hole is `undefined`, which this printer leaves to cdk8s.
    for (let index = 0; index < values.length; index += 1) {
      this.item(values[index], indent, `${before}- `);
      before = margin;
    }
  }

  private item(value: unknown, indent: number, lead: string): void {
    if (typeof value !== 'object' || value === null) {
      this.text += `${lead}${this.scalar(value, indent + 2)}\n`;
    } else if (Array.isArray(value)) {
      this.meet(value, Array.prototype);
      if (value.length === 0) { this.text += `${lead}[]\n`; } else { this.sequence(value, indent + 2, lead); }
    } else {
      this.meet(value, Object.prototype);
      if (Object.keys(value).length === 0) { this.text += `${lead}{}\n`; } else { this.mapping(value as Record<string, unknown>, indent + 2, lead); }
    }
  }

  /** The second time that an object is met, YAML writes an alias. */
  private meet(value: object, prototype: object): void {
    if (this.met.has(value) || !isPlain(value, prototype)) { throw UNPRINTABLE; }
    this.met.add(value);
  }

  private key(key: string): string {
    if (CERTAINLY_PLAIN.test(key) && key.length < 1000) { return `${key}:`; }
    return this.keys.of(key, () => {
      const text = Yaml.stringify({ [key]: 0 });
      // A long key is written as `? key`, and a key of several lines depends on its place.
      if (DOCUMENT_MARKER.test(key) || key.includes('\n') || key === '__proto__' || text.startsWith('? ') || !text.endsWith(': 0\n')) { throw UNPRINTABLE; }
      return text.slice(0, -' 0\n'.length);
    });
  }

  /** @param indent of the lines after the first, if there are several */
  private scalar(value: unknown, indent: number): string {
    switch (typeof value) {
      case 'string': return this.string(value, indent);
      case 'number': return Number.isSafeInteger(value) && value !== 0 ? String(value) : scalarText(value).trimEnd();
      case 'boolean': return value ? 'true' : 'false';
      default:
        if (value === null) { return 'null'; }
        throw UNPRINTABLE;
    }
  }

  private string(value: string, indent: number): string {
    if (CERTAINLY_PLAIN.test(value)) { return value; }
    if (!value.includes('\n')) { return this.lines.of(value, () => scalarText(value).slice(0, -1)); }
    const known = this.blocks.get(indent) ?? new RememberedTexts();
    this.blocks.set(indent, known);
    return known.of(value, () => {
      const [first, ...lines] = scalarText(value).slice(0, -1).split('\n');
      const margin = spaces(indent - 2);
      return [first, ...lines.map((line) => (line === '' ? line : margin + line))].join('\n');
    });
  }
}

/** The text of a scalar as the value of a key without indentation, with the line break after it. */
function scalarText(value: unknown): string {
  return Yaml.stringify({ k: value }).slice('k: '.length);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && isPlain(value, Object.prototype);
}

/** An object of which YAML writes the keys or items alone: a symbol makes it something else for `yaml`, and so does `toJSON`. */
function isPlain(value: object, prototype: object): boolean {
  return Object.getPrototypeOf(value) === prototype && Object.getOwnPropertySymbols(value).length === 0 && !('toJSON' in value);
}

const SPACES: string[] = [];

function spaces(count: number): string {
  return (SPACES[count] ??= ' '.repeat(count));
}
