"use strict";

// src/reading/not-checked.ts
var NotCheckedOfFile = class {
  constructor(file) {
    this.file = file;
  }
  file;
  entries = /* @__PURE__ */ new Map();
  add(entry) {
    const known = this.entries.get(entry.reason);
    if (known === void 0) {
      this.entries.set(entry.reason, { file: this.file, documents: 1, ...entry });
      return;
    }
    const placeholders = known.placeholders === void 0 ? entry.placeholders : [.../* @__PURE__ */ new Set([...known.placeholders, ...entry.placeholders ?? []])];
    const { position, problem, fix, isFinding } = known.isFinding || !entry.isFinding ? known : entry;
    this.entries.set(entry.reason, {
      file: this.file,
      reason: entry.reason,
      documents: known.documents + 1,
      ...position === void 0 ? {} : { position },
      problem,
      fix,
      isFinding,
      ...placeholders === void 0 ? {} : { placeholders }
    });
  }
  all() {
    return [...this.entries.values()].map((entry) => entry.placeholders === void 0 ? entry : { ...entry, problem: placeholderProblem(entry.problem, entry.placeholders) });
  }
};
var SHOWN_PLACEHOLDERS = 6;
function placeholderProblem(problem, placeholders) {
  if (placeholders.length === 0) {
    return problem;
  }
  const shown2 = placeholders.slice(0, SHOWN_PLACEHOLDERS).join(", ");
  return `${problem}: ${shown2}${placeholders.length > SHOWN_PLACEHOLDERS ? ` and ${placeholders.length - SHOWN_PLACEHOLDERS} more` : ""}`;
}

// src/data/fields.ts
function text(value) {
  return value === void 0 || value === null || typeof value === "object" ? "" : String(value);
}
function mapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
function mappings(value) {
  return Array.isArray(value) ? value.map(mapping) : [];
}
function isGiven(value) {
  return value !== void 0 && value !== null;
}
function strings(value) {
  return items(value).filter((item) => typeof item === "string");
}
function items(value) {
  return Array.isArray(value) ? value : [];
}

// src/reading/applied-kinds.ts
var CLIENT_GROUPS = [
  ["kustomize.config.k8s.io", "kustomization" /* KUSTOMIZATION */],
  ["builtin", "kustomization" /* KUSTOMIZATION */],
  ["config.kubernetes.io", "kustomization" /* KUSTOMIZATION */],
  ["viaduct.ai", "kustomization" /* KUSTOMIZATION */],
  ["fn.kpt.dev", "kustomization" /* KUSTOMIZATION */],
  ["kpt.dev", "kustomization" /* KUSTOMIZATION */],
  ["kuttl.dev", "test" /* TEST */],
  ["chainsaw.kyverno.io", "test" /* TEST */],
  ["cli.kyverno.io", "test" /* TEST */],
  ["test.gatekeeper.sh", "test" /* TEST */],
  // Cluster, ClusterConfiguration, KubeletConfiguration, EncryptionConfiguration, Policy of the audit log, ControllerConfiguration of cert-manager, …
  ["kind.x-k8s.io", "configuration" /* CONFIGURATION */],
  ["k3d.io", "configuration" /* CONFIGURATION */],
  ["ctlptl.dev", "configuration" /* CONFIGURATION */],
  ["kubeadm.k8s.io", "configuration" /* CONFIGURATION */],
  ["kops.k8s.io", "configuration" /* CONFIGURATION */],
  ["eksctl.io", "configuration" /* CONFIGURATION */],
  ["k0sctl.k0sproject.io", "configuration" /* CONFIGURATION */],
  ["kubelet.config.k8s.io", "configuration" /* CONFIGURATION */],
  ["kubeproxy.config.k8s.io", "configuration" /* CONFIGURATION */],
  ["kubescheduler.config.k8s.io", "configuration" /* CONFIGURATION */],
  ["controllermanager.config.k8s.io", "configuration" /* CONFIGURATION */],
  ["apiserver.config.k8s.io", "configuration" /* CONFIGURATION */],
  ["apiserver.k8s.io", "configuration" /* CONFIGURATION */],
  ["controller-runtime.sigs.k8s.io", "configuration" /* CONFIGURATION */],
  ["audit.k8s.io", "configuration" /* CONFIGURATION */],
  ["client.authentication.k8s.io", "configuration" /* CONFIGURATION */],
  [".config.cert-manager.io", "configuration" /* CONFIGURATION */],
  ["config.kueue.x-k8s.io", "configuration" /* CONFIGURATION */],
  ["skaffold", "configuration" /* CONFIGURATION */],
  ["garden.io", "configuration" /* CONFIGURATION */],
  ["tilt.dev", "configuration" /* CONFIGURATION */],
  ["backstage.io", "configuration" /* CONFIGURATION */],
  ["meta.pkg.crossplane.io", "configuration" /* CONFIGURATION */],
  ["mirror.openshift.io", "configuration" /* CONFIGURATION */],
  ["kbld.k14s.io", "configuration" /* CONFIGURATION */],
  ["kapp.k14s.io", "configuration" /* CONFIGURATION */],
  ["vendir.k14s.io", "configuration" /* CONFIGURATION */],
  ["imgpkg.carvel.dev", "configuration" /* CONFIGURATION */]
];
function clientKindReason(content) {
  const apiVersion = text(content["apiVersion"]);
  const kind = text(content["kind"]);
  if (apiVersion === "v1" && kind === "Config") {
    return "configuration" /* CONFIGURATION */;
  }
  if (!apiVersion.includes("/")) {
    return void 0;
  }
  const group = apiVersion.split("/")[0];
  if (group === "policy.open-cluster-management.io" && kind === "PolicyGenerator") {
    return "kustomization" /* KUSTOMIZATION */;
  }
  return CLIENT_GROUPS.find(([known]) => known.startsWith(".") ? group.endsWith(known) : group === known)?.[1];
}
function settingsReason(file, content) {
  const name = baseName(file);
  if (isKustomizationFile(file)) {
    return "kustomization" /* KUSTOMIZATION */;
  }
  if (/^(chart|requirements)\.ya?ml$/i.test(name) || /(^|[-_.])values([-_.].*)?\.ya?ml$/i.test(name)) {
    return "Helm chart" /* CHART */;
  }
  if (/^(docker-)?compose([-_.].*)?\.ya?ml$/i.test(name) || mapping(content["services"]) === content["services"] && Object.values(content["services"]).some((service) => "image" in mapping(service) || "build" in mapping(service))) {
    return "Compose file" /* COMPOSE */;
  }
  if (/(^|\/)\.(github|gitea|forgejo)\/workflows\//.test(file.replaceAll("\\", "/")) || "jobs" in content && ("on" in content || "true" in content) || /^\.gitlab-ci.*\.ya?ml$/.test(name)) {
    return "CI workflow" /* WORKFLOW */;
  }
  return "not a manifest" /* NO_MANIFEST */;
}
function isExpectationFile(file) {
  return /^(\d+-|chainsaw-)?(assert|errors?)([-_.].*)?\.ya?ml$/.test(baseName(file)) || /[-_.]assert\.ya?ml$/.test(baseName(file));
}
function isKustomizationFile(file) {
  return ["kustomization.yaml", "kustomization.yml", "Kustomization"].includes(baseName(file));
}
function baseName(file) {
  return file.split(/[\\/]/).at(-1);
}

// src/reading/decode-text.ts
var import_node_buffer = require("node:buffer");
function decodeText(bytes) {
  if (bytes[0] === 255 && bytes[1] === 254) {
    return decodeUtf16("utf-16le", bytes);
  }
  if (bytes[0] === 254 && bytes[1] === 255) {
    return decodeUtf16("utf-16be", bytes);
  }
  return (0, import_node_buffer.isUtf8)(bytes) ? bytes.toString("utf8") : void 0;
}
function decodeUtf16(encoding, bytes) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return void 0;
  }
}
function isBinary(text2) {
  return /[\x00-\x08\x0e-\x1f\x7f]/.test(text2);
}

// src/reading/exported-objects.ts
var SERVER_METADATA = ["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid"];
var LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
function removeServerFields(content) {
  const object = content;
  const metadata = mapping(content["metadata"]);
  const isExported = typeof metadata["uid"] === "string" || typeof metadata["resourceVersion"] === "string" || Array.isArray(metadata["managedFields"]);
  if (isExported) {
    delete object["status"];
  }
  for (const field of SERVER_METADATA) {
    delete metadata[field];
  }
  const annotations = mapping(metadata["annotations"]);
  if (LAST_APPLIED in annotations) {
    delete annotations[LAST_APPLIED];
  }
}
function controllerOf(content) {
  const metadata = mapping(content["metadata"]);
  const owner = mappings(metadata["ownerReferences"]).find(({ controller }) => controller === true);
  if (owner !== void 0) {
    return `${text(owner["kind"])} '${text(owner["name"])}'`;
  }
  const annotations = mapping(metadata["annotations"]);
  const certificate = text(annotations["cert-manager.io/certificate-name"]);
  const isIssued = content["kind"] === "Secret" && certificate !== "" && "cert-manager.io/issuer-name" in annotations && "tls.crt" in mapping(content["data"]);
  return isIssued ? `Certificate '${certificate}'` : void 0;
}

// src/reading/kustomizations.ts
var import_node_path = require("node:path");
function isKustomization(file, content) {
  const apiVersion = text(content["apiVersion"]);
  const kind = text(content["kind"]);
  if (apiVersion.startsWith("kustomize.config.k8s.io/")) {
    return kind === "Kustomization" || kind === "Component" || kind === "";
  }
  return apiVersion === "" && (kind === "" || kind === "Kustomization") && isKustomizationFile(file);
}
var Kustomizations = class {
  roles = /* @__PURE__ */ new Map();
  namespaces = /* @__PURE__ */ new Map();
  byFolder = /* @__PURE__ */ new Map();
  constructor(kustomizations) {
    const inner = /* @__PURE__ */ new Set();
    for (const kustomization of kustomizations) {
      const folder = folderOf(kustomization.file);
      this.byFolder.set(folder, [...this.byFolder.get(folder) ?? [], kustomization]);
      for (const [path, reason] of rolesIn(kustomization.content)) {
        this.roles.set(import_node_path.posix.join(folder, path), reason);
      }
      for (const resource of resourcesOf(kustomization.content)) {
        inner.add(import_node_path.posix.join(folder, resource));
      }
    }
    for (const kustomization of kustomizations) {
      if (!inner.has(folderOf(kustomization.file))) {
        this.spread(kustomization, void 0, /* @__PURE__ */ new Set());
      }
    }
  }
  /** Why a file that a kustomization names is no manifest; undefined for its resources, and for files that none names. */
  roleOf(file) {
    return this.roles.get(normal(file));
  }
  /** The namespace of the objects in a file, if a kustomization sets one. */
  namespaceOf(file) {
    const namespaces = this.namespaces.get(normal(file));
    if (namespaces === void 0 || [...namespaces].every((namespace) => namespace === void 0)) {
      return void 0;
    }
    return { namespace: namespaces.size === 1 ? [...namespaces][0] : void 0 };
  }
  /** The namespace of an outer kustomization replaces that of an inner one. */
  spread(kustomization, outer, above) {
    const folder = folderOf(kustomization.file);
    const namespace = outer ?? (text(kustomization.content["namespace"]) || void 0);
    for (const path of ["", ...resourcesOf(kustomization.content)]) {
      const target = path === "" ? normal(kustomization.file) : import_node_path.posix.join(folder, path);
      this.namespaces.set(target, /* @__PURE__ */ new Set([...this.namespaces.get(target) ?? [], namespace]));
      if (path === "") {
        continue;
      }
      for (const nested of this.byFolder.get(target) ?? []) {
        if (nested !== kustomization && !above.has(nested)) {
          this.spread(nested, namespace, /* @__PURE__ */ new Set([...above, kustomization]));
        }
      }
    }
  }
};
function resourcesOf(content) {
  return ["resources", "bases", "components"].flatMap((field) => strings(content[field])).filter((path) => path !== "" && path !== ".");
}
function rolesIn(content) {
  const named = (reason, ...paths) => strings(paths).filter((path) => !path.includes("\n")).map((path) => [path, reason]);
  const pathsOf = (field) => mappings(content[field]).map(({ path }) => path);
  const listed = (field) => strings(content[field]);
  return [
    ...named("patch" /* PATCH */, ...pathsOf("patches"), ...pathsOf("patchesJson6902"), ...listed("patchesStrategicMerge")),
    ...named("kustomization" /* KUSTOMIZATION */, ...listed("configurations"), ...listed("generators"), ...listed("transformers"), ...listed("validators"), ...pathsOf("replacements"), mapping(content["openapi"])["path"]),
    ...named("Helm chart" /* CHART */, ...mappings(content["helmCharts"]).flatMap(({ valuesFile, additionalValuesFiles }) => [valuesFile, ...strings(additionalValuesFiles)])),
    ...named("configuration" /* CONFIGURATION */, ...["configMapGenerator", "secretGenerator"].flatMap((field) => mappings(content[field])).flatMap(({ files, envs, env }) => [...strings(files).map((file) => file.split("=").at(-1)), ...strings(envs), env]))
  ];
}
function normal(file) {
  return import_node_path.posix.normalize(file.replaceAll("\\", "/"));
}
function folderOf(file) {
  return import_node_path.posix.dirname(normal(file));
}

// src/reading/list-items.ts
function listItems(content, path = []) {
  const { kind, apiVersion, items: items2 } = mapping(content);
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items2)) {
    return [{ content, path }];
  }
  const itemKind = kind.slice(0, -"List".length);
  return items2.flatMap((item, index) => {
    const isTyped = itemKind !== "" && text(mapping(item)["kind"]) === "" && text(mapping(item)["apiVersion"]) === "" && mapping(item) === item;
    return listItems(isTyped ? { apiVersion, kind: itemKind, ...item } : item, [...path, "items", index]);
  });
}

// src/reading/partial-objects.ts
function missingHalf(content, yaml) {
  if (DIRECTIVE.test(yaml) && hasPatchDirective(content)) {
    return "it has a directive of a strategic merge patch ($patch, $retainKeys or $setElementOrder)";
  }
  const group = text(content["apiVersion"]).split("/").reverse()[1] ?? "";
  const spec = mapping(content["spec"]);
  const lacks = (...fields) => fields.every((field) => !isGiven(spec[field]));
  switch (`${group}/${text(content["kind"])}`) {
    case "cert-manager.io/Certificate":
      return lacks("secretName", "issuerRef") ? "neither secretName nor issuerRef" : void 0;
    case "cert-manager.io/Issuer":
    case "cert-manager.io/ClusterIssuer":
      return isGiven(content["spec"]) ? void 0 : "no spec";
    case "trust.cert-manager.io/Bundle":
      return lacks("sources", "target") ? "neither sources nor target" : void 0;
    case "policy.cert-manager.io/CertificateRequestPolicy":
      return lacks("selector", "allowed", "constraints", "plugins") ? "neither selector nor allowed" : void 0;
    case "apps/Deployment":
    case "apps/StatefulSet":
    case "apps/DaemonSet":
      return lacks("selector") && !hasImages(mapping(mapping(spec["template"])["spec"])) ? "neither selector nor a container with an image" : void 0;
    case "batch/Job":
      return hasImages(mapping(mapping(spec["template"])["spec"])) ? void 0 : "no container with an image";
    case "batch/CronJob":
      return lacks("schedule") && !hasImages(mapping(mapping(mapping(mapping(spec["jobTemplate"])["spec"])["template"])["spec"])) ? "neither schedule nor a container with an image" : void 0;
    case "/Pod":
      return hasImages(spec) ? void 0 : "no container with an image";
    default:
      return void 0;
  }
}
function hasImages(podSpec) {
  return mappings(podSpec["containers"]).some(({ image }) => isGiven(image));
}
var DIRECTIVE = /\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/;
function hasPatchDirective(value) {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return Object.entries(value).some(([key, inner]) => DIRECTIVE.test(key) || hasPatchDirective(inner));
}
function isJsonPatch(value) {
  return Array.isArray(value) && value.length > 0 && mappings(value).every(({ op, path }) => typeof op === "string" && typeof path === "string");
}

// src/reading/plain-value.ts
function plainValue(text2) {
  const first = text2.charCodeAt(0);
  if (!(first < 128 && MAY_BE_SPECIAL[first] === 1)) {
    return text2 === "" ? null : text2;
  }
  if (first > 57) {
    const word = text2.length <= 5 ? WORDS.get(text2) : void 0;
    return word === void 0 ? text2 : word === NULL ? null : word;
  }
  return numberOf(text2) ?? text2;
}
function hasNoJson(value) {
  return typeof value === "number" && !Number.isFinite(value);
}
var MAY_BE_SPECIAL = new Uint8Array(128);
for (const character of "+-.0123456789~FNOTYfnoty") {
  MAY_BE_SPECIAL[character.charCodeAt(0)] = 1;
}
var NULL = /* @__PURE__ */ Symbol("null");
var WORDS = new Map([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true]),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false]),
  ...["~", "null", "Null", "NULL"].map((word) => [word, NULL])
]);
var INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
var FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
var INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
function numberOf(text2) {
  if (INFINITE.test(text2)) {
    return text2.startsWith("-") ? -Infinity : Infinity;
  }
  if (/^\.(?:nan|NaN|NAN)$/.test(text2)) {
    return NaN;
  }
  const digits = text2.startsWith(".") ? text2 : text2.replaceAll("_", "");
  const integer = INTEGER.exec(digits);
  if (integer !== null) {
    const [, sign, hex, binary, octal, decimal] = integer;
    const value = decimal === void 0 ? based(hex, binary, octal) : Number(decimal);
    if (decimal === void 0 && value >= 2 ** 64) {
      return FLOAT.test(digits) ? finite(digits) : void 0;
    }
    return sign === "-" && value !== 0 ? -value : value;
  }
  return FLOAT.test(digits) ? finite(digits) : void 0;
}
function based(hex, binary, octal) {
  return hex !== void 0 ? parseInt(hex, 16) : binary !== void 0 ? parseInt(binary, 2) : parseInt(octal, 8);
}
function finite(digits) {
  const value = Number(digits);
  return Number.isFinite(value) ? value : void 0;
}

// src/reading/placeholders.ts
var READ_GROUPS = /* @__PURE__ */ new Set(["", "apps", "batch", "networking.k8s.io", "policy", "cert-manager.io", "acme.cert-manager.io", "trust.cert-manager.io", "policy.cert-manager.io"]);
var FREE_FIELDS = /* @__PURE__ */ new Set(["apiVersion", "kind", "metadata", "status", "data", "stringData", "binaryData", "sops"]);
var FREE_KEYS = /* @__PURE__ */ new Set(["annotations", "command", "args", "env", "subPathExpr", "rule", "message", "messageExpression", "description", "podTemplate"]);
var HOST_FIELDS = /* @__PURE__ */ new Set(["commonName", "dnsNames", "uris"]);
var MAY_HAVE = /[$<]|\{\{|\[\[|@@|__|%[A-Z]|[A-Z]_[A-Z]|REPLACE|CHANGEME|PLACEHOLDER/;
function fillPlaceholders(content, yaml) {
  if (!MAY_HAVE.test(yaml)) {
    return { missing: [], isTemplate: false };
  }
  const found = /* @__PURE__ */ new Set();
  const group = text(content["apiVersion"]).includes("/") ? text(content["apiVersion"]).split("/")[0] : "";
  const fill = (fields, keys) => {
    for (const key of keys) {
      if (Object.hasOwn(fields, key)) {
        fields[key] = filled(fields[key], key, found);
      }
    }
  };
  fill(content, ["apiVersion", "kind"]);
  fill(mapping(content["metadata"]), ["name", "namespace", "generateName"]);
  if (READ_GROUPS.has(group)) {
    fill(content, Object.keys(content).filter((key) => !FREE_FIELDS.has(key)));
  }
  if (group === "" && content["kind"] === "Secret") {
    fill(content, ["data"]);
  }
  const missing = [...found];
  return { missing, isTemplate: missing.some((placeholder) => placeholder.startsWith("{{") || placeholder.startsWith("[[")) };
}
function filled(value, field, found) {
  if (typeof value === "string") {
    return MAY_HAVE.test(value) ? filledText(value, HOST_FIELDS.has(field), found) : value;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      value[index] = filled(item, field, found);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      collect(key, KEY_PLACEHOLDERS, found);
      if (!FREE_KEYS.has(key)) {
        value[key] = filled(inner, key, found);
      }
    }
  }
  return value;
}
function filledText(value, isHost, found) {
  const substituted = withDefaults(value, found);
  collect(substituted, PLACEHOLDERS, found);
  if (isHost) {
    collect(substituted, /(?<![A-Za-z0-9_$({])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9_])/g, found);
  }
  return substituted === value ? value : plainValue(substituted);
}
var KEY_PLACEHOLDERS = /\{\{.*?\}\}|\$\{[^}]*\}/g;
var PLACEHOLDERS = new RegExp([
  "\\{\\{.*?\\}\\}",
  // Helm, Jinja, Ansible
  "\\[\\[.*?\\]\\]",
  "\\$\\([A-Za-z_][\\w.-]*\\)",
  // Kustomize
  "(?<!\\$)\\$[A-Z_][A-Z0-9_]+",
  // envsubst
  "<[A-Za-z][\\w .,:/'-]*>",
  // documentation
  "@@?[A-Z][A-Z0-9_]*@@?",
  "__[A-Z][A-Z0-9_]*__",
  "%[A-Z][A-Z_]{2,}\\w*%",
  // not %E3% of a URI
  "\\b(?:SERVICE|CERTIFICATE|ISSUER|NAMESPACE)_(?:NAME|NAMESPACE)\\b",
  "\\b(?:REPLACE_?ME|CHANGE_?ME|NAME_SPACE|PLACEHOLDER|REPLACE_WITH_\\w+|YOUR_[A-Z_]+)\\b"
].join("|"), "gs");
function collect(value, pattern, found) {
  for (const [placeholder] of value.matchAll(pattern)) {
    found.add(shortened(placeholder));
  }
}
var MAX_SHOWN = 60;
function shortened(placeholder) {
  const line = placeholder.replace(/\s+/g, " ");
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}\u2026` : line;
}
function withDefaults(value, found) {
  let result = "";
  let at = 0;
  for (let start = value.indexOf("${"); start !== -1; start = value.indexOf("${", at)) {
    const end = closingBrace(value, start + 2);
    if (end === -1) {
      break;
    }
    const isEscaped = value.charAt(start - 1) === "$" && start > at;
    const inner = value.slice(start + 2, end);
    const [, , given] = /^([A-Za-z_]\w*):?[-=](.*)$/s.exec(inner) ?? [];
    result += value.slice(at, isEscaped ? start - 1 : start);
    if (isEscaped) {
      result += `\${${inner}}`;
    } else if (given !== void 0) {
      result += withDefaults(given, found);
    } else {
      found.add(shortened(`\${${inner}}`));
    }
    at = end + 1;
  }
  return result + value.slice(at);
}
function closingBrace(value, from) {
  let depth = 1;
  for (let at = from; at < value.length; at++) {
    if (value.charAt(at) === "{") {
      depth++;
    }
    if (value.charAt(at) === "}" && --depth === 0) {
      return at;
    }
  }
  return -1;
}
function placeholdersInText(yaml) {
  const template = [...yaml.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)].map(([placeholder]) => shortened(placeholder));
  const variables = [...yaml.matchAll(/\$\{[^}\n]*\}|\$\([A-Z_][A-Z0-9_]*\)|@@?[A-Z][A-Z0-9_]*@@?|%[A-Z][A-Z_]{2,}\w*%|<[A-Z][\w -]*>/g)].map(([placeholder]) => shortened(placeholder));
  return { missing: [...new Set(template.length > 0 ? template : variables)], isTemplate: template.length > 0 };
}

// src/reading/block-yaml.ts
function parseBlockYaml(text2, places) {
  try {
    return { value: new BlockParser(text2, places).document() };
  } catch (error) {
    if (error === UNSUPPORTED) {
      return void 0;
    }
    throw error;
  }
}
var UNSUPPORTED = new Error("not in plain block style");
var MAX_DEPTH = 100;
var LINE_FEED = 10;
var TAB = 9;
var SPACE = 32;
var DOUBLE_QUOTE = 34;
var HASH = 35;
var SINGLE_QUOTE = 39;
var DASH = 45;
var COLON = 58;
var BACKSLASH = 92;
var INDICATORS = new Set([..."\"'#&*!|>%@`?,[]{}"].map((character) => character.charCodeAt(0)));
var KEY_STARTS = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./") {
  KEY_STARTS[character.charCodeAt(0)] = 1;
}
var JSON_ESCAPES = /^(?:[^\\]|\\["\\/bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*$/;
var BlockParser = class {
  constructor(text2, places) {
    this.text = text2;
    this.places = places;
  }
  text;
  places;
  /** The current line: offset and column of its first character that is not a space (column -1 after the last line), and its end. */
  start = 0;
  indent = -1;
  end = -1;
  depth = 0;
  document() {
    this.nextLine();
    if (this.indent === -1) {
      return null;
    }
    const value = this.block(this.indent);
    if (this.indent !== -1) {
      throw UNSUPPORTED;
    }
    return value;
  }
  /** Moves on to the next line that has more than a comment. */
  nextLine() {
    const { text: text2 } = this;
    const { length } = text2;
    let line = this.end + 1;
    while (line < length) {
      const start = this.pastSpaces(line);
      const code = text2.charCodeAt(start);
      if (start >= length) {
        break;
      }
      if (code === LINE_FEED) {
        line = start + 1;
      } else if (code === HASH) {
        line = this.lineEnd(start) + 1;
      } else {
        if (code === TAB) {
          throw UNSUPPORTED;
        }
        this.start = start;
        this.indent = start - line;
        this.end = this.lineEnd(start);
        return;
      }
    }
    this.start = length;
    this.end = length;
    this.indent = -1;
  }
  block(indent) {
    if (++this.depth > MAX_DEPTH) {
      throw UNSUPPORTED;
    }
    const value = this.isDash(this.start) ? this.list(indent) : this.mapping(indent);
    this.depth--;
    return value;
  }
  mapping(indent) {
    const fields = {};
    const places = this.placesOf(fields);
    do {
      const at = this.start;
      const colon = this.keyEnd(at);
      const key = this.key(at, colon);
      if (Object.hasOwn(fields, key) || key === "__proto__") {
        throw UNSUPPORTED;
      }
      places?.set(key, at);
      fields[key] = this.value(colon + 1, indent);
    } while (this.indent === indent);
    if (this.indent > indent) {
      throw UNSUPPORTED;
    }
    return fields;
  }
  list(indent) {
    const items2 = [];
    const places = this.placesOf(items2);
    do {
      const at = this.pastSpaces(this.start + 1);
      places?.set(items2.length, this.isComment(at) ? this.start : at);
      if (this.isComment(at)) {
        this.nextLine();
        items2.push(this.indent > indent ? this.block(this.indent) : null);
      } else if (this.isDash(at) || this.keyEnd(at) !== -1) {
        this.indent += at - this.start;
        this.start = at;
        items2.push(this.block(this.indent));
      } else {
        items2.push(this.scalar(at, indent));
      }
    } while (this.indent === indent && this.isDash(this.start));
    if (this.indent > indent) {
      throw UNSUPPORTED;
    }
    return items2;
  }
  placesOf(container) {
    if (this.places === void 0) {
      return void 0;
    }
    const places = /* @__PURE__ */ new Map();
    this.places.set(container, places);
    return places;
  }
  /** The value of a field, on its line or below it. */
  value(from, indent) {
    const at = this.pastSpaces(from);
    if (!this.isComment(at)) {
      return this.scalar(at, indent);
    }
    this.nextLine();
    if (this.indent > indent) {
      return this.block(this.indent);
    }
    return this.indent === indent && this.isDash(this.start) ? this.list(indent) : null;
  }
  /** A scalar on the current line, or a literal block that begins there; then the next line, which must not be its continuation. */
  scalar(at, indent) {
    const code = this.text.charCodeAt(at);
    if (code === 124) {
      return this.literal(at + 1, indent);
    }
    const value = this.inline(at, code);
    this.nextLine();
    if (this.indent > indent) {
      throw UNSUPPORTED;
    }
    return value;
  }
  inline(at, code) {
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      const close = this.quoteEnd(at, code);
      if (close === -1 || !this.isComment(this.pastSpaces(close + 1))) {
        throw UNSUPPORTED;
      }
      return this.quoted(at, close, code);
    }
    if (code === 123 || code === 91) {
      if (this.text.charCodeAt(at + 1) !== code + 2 || !this.isComment(this.pastSpaces(at + 2))) {
        throw UNSUPPORTED;
      }
      const empty = code === 123 ? {} : [];
      this.placesOf(empty);
      return empty;
    }
    if (INDICATORS.has(code) || code === DASH && this.isBlank(at + 1)) {
      throw UNSUPPORTED;
    }
    const value = plainValue(this.plain(at));
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw UNSUPPORTED;
    }
    return value;
  }
  /** A scalar without quotes, up to a comment or the end of the line. */
  plain(at) {
    const { text: text2, end } = this;
    let until = end;
    for (let index = at; index < end; index++) {
      const code = text2.charCodeAt(index);
      if (code === COLON && this.isBlank(index + 1) || code === TAB) {
        throw UNSUPPORTED;
      }
      if (code === HASH && text2.charCodeAt(index - 1) === SPACE) {
        until = index;
        break;
      }
    }
    while (text2.charCodeAt(until - 1) === SPACE) {
      until--;
    }
    return text2.slice(at, until);
  }
  quoted(at, close, quote) {
    const inner = this.text.slice(at + 1, close);
    if (quote === SINGLE_QUOTE) {
      return inner.replaceAll("''", "'");
    }
    if (!inner.includes("\\")) {
      return inner;
    }
    if (!JSON_ESCAPES.test(inner) || inner.includes("	")) {
      throw UNSUPPORTED;
    }
    return JSON.parse(`"${inner}"`);
  }
  /** The offset of the closing quote on the line, or -1. */
  quoteEnd(at, quote) {
    const { text: text2, end } = this;
    for (let index = at + 1; index < end; index++) {
      const code = text2.charCodeAt(index);
      if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
        index++;
      } else if (code === quote) {
        if (quote === DOUBLE_QUOTE || text2.charCodeAt(index + 1) !== quote) {
          return index;
        }
        index++;
      }
    }
    return -1;
  }
  /** The offset of the colon after a key, or -1 if there is none on the line. */
  keyEnd(at) {
    const { text: text2, end } = this;
    const first = text2.charCodeAt(at);
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
      const close = this.quoteEnd(at, first);
      const colon = close === -1 ? -1 : this.pastSpaces(close + 1);
      return text2.charCodeAt(colon) === COLON && this.isBlank(colon + 1) ? colon : -1;
    }
    for (let index = at; index < end; index++) {
      const code = text2.charCodeAt(index);
      if (code === COLON && this.isBlank(index + 1)) {
        return index;
      }
      if (code === HASH && text2.charCodeAt(index - 1) === SPACE) {
        return -1;
      }
    }
    return -1;
  }
  key(at, colon) {
    if (colon === -1) {
      throw UNSUPPORTED;
    }
    const { text: text2 } = this;
    const first = text2.charCodeAt(at);
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
      return this.quoted(at, this.quoteEnd(at, first), first);
    }
    if (!(first < 128 && KEY_STARTS[first] === 1)) {
      throw UNSUPPORTED;
    }
    for (let index = at; index < colon; index++) {
      const code = text2.charCodeAt(index);
      if (code <= SPACE || code > 126) {
        throw UNSUPPORTED;
      }
    }
    const key = text2.slice(at, colon);
    if (typeof plainValue(key) !== "string") {
      throw UNSUPPORTED;
    }
    return key;
  }
  /** A literal block (`|`, `|-`, `|+`): the lines below that are indented more than its field. */
  literal(after, indent) {
    const { text: text2 } = this;
    const chomping = text2.charAt(after) === "-" || text2.charAt(after) === "+" ? text2.charAt(after) : "";
    if (!this.isComment(this.pastSpaces(after + chomping.length)) || chomping === "" && !this.isBlank(after)) {
      throw UNSUPPORTED;
    }
    const lines = [];
    let column = -1;
    let blank = 0;
    let line = this.end + 1;
    while (line < text2.length) {
      const start = this.pastSpaces(line);
      const end = this.lineEnd(start);
      if (start === end && (column === -1 || start - line <= column)) {
        if (column === -1 && start - line > 0) {
          throw UNSUPPORTED;
        }
        blank++;
      } else {
        if (column === -1) {
          column = start - line;
        }
        if (start - line <= indent || start - line < column) {
          if (text2.charCodeAt(start) === TAB || start - line > indent) {
            throw UNSUPPORTED;
          }
          break;
        }
        for (; blank > 0; blank--) {
          lines.push("");
        }
        lines.push(text2.slice(line + column, end));
      }
      line = end + 1;
    }
    if (line > text2.length || lines.length === 0) {
      throw UNSUPPORTED;
    }
    this.end = line - 1;
    this.nextLine();
    const content = lines.join("\n");
    return chomping === "-" ? content : chomping === "+" ? `${content}
${"\n".repeat(blank)}` : `${content}
`;
  }
  isDash(at) {
    return this.text.charCodeAt(at) === DASH && this.isBlank(at + 1);
  }
  /** Whether a token ends here: at a space, a tab or the end of the line. */
  isBlank(at) {
    const code = this.text.charCodeAt(at);
    return code === SPACE || code === LINE_FEED || code === TAB || at >= this.text.length;
  }
  /** Whether nothing but a comment follows on the line. */
  isComment(at) {
    return at >= this.end || this.text.charCodeAt(at) === HASH && this.text.charCodeAt(at - 1) === SPACE;
  }
  pastSpaces(from) {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) {
      at++;
    }
    return at;
  }
  lineEnd(from) {
    const end = this.text.indexOf("\n", from);
    return end === -1 ? this.text.length : end;
  }
};

// src/formats/yaml.ts
function yamlLibrary() {
  return require("yaml");
}

// src/reading/complete-yaml.ts
var YamlError = class extends Error {
  constructor(message, fix, offset) {
    super(message);
    this.fix = fix;
    this.offset = offset;
  }
  fix;
  offset;
};
var MAX_EXPANSION = { values: 4e5, factor: 10 };
var MAX_DEPTH2 = 500;
var OPTIONS = {
  version: "1.1",
  // Scalars stay text: plainValue reads them.
  schema: "failsafe",
  resolveKnownTags: false,
  merge: false,
  // The check of the library compares each key with each other one.
  uniqueKeys: false,
  keepSourceTokens: false,
  prettyErrors: false,
  logLevel: "silent"
};
function parseCompleteYaml(text2) {
  const reading = new Reading();
  const value = reading.read(treeOf(text2));
  return { value, duplicates: reading.duplicates, collectionKey: reading.collectionKey };
}
function offsetInYaml(text2, path) {
  const tree = treeOf(text2);
  const { isMap, isScalar, isSeq, isAlias } = yamlLibrary();
  const anchors = /* @__PURE__ */ new Map();
  yamlLibrary().visit(tree, { Node: (_, node2) => {
    if ("anchor" in node2 && node2.anchor !== void 0 && !anchors.has(node2.anchor)) {
      anchors.set(node2.anchor, node2);
    }
  } });
  let node = tree;
  let offset = startOf(tree);
  for (const step of path) {
    if (isAlias(node)) {
      node = anchors.get(node.source) ?? null;
    }
    if (isMap(node)) {
      const pair = [...node.items].reverse().find(({ key }) => isScalar(key) && keyText(key) === String(step));
      if (pair === void 0) {
        break;
      }
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number" && node.items[step] !== void 0) {
      node = node.items[step];
      offset = startOf(node);
    } else {
      break;
    }
  }
  return offset;
}
function startOf(node) {
  return node?.range?.[0] ?? 0;
}
function treeOf(text2) {
  let document;
  try {
    document = yamlLibrary().parseDocument(text2, OPTIONS);
  } catch (error2) {
    if (error2 instanceof RangeError) {
      throw tooDeep();
    }
    throw error2;
  }
  const [error] = document.errors;
  if (error !== void 0) {
    throw new YamlError(firstLine(error.message), "correct the syntax", error.pos[0]);
  }
  return document.contents;
}
function tooDeep() {
  return new YamlError("mappings or lists are nested too deeply", `use at most ${MAX_DEPTH2} levels`, 0);
}
function firstLine(message) {
  const line = message.split("\n")[0];
  return line.charAt(0).toLowerCase() + line.slice(1);
}
function keyText(key) {
  const value = scalarValue(key);
  return String(value);
}
var Reading = class {
  duplicates = [];
  collectionKey;
  anchors = /* @__PURE__ */ new Map();
  library = yamlLibrary();
  path = [];
  /** Values so far, with those that aliases repeat, and without. */
  size = 0;
  written = 0;
  read(node) {
    const { isAlias, isMap, isSeq } = this.library;
    this.size++;
    this.written++;
    if (node === null) {
      return null;
    }
    if (isAlias(node)) {
      return this.aliased(node);
    }
    if (this.path.length > MAX_DEPTH2) {
      throw tooDeep();
    }
    const { anchor } = node;
    const before = this.size;
    if (anchor !== void 0) {
      this.anchors.set(anchor, "open");
    }
    const value = isMap(node) ? this.fields(node) : isSeq(node) ? this.items(node) : scalarValue(node);
    if (hasNoJson(value)) {
      throw new YamlError(`'${String(node.source)}' is a number that JSON does not have`, "quote it", startOf(node));
    }
    if (anchor !== void 0) {
      this.anchors.set(anchor, { value, size: this.size - before + 1 });
    }
    return value;
  }
  readAt(step, node) {
    this.path.push(step);
    const value = this.read(node);
    this.path.pop();
    return value;
  }
  aliased(node) {
    const target = this.anchors.get(node.source);
    const offset = startOf(node);
    if (target === void 0) {
      throw new YamlError(
        `'*${node.source}' needs quotes: without them it is an alias, and the document has no anchor '&${node.source}' above it`,
        node.source.startsWith(".") ? `write '*${node.source}' in quotes` : "quote it, or define the anchor in the same document: anchors end with their document",
        offset
      );
    }
    if (target === "open") {
      throw new YamlError(`anchor '&${node.source}' contains itself`, "remove the alias", offset);
    }
    this.size += target.size;
    if (this.size > MAX_EXPANSION.values && this.size > MAX_EXPANSION.factor * this.written) {
      throw new YamlError(`aliases repeat more than ${MAX_EXPANSION.values} values`, "write less of the document as aliases; Kubernetes refuses it as well", offset);
    }
    return target.value;
  }
  items(node) {
    return node.items.map((item, index) => this.readAt(index, item));
  }
  fields(node) {
    const { isScalar } = this.library;
    const fields = {};
    const written = /* @__PURE__ */ new Set();
    for (const { key, value } of node.items) {
      if (isScalar(key)) {
        if (isMergeKey(key)) {
          this.merge(fields, value);
          continue;
        }
        const name = keyText(key);
        if (written.has(name)) {
          this.duplicates.push({ path: [...this.path, name], offset: startOf(key) });
        }
        written.add(name);
        set(fields, name, this.readAt(name, value));
      } else {
        this.collectionKey ??= startOf(key);
        set(fields, shown(key), this.readAt("", value));
      }
    }
    return fields;
  }
  /** Fields of one mapping or several; among several the first counts. */
  merge(fields, node) {
    const value = this.readAt("<<", node);
    const sources = Array.isArray(value) ? [...value].reverse() : [value];
    for (const source of sources) {
      if (typeof source !== "object" || source === null || Array.isArray(source)) {
        throw new YamlError("merge key << has a value that is neither a mapping nor a list of mappings", "name an anchor of a mapping", startOf(node));
      }
      for (const [name, inner] of Object.entries(source)) {
        set(fields, name, inner);
      }
    }
  }
};
function shown(node) {
  try {
    return String(node).slice(0, 80).replace(/\s+/g, " ");
  } catch {
    return "\u2026";
  }
}
function isMergeKey(key) {
  return key.type === "PLAIN" && key.source === "<<" && key.tag === void 0;
}
function set(fields, name, value) {
  if (name === "__proto__") {
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    fields[name] = value;
  }
}
var CORE = "tag:yaml.org,2002:";
function scalarValue(node) {
  const text2 = typeof node.value === "string" ? node.value : String(node.value ?? "");
  switch (node.tag) {
    case void 0:
      return node.type === "PLAIN" ? plainValue(text2) : text2;
    case `${CORE}int`:
    case `${CORE}float`:
    case `${CORE}bool`:
    case `${CORE}null`:
      return plainValue(text2);
    case `${CORE}binary`:
      return Buffer.from(text2, "base64").toString("utf8");
    default:
      return text2;
  }
}

// src/reading/json-values.ts
function jsonValues(text2) {
  if (!/^\s*(?:\{(?!\{)|\[)/.test(text2)) {
    return void 0;
  }
  const whole = parsed(text2);
  if (whole !== void 0) {
    return isDeep(whole.value) ? void 0 : [{ start: 0, end: text2.length, value: whole.value }];
  }
  const values = [];
  for (const { start, end } of valueSpans(text2)) {
    const one = parsed(text2.slice(start, end));
    if (one === void 0 || isDeep(one.value)) {
      return void 0;
    }
    values.push({ start, end, value: one.value });
  }
  return values;
}
function parsed(text2) {
  try {
    return { value: JSON.parse(text2) };
  } catch {
    return void 0;
  }
}
function valueSpans(text2) {
  const spans = [];
  const token = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs;
  let depth = 0;
  let start = 0;
  for (const { 0: found, index } of text2.matchAll(token)) {
    if (found === "{" || found === "[") {
      depth++;
    }
    if (found === "}" || found === "]") {
      depth--;
    }
    if (depth === 0 && !found.startsWith('"')) {
      spans.push({ start, end: index + 1 });
      start = index + 1;
    }
  }
  return text2.slice(start).trim() === "" ? spans : [...spans, { start, end: text2.length }];
}
var MAX_DEPTH3 = 500;
function isDeep(value) {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH3) {
      return true;
    }
    level = level.flatMap((inner) => typeof inner === "object" && inner !== null ? Object.values(inner).filter((value2) => typeof value2 === "object") : []);
  }
  return false;
}

// src/reading/split-documents.ts
function splitDocuments(text2) {
  const spans = [];
  let start = 0;
  for (const [mark, line] of marks(text2)) {
    spans.push({ start, end: line });
    start = line + mark.length;
  }
  spans.push({ start, end: text2.length });
  return spans.filter(({ start: from, end }) => !isDirectives(text2, from, end));
}
function* marks(text2) {
  const hasEnds = text2.startsWith("...") || text2.includes("\n...");
  let from = 0;
  for (; ; ) {
    const start = nextMark(text2, "---", from);
    const end = hasEnds ? nextMark(text2, "...", from) : -1;
    if (start === -1 && end === -1) {
      return;
    }
    const isStart = end === -1 || start !== -1 && start < end;
    yield isStart ? ["---", start] : ["...", end];
    from = (isStart ? start : end) + 3;
  }
}
function nextMark(text2, mark, from) {
  if (from === 0 && text2.startsWith(mark) && isBlank(text2, mark.length)) {
    return 0;
  }
  for (let at = text2.indexOf(`
${mark}`, Math.max(0, from - 1)); at !== -1; at = text2.indexOf(`
${mark}`, at + 1)) {
    if (at + 1 >= from && isBlank(text2, at + 1 + mark.length)) {
      return at + 1;
    }
  }
  return -1;
}
function isBlank(text2, at) {
  return at >= text2.length || " 	\n".includes(text2.charAt(at));
}
function isDirectives(text2, start, end) {
  return text2.startsWith("%", start) || text2.charCodeAt(start) === 35 && /^(#.*\n|\s*\n)*%(YAML|TAG) /.test(text2.slice(start, Math.min(end, start + 2e3)));
}

// src/reading/source-document.ts
var MAX_COMPLEX_LENGTH = 3e6;
function* documentsOf(source) {
  const values = jsonValues(source.text);
  if (values !== void 0) {
    for (const { start, end, value } of values) {
      yield { source, span: { start, end }, value, error: void 0, duplicates: [], collectionKey: void 0 };
    }
    return;
  }
  const isPlain = !/[\u0085\u2028\u2029\ufeff]/.test(source.text);
  for (const span of splitDocuments(source.text)) {
    yield readDocument(source, span, isPlain);
  }
}
function readDocument(source, span, isPlain) {
  const text2 = source.text.slice(span.start, span.end);
  const plain = isPlain ? parseBlockYaml(text2) : void 0;
  if (plain !== void 0) {
    return { source, span, value: plain.value, error: void 0, duplicates: [], collectionKey: void 0 };
  }
  try {
    if (text2.length > MAX_COMPLEX_LENGTH) {
      throw new YamlError(`a document of ${Math.ceil(text2.length / 1e6)} MB is not in plain block style`, "split it, or print it with kubectl or helm", 0);
    }
    return { source, span, ...parseCompleteYaml(text2), error: void 0 };
  } catch (error) {
    if (!(error instanceof YamlError)) {
      throw error;
    }
    return { source, span, value: void 0, error, duplicates: [], collectionKey: void 0 };
  }
}
function textOf({ source, span }) {
  return source.text.slice(span.start, span.end);
}
function startOf2({ source, span }) {
  return source.positionOf(source.firstContent(span.start, span.end));
}
function positionIn({ source, span }, offset) {
  return source.positionOf(span.start + offset);
}
function locate(document, path) {
  if (path.length === 0) {
    return startOf2(document);
  }
  const text2 = textOf(document);
  const places = /* @__PURE__ */ new Map();
  const plain = parseBlockYaml(text2, places);
  const offset = plain !== void 0 ? offsetInPlaces(plain.value, places, path) : text2.length > MAX_COMPLEX_LENGTH ? 0 : offsetInYaml(text2, path);
  return offset === 0 ? startOf2(document) : positionIn(document, offset);
}
function offsetInPlaces(root, places, path) {
  let value = root;
  let offset = 0;
  for (const step of path) {
    const container = value;
    const place = typeof container === "object" && container !== null ? places.get(container)?.get(Array.isArray(container) ? Number(step) : String(step)) : void 0;
    if (place === void 0) {
      break;
    }
    offset = place;
    value = container[step];
  }
  return offset;
}

// src/reading/source-text.ts
var SourceText = class {
  /**
   * @param name name of the text in positions, for example the path of a file
   * @param text the text; line ends become `\n`, and the last line gets one, as kubectl reads it
   */
  constructor(name, text2) {
    this.name = name;
    const lines = text2.includes("\r") ? text2.replace(/\r\n?/g, "\n") : text2;
    const withoutMark = lines.startsWith("\uFEFF") ? lines.slice(1) : lines;
    this.text = withoutMark === "" || withoutMark.endsWith("\n") ? withoutMark : `${withoutMark}
`;
  }
  name;
  text;
  lineStarts;
  positionOf(offset) {
    this.lineStarts ??= lineStartsOf(this.text);
    const line = lastAtMost(this.lineStarts, offset);
    return { file: this.name, line: line + 1, column: offset - this.lineStarts[line] + 1 };
  }
  /** The first offset of a span that is neither blank nor in a comment. */
  firstContent(start, end) {
    for (let at = start; at < end; ) {
      const lineEnd = this.text.indexOf("\n", at);
      const found = /[^ \t]/.exec(this.text.slice(at, lineEnd))?.index ?? -1;
      if (found !== -1 && this.text.charAt(at + found) !== "#") {
        return at + found;
      }
      at = lineEnd + 1;
    }
    return start;
  }
};
function lineStartsOf(text2) {
  const starts = [0];
  for (let at = text2.indexOf("\n"); at !== -1; at = text2.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
function lastAtMost(sorted, limit) {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if (sorted[middle] <= limit) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

// src/kubernetes/manifest.ts
var CLUSTER_SCOPED = /* @__PURE__ */ new Set([
  "Bundle",
  "CertificateRequestPolicy",
  "ClusterBundle",
  "ClusterIssuer",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "Namespace",
  "PersistentVolume",
  "PriorityClass",
  "StorageClass"
]);
function isClusterScoped(kind) {
  return CLUSTER_SCOPED.has(kind);
}

// src/reading/read-texts.ts
function readSources(sources) {
  const result = new Result();
  for (const source of sources) {
    result.read(source);
  }
  return result.finish();
}
var NO_REMEDY = "";
var Result = class {
  files = 0;
  documents = 0;
  manifests = [];
  faults = [];
  notChecked = /* @__PURE__ */ new Map();
  kustomizations = [];
  pending = [];
  read({ name, text: content }) {
    this.files++;
    if (typeof content !== "string") {
      this.pass(name, content);
      return;
    }
    const before = this.documents;
    const encryption = wholeFileEncryption(content);
    if (encryption !== void 0) {
      this.pass(name, encryption);
      return;
    }
    if (isBinary(content)) {
      this.pass(name, { reason: "binary" /* BINARY */, problem: "not a text: it has control characters", fix: "exclude the file", isFinding: false });
      return;
    }
    for (const document of documentsOf(new SourceText(name, content))) {
      if (document.value === null || document.value === void 0 && document.error === void 0) {
        continue;
      }
      this.documents++;
      this.pending.push(document);
      const value = mapping(document.value);
      if (isKustomization(name, value)) {
        this.kustomizations.push({ file: name, content: value });
      }
    }
    if (this.documents === before) {
      this.pass(name, { reason: "empty" /* EMPTY */, problem: "nothing but comments", fix: NO_REMEDY, isFinding: false });
    }
  }
  finish() {
    const kustomizations = new Kustomizations(this.kustomizations);
    for (const document of this.pending) {
      this.classify(document, kustomizations);
    }
    return {
      manifests: this.manifests,
      notChecked: [...this.notChecked.values()].flatMap((entries) => entries.all()),
      faults: this.faults,
      files: this.files,
      documents: this.documents
    };
  }
  pass(file, entry) {
    const entries = this.notChecked.get(file) ?? new NotCheckedOfFile(file);
    this.notChecked.set(file, entries);
    entries.add(entry);
  }
  classify(document, kustomizations) {
    const { name } = document.source;
    const unread = unreadable(document);
    if (unread !== void 0) {
      this.pass(name, unread);
      return;
    }
    const items2 = listItems(document.value);
    let isChecked = false;
    for (const { content, path } of items2) {
      const entry = notManifest(document, content, kustomizations);
      if (entry === void 0) {
        this.manifests.push(manifestOf(document, content, path, kustomizations));
        isChecked = true;
      } else {
        this.pass(name, path.length === 0 ? { ...entry, position: startOf2(document) } : { position: locate(document, path), ...entry });
      }
    }
    if (isChecked) {
      this.faults.push(...faultsOf(document));
    }
  }
};
function manifestOf(document, content, path, kustomizations) {
  const { name } = document.source;
  removeServerFields(content);
  const transformed = kustomizations.namespaceOf(name);
  return {
    content: transformed === void 0 || isClusterScoped(text(content["kind"])) ? content : { ...content, metadata: { ...mapping(content["metadata"]), ...transformed } },
    file: name,
    get position() {
      return locate(document, path);
    },
    locate: (inner) => locate(document, [...path, ...inner])
  };
}
function faultsOf(document) {
  return document.duplicates.map(({ path, offset }) => ({
    kind: "duplicate key" /* DUPLICATE_KEY */,
    position: positionIn(document, offset),
    path,
    problem: `key '${path.at(-1)}' occurs twice in ${path.length === 1 ? "the document" : `'${dotted(path.slice(0, -1))}'`}: kubectl applies the last value, and refuses it with strict validation`,
    fix: "remove one of them"
  }));
}
function dotted(path) {
  return path.map((step, index) => typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${step}`).join("");
}
function wholeFileEncryption(content) {
  const program = content.startsWith("$ANSIBLE_VAULT;") ? "ansible-vault" : content.startsWith("\0GITCRYPT") ? "git-crypt" : content.startsWith("-----BEGIN AGE ENCRYPTED FILE-----") || content.startsWith("age-encryption.org/") ? "age" : void 0;
  return program === void 0 ? void 0 : { reason: "encrypted" /* ENCRYPTED */, problem: `encrypted with ${program}`, fix: "check it where it is decrypted", isFinding: true };
}
function unreadable(document) {
  const { error, collectionKey } = document;
  if (error === void 0 && collectionKey === void 0) {
    return void 0;
  }
  const yaml = textOf(document);
  const { missing, isTemplate } = placeholdersInText(yaml);
  if (missing.length > 0) {
    return { ...placeholderEntry(missing, isTemplate, document.source.name), position: startOf2(document) };
  }
  const problem = error?.message ?? "a mapping or a list is the key of a mapping";
  return {
    reason: "invalid YAML" /* INVALID_YAML */,
    position: positionIn(document, error?.offset ?? collectionKey),
    problem,
    fix: error?.fix ?? "quote it, if it is meant as a text",
    // Settings of other programs have tags and templates of their own.
    isFinding: /^[ \t-]*["']?(?:apiVersion|kind)["']?[ \t]*:/m.test(yaml) || document.source.text.length === yaml.length
  };
}
function notManifest(document, value, kustomizations) {
  const { name } = document.source;
  const count = (reason, problem) => ({ reason, problem, fix: NO_REMEDY, isFinding: false });
  const content = mapping(value);
  if (isJsonPatch(value)) {
    return count("patch" /* PATCH */, "operations of a JSON patch");
  }
  if (content !== value) {
    return count("not a manifest" /* NO_MANIFEST */, Array.isArray(value) ? "a list, not an object" : "a text, not an object");
  }
  if (isKustomization(name, content)) {
    return count("kustomization" /* KUSTOMIZATION */, "read by Kustomize");
  }
  const role = kustomizations.roleOf(name);
  if (role !== void 0) {
    return count(role, role === "patch" /* PATCH */ ? "a patch of a kustomization" : "used by a kustomization");
  }
  const [hasVersion, hasKind] = [content["apiVersion"], content["kind"]].map((field) => typeof field === "string" && field !== "");
  if (!hasVersion && !hasKind) {
    const reason = settingsReason(name, content);
    return count(reason, reason === "not a manifest" /* NO_MANIFEST */ ? "neither apiVersion nor kind" : "not applied to a cluster");
  }
  if (!hasVersion || !hasKind) {
    const isObject = "metadata" in content || "spec" in content;
    return {
      reason: "fragment" /* FRAGMENT */,
      problem: hasKind ? `kind ${text(content["kind"])} without apiVersion` : `apiVersion ${text(content["apiVersion"])} without kind`,
      fix: "set apiVersion and kind, or exclude the file",
      isFinding: isObject
    };
  }
  const clientReason = clientKindReason(content);
  if (clientReason !== void 0) {
    return count(clientReason, `${text(content["kind"])} is read by a program, not applied to a cluster`);
  }
  if (isExpectationFile(name)) {
    return count("test" /* TEST */, "what a test expects of an object");
  }
  const yaml = textOf(document);
  return encryptedEntry(content, yaml) ?? unfilledEntry(content, yaml, name) ?? partialEntry(content, yaml) ?? derivedEntry(content);
}
function encryptedEntry(content, yaml) {
  const hasMarks = yaml.includes("ENC[AES256_GCM,") || yaml.includes("!vault");
  const isSops = mapping(content["sops"]) === content["sops"] || hasMarks && JSON.stringify(content).includes("ENC[AES256_GCM,");
  const isVault = hasMarks && /: +!vault\b/.test(yaml);
  if (!isSops && !isVault) {
    return void 0;
  }
  return {
    reason: "encrypted" /* ENCRYPTED */,
    problem: isSops ? "encrypted with SOPS" : "encrypted with ansible-vault",
    fix: "check the decrypted file, or encrypt only the values of Secrets (encrypted_regex: ^(data|stringData)$)",
    // The values of a Secret decide nothing that can be seen in files.
    isFinding: content["kind"] !== "Secret"
  };
}
function unfilledEntry(content, yaml, name) {
  const { missing, isTemplate } = fillPlaceholders(content, yaml);
  return missing.length === 0 ? void 0 : placeholderEntry(missing, isTemplate, name);
}
function placeholderEntry(placeholders, isTemplate, file) {
  if (!isTemplate) {
    return { reason: "placeholders" /* PLACEHOLDERS */, placeholders, isFinding: true, problem: "placeholders without a value", fix: remedyFor(placeholders) };
  }
  const isHelm = placeholders.some((placeholder) => /\.(Values|Release|Chart|Capabilities|Template|Files)\b|\b(include|template|define|end)\b/.test(placeholder)) || /(^|[\\/])templates[\\/]/.test(file);
  return {
    reason: "template" /* TEMPLATE */,
    placeholders,
    isFinding: true,
    problem: isHelm ? "Helm template" : "template",
    fix: isHelm ? "check the output of helm template" : "check the rendered file"
  };
}
function remedyFor(placeholders) {
  const has = (pattern) => placeholders.some((placeholder) => pattern.test(placeholder));
  if (has(/^\$\{\w+\}$/)) {
    return "check the output of flux build or envsubst, or give the placeholders a default (${NAME:=value})";
  }
  if (has(/^\$\{/)) {
    return "check the rendered file";
  }
  if (has(/^\$\(|^[A-Z_]+$/)) {
    return "check the output of kustomize build";
  }
  return "check the file with the values filled in";
}
function partialEntry(content, yaml) {
  const missing = missingHalf(content, yaml);
  return missing === void 0 ? void 0 : {
    reason: "patch" /* PATCH */,
    problem: missing.startsWith("it ") ? `a patch: ${missing}` : `a part of a ${text(content["kind"])}: it has ${missing}`,
    fix: "if it is a patch, check the output of kustomize build; otherwise complete it",
    isFinding: true
  };
}
function derivedEntry(content) {
  const controller = controllerOf(content);
  return controller === void 0 ? void 0 : { reason: "written by a controller" /* DERIVED */, problem: `${text(content["kind"])} of ${controller}`, fix: NO_REMEDY, isFinding: false };
}

// src/reading/read-paths.ts
var import_node_fs2 = require("node:fs");

// src/reading/found-files.ts
var import_node_fs = require("node:fs");
var import_node_path2 = require("node:path");

// src/reading/glob.ts
function isGlob(path) {
  return /[*?[{]/.test(path);
}
function globBase(pattern) {
  const parts = pattern.split("/");
  const fixed = parts.slice(0, Math.min(parts.findIndex(isGlob), parts.length - 1)).join("/");
  return fixed === "" ? pattern.startsWith("/") ? "/" : "." : fixed;
}
function globPattern(pattern) {
  let source = "";
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const folders = /^\*\*(?:\/|$)/.exec(rest)?.[0];
    const set2 = /^\[(!|\^)?(\]?[^\]/]*)\]/.exec(rest);
    if (folders !== void 0 && (at === 0 || pattern.charAt(at - 1) === "/")) {
      source += folders === "**" ? ".*" : "(?:.*/)?";
      at += folders.length - 1;
    } else if (set2 !== null) {
      source += `[${set2[1] === void 0 ? "" : "^"}${set2[2].replace(/[\\[\]^]/g, "\\$&")}]`;
      at += set2[0].length - 1;
    } else if (rest.startsWith("*")) {
      source += "[^/]*";
      while (pattern.charAt(at + 1) === "*") {
        at++;
      }
    } else if (rest.startsWith("?")) {
      source += "[^/]";
    } else if (rest.startsWith("{") && rest.includes("}")) {
      source += "(?:";
      depth++;
    } else if (rest.startsWith("}") && depth > 0) {
      source += ")";
      depth--;
    } else if (rest.startsWith(",") && depth > 0) {
      source += "|";
    } else {
      source += pattern.charAt(at).replace(/[.*+?^${}()|[\]\\]/, "\\$&");
    }
  }
  try {
    return new RegExp(`^${source}${")".repeat(depth)}$`, "s");
  } catch {
    return /(?!)/;
  }
}

// src/reading/found-files.ts
var SKIPPED_FOLDERS = /* @__PURE__ */ new Set([".git", "node_modules", ".terraform"]);
function* findFiles(paths) {
  const seen = /* @__PURE__ */ new Set();
  for (const path of paths) {
    for (const found of filesOf(path, /* @__PURE__ */ new Set())) {
      const real = found.entry === void 0 ? realPath(found.path) : void 0;
      if (real === void 0 || !seen.has(real)) {
        yield found;
      }
      if (real !== void 0) {
        seen.add(real);
      }
    }
  }
}
function* filesOf(path, folders) {
  const stats = statsOf(path);
  if (typeof stats !== "string") {
    if (stats.isDirectory()) {
      yield* filesIn(path, isManifestFile, folders);
    } else {
      yield { path };
    }
  } else if (isGlob(path) && stats === "ENOENT") {
    yield* matching(path, folders);
  } else {
    yield { path, entry: unreadableEntry(stats, "give the path of a file or a folder") };
  }
}
function* matching(pattern, folders) {
  const normal2 = pattern.replace(/^(?:\.\/)+/, "");
  const isMatch = globPattern(normal2);
  const isPlaced = pattern !== normal2;
  let isAny = false;
  for (const found of filesIn(globBase(normal2), () => true, folders)) {
    const name = found.path.replace(/^(?:\.\/)+/, "");
    if (found.entry === void 0 && !isMatch.test(name)) {
      continue;
    }
    isAny = true;
    yield { ...found, path: isPlaced ? `./${name}` : name };
  }
  if (!isAny) {
    yield { path: pattern, entry: { reason: "unreadable" /* UNREADABLE */, problem: "no file matches the pattern", fix: "correct the pattern", isFinding: true } };
  }
}
function* filesIn(folder, isWanted, folders) {
  const real = realPath(folder) ?? folder;
  if (folders.has(real)) {
    return;
  }
  folders.add(real);
  let entries;
  try {
    entries = (0, import_node_fs.readdirSync)(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: folder, entry: unreadableEntry(codeOf(error), "allow reading it, or exclude it") };
    return;
  }
  for (const entry of entries.sort((one, other) => one.name < other.name ? -1 : 1)) {
    const path = (0, import_node_path2.join)(folder, entry.name);
    const stats = entry.isSymbolicLink() ? statsOf(path) : entry;
    if (typeof stats === "string") {
      continue;
    }
    if (stats.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) {
      yield* filesIn(path, isWanted, folders);
    }
    if (stats.isFile() && isWanted(entry.name)) {
      yield { path };
    }
  }
}
function isManifestFile(name) {
  return /\.(?:ya?ml|json|jsonl|ndjson)$/i.test(name);
}
function statsOf(path) {
  try {
    return (0, import_node_fs.statSync)(path);
  } catch (error) {
    return codeOf(error);
  }
}
function realPath(path) {
  try {
    return (0, import_node_fs.realpathSync)(path);
  } catch {
    return void 0;
  }
}
function codeOf(error) {
  return error.code ?? error.message;
}
function unreadableEntry(code, fix) {
  return { reason: "unreadable" /* UNREADABLE */, problem: REASONS[code] ?? `it cannot be read (${code})`, fix, isFinding: true };
}
var REASONS = {
  ENOENT: "it does not exist",
  EISDIR: "it is a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  ELOOP: "a symbolic link leads back to itself",
  ENOTDIR: "a part of the path is not a folder",
  ENAMETOOLONG: "the path is too long",
  ERR_INVALID_ARG_VALUE: "the path has a null byte"
};

// src/reading/read-paths.ts
var STDIN = "<stdin>";
var MAX_FILE = 100 * 1024 * 1024;
var MAX_TOTAL = 256 * 1024 * 1024;
function readPaths(paths, { stdin = 0, maxFileSize = MAX_FILE, maxTotalSize = MAX_TOTAL } = {}) {
  let left = maxTotalSize;
  const read = (name, open, close) => {
    const bytes = boundedBytes(open, close, Math.min(maxFileSize, left));
    if (!Buffer.isBuffer(bytes)) {
      return { name, text: bytes === "too large" ? tooLarge(left < maxFileSize ? maxTotalSize : maxFileSize, left < maxFileSize) : bytes };
    }
    left -= bytes.length;
    if (bytes.subarray(0, 9).toString("latin1") === "\0GITCRYPT") {
      return { name, text: { reason: "encrypted" /* ENCRYPTED */, problem: "encrypted with git-crypt", fix: "check it where it is decrypted", isFinding: true } };
    }
    return { name, text: decodeText(bytes) ?? { reason: "binary" /* BINARY */, problem: "not a text in UTF-8 or UTF-16", fix: "exclude the file", isFinding: false } };
  };
  return readSources((function* () {
    const files = paths.filter((path, index) => path !== "-" || paths.indexOf("-") === index);
    for (const path of files) {
      if (path === "-") {
        yield read(STDIN, () => stdin, () => void 0);
      }
    }
    for (const { path, entry } of findFiles(files.filter((path2) => path2 !== "-"))) {
      yield entry === void 0 ? read(path, () => (0, import_node_fs2.openSync)(path, "r"), import_node_fs2.closeSync) : { name: printable(path), text: entry };
    }
  })());
}
function tooLarge(limit, isTotal) {
  const size = `${Math.floor(limit / 1024 / 1024)} MiB`;
  return {
    reason: "too large" /* TOO_LARGE */,
    isFinding: true,
    problem: isTotal ? `the files have more than ${size} together` : `the file has more than ${size}`,
    fix: isTotal ? "check them in several runs" : "split it"
  };
}
var CHUNK = 1024 * 1024;
function boundedBytes(open, close, limit) {
  let file;
  try {
    file = open();
    const { size } = (0, import_node_fs2.fstatSync)(file);
    if (size > limit) {
      return "too large";
    }
    const chunks = [];
    let total = 0;
    for (; ; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(size - total + 1, 65536)));
      const count = readChunk(file, chunk);
      if (count === 0) {
        return Buffer.concat(chunks, total);
      }
      chunks.push(chunk.subarray(0, count));
      total += count;
      if (total > limit) {
        return "too large";
      }
    }
  } catch (error) {
    return unreadableEntry(codeOf(error), "give a file that can be read");
  } finally {
    if (file !== void 0) {
      close(file);
    }
  }
}
function readChunk(file, chunk) {
  for (; ; ) {
    try {
      return (0, import_node_fs2.readSync)(file, chunk);
    } catch (error) {
      if (codeOf(error) === "EOF") {
        return 0;
      }
      if (codeOf(error) !== "EAGAIN") {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
function printable(path) {
  return path.replaceAll("\0", "\\0");
}

// x.tmp.ts
var t = process.cpuUsage();
var r = readPaths(process.argv.slice(2));
var u = process.cpuUsage(t);
console.log(r.files, r.documents, r.manifests.length, "cpu", (u.user + u.system) / 1e3 | 0, "rss", process.resourceUsage().maxRSS / 1024 | 0);
for (const n of r.notChecked.slice(0, 40)) console.log(n.isFinding ? "FIND" : "count", n.file.split("/").pop(), n.position?.line, n.position?.column, n.reason, n.documents, "|", n.problem, "|", n.fix);
for (const n of r.faults) console.log("FAULT", n);
if (r.manifests.length < 60) for (const m of r.manifests) console.log("ok", m.file.split("/").pop(), m.position.line, m.content["kind"], JSON.stringify(m.content["metadata"]));
