/** A fault of the command line or of the configuration: the message is for people, and nothing was checked. */
export class UsageError extends Error {}
