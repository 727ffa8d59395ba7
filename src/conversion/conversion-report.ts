import { type Answer, isRefused, type Taken } from './field-rule';
import { ConversionOutcome, ConversionReportEntry } from './outcome';
import { nearest } from '../formats';
import type { SourcePosition } from '../reading';

/** Gathers entries and faults of a conversion. */
export class Report {
  public readonly entries: ConversionReportEntry[] = [];
  public readonly faults: string[] = [];
  private readonly used = new Set<string>();
  private readonly pending: NotAcknowledged[] = [];

  public constructor(private readonly acknowledgements: Acknowledgements) {}

  public fault({ file, line, column }: SourcePosition, problem: string, fix: string): void {
    this.faults.push(`[${file}:${line}:${column}] ${problem}; ${fix}`);
  }

  public add(object: string, field: string, pattern: string, position: SourcePosition, answer: Answer): void {
    if (isRefused(answer)) { return this.fault(position, `${object}${field === '' ? '' : `: ${field}`} ${answer.problem}`, answer.fix); }
    const keys = [field, pattern, ...(answer.partOf === undefined ? [] : [answer.partOf])];
    const key = answer.outcome === ConversionOutcome.NOT_SUPPORTED ? keys.find((name) => Object.hasOwn(this.acknowledgements, name)) : undefined;
    if (key !== undefined) { this.used.add(key); }
    this.entries.push({ object, field, outcome: answer.outcome, note: answer.note, ...(key === undefined ? {} : { acknowledged: this.acknowledgements[key]! }), ...position });
    if (answer.outcome === ConversionOutcome.NOT_SUPPORTED && key === undefined) { this.pending.push({ position, object, field, key: field === '' ? pattern : field, answer }); }
  }

  /** One cause, one fault: a field that is part of another one is no fault beside it. */
  public finish(hasInput: boolean): void {
    for (const entry of this.pending) {
      const { position, object, field, key, answer } = entry;
      if (answer.partOf !== undefined && this.pending.some((other) => other !== entry && other.object === object && other.field === answer.partOf)) { continue; }
      this.fault(position, `${object}: ${field === '' ? 'the object' : field} is not supported: ${answer.note}`, `change it, or acknowledge '${key}' with a reason to leave it out`);
    }
    for (const key of Object.keys(this.acknowledgements).filter((name) => !this.used.has(name))) {
      const known = [...new Set(this.pending.map((entry) => entry.key))];
      const meant = nearest(key, known);
      if (hasInput) { this.faults.push(`acknowledge: nothing that is not supported has the name '${key}'; ${meant === undefined ? 'remove it' : `did you mean '${meant}'?`}`); }
    }
  }
}

/** Reasons by field, such as `spec.replicas`, or by kind, such as `BackupConfiguration`. */
export type Acknowledgements = Readonly<Record<string, string>>;

/** A field that is not supported, without an acknowledgement. */
interface NotAcknowledged {
  readonly position: SourcePosition;
  readonly object: string;
  readonly field: string;
  /** What an acknowledgement names. */
  readonly key: string;
  readonly answer: Taken;
}
