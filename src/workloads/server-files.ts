import type { PodFile, PodPlace } from './pod-files';
import type { ContainerView } from '../kubernetes';
import type { ConfFile } from '../postgresql';

/** A file with settings that is visible. */
export interface VisibleConf extends ConfFile {
  readonly source: PodFile;
}

/** A setting that an entrypoint writes from a variable of the container. */
export interface WrittenSetting {
  readonly value: string;
  readonly variable: string;
}

/** Where a server finds its files and settings. */
export interface ServerFiles {
  /** Empty where it is not known. */
  readonly dataDirectory: string;
  /** Where pg_hba.conf and pg_ident.conf are unless a setting names them; empty where it is not known. */
  readonly configDirectory: string;
  /** pg_hba.conf, where the start script names it. */
  readonly hbaFile?: string;
  /** Visible files with settings; the first that has a setting counts. */
  readonly confs: ReadonlyArray<VisibleConf>;
  /** The settings that the entrypoint writes below those of the files. */
  readonly written: ReadonlyMap<string, WrittenSetting>;
  /** The rows of pg_hba.conf, where a variable has them. */
  readonly hba?: string;
}

/** A container of a pod, and the manifests in which its files are. */
export interface ContainerPlace extends PodPlace {
  readonly container: ContainerView;
  readonly variables: ReadonlyMap<string, string>;
}
