/** Names of a client's files in its directory. The CA of the server is not called `ca.crt`: in the client's Secret that is the CA of the clients. */
export const CLIENT_FILES = { certificate: 'tls.crt', key: 'tls.key', derKey: 'key.der', serverCa: 'server-ca.crt', password: 'password' } as const;
