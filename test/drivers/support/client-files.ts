import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalSecret } from '../../local';

/** Every character that a syntax of connection strings could mistake. */
const FOLDER = 'client\'s "files"; a=b & 100%41 é+#?,@{}\\';

/** The Secret of a client certificate and the CA, mounted as kubelet mounts them: links lead through `..data`, which changes at once. */
export class ClientFiles {
  private readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'driver-files-')));
  private readonly folder = join(this.root, FOLDER);
  private writes = 0;

  public constructor(ca: string) {
    chmodSync(this.root, 0o755);
    mkdirSync(this.folder);
    this.writeCa(ca);
  }

  public writeCa(ca: string): void {
    writeFileSync(`${this.caFile}.new`, ca);
    renameSync(`${this.caFile}.new`, this.caFile);
  }

  public get caFile(): string {
    return join(this.folder, 'ca.crt');
  }

  /** The path of a file of the Secret. */
  public path(file: string): string {
    return join(this.folder, file);
  }

  /** kubelet gives a Secret volume with `defaultMode: 0440` to root and the group of the pod. */
  public write({ data, binary = {} }: LocalSecret, mode = process.getuid?.() === 0 ? 0o440 : 0o400): void {
    this.writes += 1;
    const fresh = `..${this.writes}`;
    mkdirSync(join(this.folder, fresh));
    for (const [name, content] of Object.entries({ ...data, ...binary }).filter(([name]) => name !== 'ca.crt')) {
      writeFileSync(join(this.folder, fresh, name), content);
      chmodSync(join(this.folder, fresh, name), mode);
      if (!readdirSync(this.folder).includes(name)) { symlinkSync(join('..data', name), join(this.folder, name)); }
    }
    symlinkSync(fresh, join(this.folder, '..data_tmp'));
    renameSync(join(this.folder, '..data_tmp'), join(this.folder, '..data'));
    if (this.writes > 1) { rmSync(join(this.folder, `..${this.writes - 1}`), { recursive: true }); }
  }

  public remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
