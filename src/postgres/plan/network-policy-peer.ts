/** A peer of a NetworkPolicy, as the API has it. */
export interface NetworkPolicyPeer {
  readonly podSelector?: { readonly matchLabels?: { readonly [name: string]: string } };
  readonly namespaceSelector?: { readonly matchLabels?: { readonly [name: string]: string } };
  readonly ipBlock?: { readonly cidr: string };
}
