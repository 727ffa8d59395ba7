// Written by tools/schemas.ts from imports/cert-manager.crds.yaml (npm run schemas); not to be edited.
/* eslint-disable */
import type { Schema } from '../../kubernetes';

/** What cert-manager 1.21 knows in the spec of an Issuer or ClusterIssuer; pod templates of solvers are left open. */
export const ISSUER_SPEC: Schema = {
  type: "object",
  properties: {
    acme: {
      type: "object",
      required: ["privateKeySecretRef", "server"],
      properties: {
        caBundle: { type: "string" },
        disableAccountKeyGeneration: { type: "boolean" },
        email: { type: "string" },
        enableDurationFeature: { type: "boolean" },
        externalAccountBinding: {
          type: "object",
          required: ["keyID", "keySecretRef"],
          properties: {
            keyAlgorithm: { type: "string", enum: ["HS256", "HS384", "HS512"] },
            keyID: { type: "string" },
            keySecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
          },
        },
        preferredChain: { type: "string", maxLength: 64 },
        privateKeySecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
        profile: { type: "string" },
        server: { type: "string" },
        skipTLSVerify: { type: "boolean" },
        solvers: {
          type: "array",
          items: {
            type: "object",
            properties: {
              dns01: {
                type: "object",
                properties: {
                  acmeDNS: {
                    type: "object",
                    required: ["accountSecretRef", "host"],
                    properties: {
                      accountSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      host: { type: "string" },
                    },
                  },
                  akamai: {
                    type: "object",
                    required: ["accessTokenSecretRef", "clientSecretSecretRef", "clientTokenSecretRef", "serviceConsumerDomain"],
                    properties: {
                      accessTokenSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      clientSecretSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      clientTokenSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      serviceConsumerDomain: { type: "string" },
                    },
                  },
                  azureDNS: {
                    type: "object",
                    required: ["resourceGroupName", "subscriptionID"],
                    properties: {
                      clientID: { type: "string" },
                      clientSecretSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      environment: {
                        type: "string",
                        enum: ["AzurePublicCloud", "AzureChinaCloud", "AzureGermanCloud", "AzureUSGovernmentCloud"],
                      },
                      hostedZoneName: { type: "string" },
                      managedIdentity: {
                        type: "object",
                        properties: { clientID: { type: "string" }, resourceID: { type: "string" }, tenantID: { type: "string" } },
                      },
                      resourceGroupName: { type: "string" },
                      subscriptionID: { type: "string" },
                      tenantID: { type: "string" },
                      zoneType: { type: "string", enum: ["AzurePublicZone", "AzurePrivateZone"] },
                    },
                  },
                  cloudDNS: {
                    type: "object",
                    required: ["project"],
                    properties: {
                      hostedZoneName: { type: "string" },
                      project: { type: "string" },
                      serviceAccountSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                    },
                  },
                  cloudflare: {
                    type: "object",
                    properties: {
                      apiKeySecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      apiTokenSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      email: { type: "string" },
                    },
                  },
                  cnameStrategy: { type: "string", enum: ["None", "Follow"] },
                  digitalocean: {
                    type: "object",
                    required: ["tokenSecretRef"],
                    properties: {
                      tokenSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                    },
                  },
                  rfc2136: {
                    type: "object",
                    required: ["nameserver"],
                    properties: {
                      nameserver: { type: "string" },
                      protocol: { type: "string", enum: ["TCP", "UDP"] },
                      tsigAlgorithm: { type: "string" },
                      tsigKeyName: { type: "string" },
                      tsigSecretSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                    },
                  },
                  route53: {
                    type: "object",
                    properties: {
                      accessKeyID: { type: "string" },
                      accessKeyIDSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                      auth: {
                        type: "object",
                        required: ["kubernetes"],
                        properties: {
                          kubernetes: {
                            type: "object",
                            required: ["serviceAccountRef"],
                            properties: {
                              serviceAccountRef: {
                                type: "object",
                                required: ["name"],
                                properties: { audiences: { type: "array", items: { type: "string" } }, name: { type: "string" } },
                              },
                            },
                          },
                        },
                      },
                      hostedZoneID: { type: "string" },
                      region: { type: "string" },
                      role: { type: "string" },
                      secretAccessKeySecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                    },
                  },
                  webhook: {
                    type: "object",
                    required: ["groupName", "solverName"],
                    properties: { config: {}, groupName: { type: "string" }, solverName: { type: "string" } },
                  },
                },
              },
              http01: {
                type: "object",
                properties: {
                  gatewayHTTPRoute: {
                    type: "object",
                    properties: {
                      labels: { type: "object", additionalProperties: { type: "string" } },
                      parentRefs: {
                        type: "array",
                        items: {
                          type: "object",
                          required: ["name"],
                          properties: {
                            group: {
                              type: "string",
                              pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                              maxLength: 253,
                            },
                            kind: { type: "string", pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$", minLength: 1, maxLength: 63 },
                            name: { type: "string", minLength: 1, maxLength: 253 },
                            namespace: { type: "string", pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", minLength: 1, maxLength: 63 },
                            port: { minimum: 1, maximum: 65535, type: "integer" },
                            sectionName: {
                              type: "string",
                              pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                              minLength: 1,
                              maxLength: 253,
                            },
                          },
                        },
                      },
                      serviceType: { type: "string" },
                      podTemplate: {},
                    },
                  },
                  ingress: {
                    type: "object",
                    properties: {
                      class: { type: "string" },
                      ingressClassName: { type: "string" },
                      ingressTemplate: {
                        type: "object",
                        properties: {
                          metadata: {
                            type: "object",
                            properties: {
                              annotations: { type: "object", additionalProperties: { type: "string" } },
                              labels: { type: "object", additionalProperties: { type: "string" } },
                            },
                          },
                        },
                      },
                      name: { type: "string" },
                      serviceType: { type: "string" },
                      podTemplate: {},
                    },
                  },
                },
              },
              selector: {
                type: "object",
                properties: {
                  dnsNames: { type: "array", items: { type: "string" } },
                  dnsZones: { type: "array", items: { type: "string" } },
                  matchLabels: { type: "object", additionalProperties: { type: "string" } },
                },
              },
              waitInsteadOfSelfCheck: { type: "string" },
            },
          },
        },
      },
    },
    ca: {
      type: "object",
      required: ["secretName"],
      properties: {
        crlDistributionPoints: { type: "array", items: { type: "string" } },
        issuingCertificateURLs: { type: "array", items: { type: "string" } },
        ocspServers: { type: "array", items: { type: "string" } },
        secretName: { type: "string" },
      },
    },
    selfSigned: { type: "object", properties: { crlDistributionPoints: { type: "array", items: { type: "string" } } } },
    vault: {
      type: "object",
      required: ["auth", "path", "server"],
      properties: {
        auth: {
          type: "object",
          properties: {
            appRole: {
              type: "object",
              required: ["path", "roleId", "secretRef"],
              properties: {
                path: { type: "string" },
                roleId: { type: "string" },
                secretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
              },
            },
            aws: {
              type: "object",
              required: ["role"],
              properties: {
                iamRoleArn: { type: "string" },
                mountPath: { type: "string" },
                region: { type: "string" },
                role: { type: "string", minLength: 1 },
                serviceAccountRef: {
                  type: "object",
                  required: ["name"],
                  properties: { audiences: { type: "array", items: { type: "string" } }, name: { type: "string" } },
                },
                vaultHeaderValue: { type: "string" },
              },
            },
            clientCertificate: {
              type: "object",
              properties: { mountPath: { type: "string" }, name: { type: "string" }, secretName: { type: "string" } },
            },
            kubernetes: {
              type: "object",
              required: ["role"],
              properties: {
                mountPath: { type: "string" },
                role: { type: "string" },
                secretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
                serviceAccountRef: {
                  type: "object",
                  required: ["name"],
                  properties: { audiences: { type: "array", items: { type: "string" } }, name: { type: "string" } },
                },
              },
            },
            tokenSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
          },
        },
        caBundle: { type: "string" },
        caBundleSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
        clientCertSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
        clientKeySecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
        namespace: { type: "string" },
        path: { type: "string" },
        server: { type: "string" },
        serverName: { type: "string" },
      },
    },
    venafi: {
      type: "object",
      required: ["zone"],
      properties: {
        cloud: {
          type: "object",
          required: ["apiTokenSecretRef"],
          properties: {
            apiTokenSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
            url: { type: "string" },
          },
        },
        ngts: {
          type: "object",
          required: ["credentialsRef", "tsgID"],
          properties: {
            credentialsRef: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
            tokenEndpoint: { type: "string" },
            tsgID: { type: "string" },
            url: { type: "string" },
          },
        },
        tpp: {
          type: "object",
          required: ["credentialsRef", "url"],
          properties: {
            caBundle: { type: "string" },
            caBundleSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
            credentialsRef: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
            url: { type: "string" },
          },
        },
        zone: { type: "string" },
      },
    },
  },
};

/** What cert-manager 1.21 knows in the spec of a Certificate. */
export const CERTIFICATE_SPEC: Schema = {
  type: "object",
  required: ["issuerRef", "secretName"],
  properties: {
    additionalOutputFormats: {
      type: "array",
      items: { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["DER", "CombinedPEM"] } } },
    },
    commonName: { type: "string" },
    dnsNames: { type: "array", items: { type: "string" } },
    duration: { type: "string" },
    emailAddresses: { type: "array", items: { type: "string" } },
    encodeUsagesInRequest: { type: "boolean" },
    ipAddresses: { type: "array", items: { type: "string" } },
    isCA: { type: "boolean" },
    issuerRef: {
      type: "object",
      required: ["name"],
      properties: { group: { type: "string" }, kind: { type: "string" }, name: { type: "string" } },
    },
    keystores: {
      type: "object",
      properties: {
        jks: {
          type: "object",
          required: ["create"],
          properties: {
            alias: { type: "string" },
            create: { type: "boolean" },
            password: { type: "string" },
            passwordSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
          },
        },
        pkcs12: {
          type: "object",
          required: ["create"],
          properties: {
            create: { type: "boolean" },
            password: { type: "string" },
            passwordSecretRef: { type: "object", required: ["name"], properties: { key: { type: "string" }, name: { type: "string" } } },
            profile: { type: "string", enum: ["LegacyRC2", "LegacyDES", "Modern2023", "Modern2026"] },
          },
        },
      },
    },
    literalSubject: { type: "string" },
    nameConstraints: {
      type: "object",
      properties: {
        critical: { type: "boolean" },
        excluded: {
          type: "object",
          properties: {
            dnsDomains: { type: "array", items: { type: "string" } },
            emailAddresses: { type: "array", items: { type: "string" } },
            ipRanges: { type: "array", items: { type: "string" } },
            uriDomains: { type: "array", items: { type: "string" } },
          },
        },
        permitted: {
          type: "object",
          properties: {
            dnsDomains: { type: "array", items: { type: "string" } },
            emailAddresses: { type: "array", items: { type: "string" } },
            ipRanges: { type: "array", items: { type: "string" } },
            uriDomains: { type: "array", items: { type: "string" } },
          },
        },
      },
    },
    otherNames: { type: "array", items: { type: "object", properties: { oid: { type: "string" }, utf8Value: { type: "string" } } } },
    privateKey: {
      type: "object",
      properties: {
        algorithm: { type: "string", enum: ["RSA", "ECDSA", "Ed25519"] },
        encoding: { type: "string", enum: ["PKCS1", "PKCS8"] },
        rotationPolicy: { type: "string", enum: ["Never", "Always"] },
        size: { type: "integer" },
      },
    },
    renewBefore: { type: "string" },
    renewBeforePercentage: { minimum: -2147483648, maximum: 2147483647, type: "integer" },
    renewal: {
      type: "object",
      properties: {
        policy: { type: "string", enum: ["RenewBefore", "Disabled"] },
        windows: {
          type: "array",
          items: {
            type: "object",
            required: ["cron", "windowDuration"],
            properties: {
              cron: { type: "string", minLength: 1 },
              timezone: { type: "string", minLength: 1 },
              windowDuration: { type: "string", pattern: "^([0-9]+(\\.[0-9]+)?(s|m|h))+$" },
            },
          },
        },
      },
    },
    revisionHistoryLimit: { minimum: -2147483648, maximum: 2147483647, type: "integer" },
    secretName: { type: "string" },
    secretTemplate: {
      type: "object",
      properties: {
        annotations: { type: "object", additionalProperties: { type: "string" } },
        labels: { type: "object", additionalProperties: { type: "string" } },
      },
    },
    signatureAlgorithm: {
      type: "string",
      enum: ["SHA256WithRSA", "SHA384WithRSA", "SHA512WithRSA", "ECDSAWithSHA256", "ECDSAWithSHA384", "ECDSAWithSHA512", "PureEd25519"],
    },
    subject: {
      type: "object",
      properties: {
        countries: { type: "array", items: { type: "string" } },
        localities: { type: "array", items: { type: "string" } },
        organizationalUnits: { type: "array", items: { type: "string" } },
        organizations: { type: "array", items: { type: "string" } },
        postalCodes: { type: "array", items: { type: "string" } },
        provinces: { type: "array", items: { type: "string" } },
        serialNumber: { type: "string" },
        streetAddresses: { type: "array", items: { type: "string" } },
      },
    },
    uris: { type: "array", items: { type: "string" } },
    usages: {
      type: "array",
      items: {
        type: "string",
        enum: [
          "signing",
          "digital signature",
          "content commitment",
          "key encipherment",
          "key agreement",
          "data encipherment",
          "cert sign",
          "crl sign",
          "encipher only",
          "decipher only",
          "any",
          "server auth",
          "client auth",
          "code signing",
          "email protection",
          "s/mime",
          "ipsec end system",
          "ipsec tunnel",
          "ipsec user",
          "timestamping",
          "ocsp signing",
          "microsoft sgc",
          "netscape sgc",
        ],
      },
    },
  },
};
