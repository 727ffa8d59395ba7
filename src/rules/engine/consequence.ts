/** What happens to a manifest that violates a rule, and so which system can confirm the rule. */
export enum Consequence {
  /** The API server or a webhook rejects it. */
  REJECTED_ON_APPLY = 'rejected on apply',
  /** It is accepted but never becomes ready: a controller stalls, or a pod does not start. */
  NEVER_READY = 'never ready',
  /** It becomes ready, and fails later: a peer rejects it, data is lost, or an unauthorized client can connect. */
  FAILS_AT_RUNTIME = 'fails at runtime',
}
