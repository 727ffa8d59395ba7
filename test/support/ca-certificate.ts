/** A certificate of an authority, for whoever only wants to see one parsed. */
export const CA_PEM = `-----BEGIN CERTIFICATE-----
MIHUMIGHAhQmcdz5MnD9i/ldwxA5SMf8+Q7k+zAFBgMrZXAwDTELMAkGA1UEAwwC
Y2EwHhcNMjYxMTI0MjA1ODE2WhcNMzYxMTIxMjA1ODE2WjANMQswCQYDVQQDDAJj
YTAqMAUGAytlcAMhAK0u/HtfC7Hp2w16xdgjVAMGJrz3NafmgStz1JwI0KayMAUG
AytlcANBAKOAZzjxqJ/wchNspE4XMaxTNhs7V/Cb2fbpFCxHAf5cZ2h1lSQ+Ne0B
cbtcaNMH9DupDWsBR2uFzPz2AkIfBwk=
-----END CERTIFICATE-----
`;

/** The same, as a `caBundle` holds it. */
export const CA_BUNDLE = Buffer.from(CA_PEM).toString('base64');
