import type { k8s } from 'cdk8s-plus-27';

/** There once a reloader has loaded all that is mounted. */
export const READY_FILE = '/tmp/reloader.ready';

/** Why the ready file is not there. */
export const PROBLEM_FILE = '/tmp/reloader.problem';

/** Succeeds while the reloader has no problem, or else prints its problems. Of the image it needs what the reloader needs. */
export const REPORTED: k8s.ExecAction = { command: ['sh', '-c', 'test -e "$READY_FILE" || { cat "$PROBLEM_FILE"; exit 1; }'] };

/** The most that the field takes: a signed integer of 32 bits. */
export const NEVER = 2_147_483_647;

/** Succeeds at the first success, and never restarts the reloader. The event of a failed probe shows its output. */
export const REPORTED_AT_START: k8s.Probe = { exec: REPORTED, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: NEVER };
