/** Milliseconds that cert-manager requires between the renewal and the expiry. Source: cert-manager pkg/apis/certmanager/v1/const.go, MinimumRenewBefore. */
export const SHORTEST_RENEW_BEFORE = 300_000;
