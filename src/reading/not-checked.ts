import type { SourcePosition } from './source-text';

/** Why a part of the input was not checked. The values are words for an answer to people. */
export enum NotCheckedReason {
  /** Text with `{{ … }}` or `{% … %}`, which Helm or another template language renders first. */
  TEMPLATE = 'template',
  /** Placeholders without a value: Flux, Kustomize, Terraform, envsubst, or those that people fill in. */
  PLACEHOLDERS = 'placeholders',
  /** Values are encrypted: SOPS, ansible-vault, git-crypt, age. */
  ENCRYPTED = 'encrypted',
  /** Fields that are merged into another object. */
  PATCH = 'patch',
  /** A part of an object, such as one without apiVersion. */
  FRAGMENT = 'fragment',
  KUSTOMIZATION = 'kustomization',
  /** Chart.yaml and values of Helm. */
  CHART = 'Helm chart',
  COMPOSE = 'Compose file',
  WORKFLOW = 'CI workflow',
  /** Steps and expectations of kuttl, Chainsaw and other test programs. */
  TEST = 'test',
  /** Configuration of a program, with an apiVersion or without: kubeconfig, kubeadm, kind, cert-manager's controller. */
  CONFIGURATION = 'configuration',
  /** Written by a controller, from another object: Pods of a Deployment, the Secret of a Certificate. */
  DERIVED = 'written by a controller',
  NO_MANIFEST = 'not a manifest',
  EMPTY = 'empty',
  INVALID_YAML = 'invalid YAML',
  UNREADABLE = 'unreadable',
  BINARY = 'binary',
  TOO_LARGE = 'too large',
}

/** A part of the input that was not checked: the documents of one file with one reason. */
export interface NotChecked {
  /** A file, or a folder that cannot be read. */
  readonly file: string;
  /** Why. */
  readonly reason: NotCheckedReason;
  /**
   * Where the first of these documents begins, or where its error is.
   *
   * @default - the whole file was not checked
   */
  readonly position?: SourcePosition;
  /** Number of documents; 1 for a file that cannot be read. */
  readonly documents: number;
  /** What stands in the way. */
  readonly problem: string;
  /** What to do about it. Empty if there is nothing to do. */
  readonly fix: string;
  /**
   * The placeholders as they are written, each once.
   *
   * @default - none, for reasons other than TEMPLATE and PLACEHOLDERS
   */
  readonly placeholders?: string[];
  /** Whether people should hear of it; otherwise it is only counted, since such files are beside manifests everywhere. */
  readonly isFinding: boolean;
}

/** What is found in one document; entries of a file with the same reason are merged. */
export type NotCheckedEntry = Omit<NotChecked, 'file' | 'documents'>;

/** The entries of one file: one for each reason. */
export class NotCheckedOfFile {
  private readonly entries = new Map<NotCheckedReason, NotChecked>();

  public constructor(private readonly file: string) {}

  public add(entry: NotCheckedEntry): void {
    const known = this.entries.get(entry.reason);
    if (known === undefined) {
      this.entries.set(entry.reason, { file: this.file, documents: 1, ...entry });
      return;
    }
    const placeholders = known.placeholders === undefined ? entry.placeholders : [...new Set([...known.placeholders, ...entry.placeholders ?? []])];
    // The text of an entry that is a finding stays.
    const { position, problem, fix, isFinding } = known.isFinding || !entry.isFinding ? known : entry;
    this.entries.set(entry.reason, {
      file: this.file, reason: entry.reason, documents: known.documents + 1, ...(position === undefined ? {} : { position }), problem, fix, isFinding,
      ...(placeholders === undefined ? {} : { placeholders }),
    });
  }

  public all(): NotChecked[] {
    return [...this.entries.values()].map((entry) => entry.placeholders === undefined ? entry : { ...entry, problem: placeholderProblem(entry.problem, entry.placeholders) });
  }
}

const SHOWN_PLACEHOLDERS = 6;

function placeholderProblem(problem: string, placeholders: readonly string[]): string {
  if (placeholders.length === 0) { return problem; }
  const shown = placeholders.slice(0, SHOWN_PLACEHOLDERS).join(', ');
  return `${problem}: ${shown}${placeholders.length > SHOWN_PLACEHOLDERS ? ` and ${placeholders.length - SHOWN_PLACEHOLDERS} more` : ''}`;
}
