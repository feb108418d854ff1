import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export interface Violation {
  file: string;
  imports: string;
  rule: string;
}

interface Edge {
  from: string;
  /** Path below the root, or a package name. */
  to: string;
  isPackage: boolean;
  typeOnly: boolean;
}

/** Upstream contexts a context may use; `insight` reads all. */
const upstream: Record<string, string[]> = {
  org: [],
  crm: ['org'],
  revenue: ['org', 'crm', 'sales'],
  sales: ['org', 'crm'],
  engage: ['org', 'crm', 'sales'],
  service: ['org', 'crm'],
  insight: ['org', 'crm', 'sales', 'revenue', 'engage', 'service'],
};

/** Data without rules that any context may read through its tables. */
const sharedTables = ['features/revenue/products/tables.ts'];

/** Layers (folder below src) each layer may import. */
const layers: Record<string, string[]> = {
  kernel: ['kernel'],
  view: ['kernel', 'view'],
  store: ['kernel', 'store'],
  runtime: ['kernel', 'view', 'runtime'],
  infra: ['kernel', 'view', 'runtime', 'store', 'infra', 'platforms'],
  platforms: ['kernel', 'view', 'runtime', 'platforms'],
  features: ['kernel', 'view', 'runtime', 'store', 'features'],
  playground: ['playground'],
  web: ['kernel', 'view', 'web'],
  operator: [
    '',
    'kernel',
    'view',
    'runtime',
    'store',
    'infra',
    'platforms',
    'features',
    'playground',
    'operator',
  ],
};

/** Packages a layer may import; others only where named. Node's own modules are free in infra, platforms and the top. */
const packages: Record<string, RegExp> = {
  kernel: /^(zod|temporal-polyfill)$/,
  view: /^(zod|intl-messageformat)$/,
  store: /^drizzle-orm/,
  runtime: /^(zod)$/,
  features: /^(zod|drizzle-orm|csv-parse)/,
  platforms: /^(node:|hono|zod|jose|@slack\/|@microsoft\/)/,
};

/** Reads every TypeScript file below `root` and lists what the layering forbids. Throws when there are no files. */
export function violations(root: string): { files: number; found: Violation[] } {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  if (files.length === 0) throw new Error(`no source below ${root}`);
  const edges = files.flatMap((file) => edgesOf(root, file));
  const found: Violation[] = [];
  for (const edge of edges) {
    const rule = edge.isPackage ? packageRule(edge) : sourceRule(edge);
    if (rule) found.push({ file: edge.from, imports: edge.to, rule });
  }
  return { files: files.length, found: [...found, ...cycles(edges)] };
}

function edgesOf(root: string, file: string): Edge[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[3] ?? match[4] ?? '';
    const isPackage = !specifier.startsWith('.');
    const to = isPackage ? specifier : relative(root, normalize(join(root, dirname(file), specifier)));
    return { from: file, to, isPackage, typeOnly: match[2] !== undefined };
  });
}

function layerOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function packageRule({ from, to }: Edge): string | undefined {
  const layer = layerOf(from);
  const allowed = packages[layer];
  if (allowed && !allowed.test(to)) return `${layer} must not use the package ${to}`;
  if (layer === 'features' && to.startsWith('drizzle-orm') && !isDataFile(from)) {
    return 'drizzle only in queries.ts, tables.ts and record.ts of a feature';
  }
  return undefined;
}

function sourceRule(edge: Edge): string | undefined {
  const { from, to, typeOnly } = edge;
  const layer = layerOf(from);
  const target = layerOf(to);
  if (to.startsWith('..')) return 'src must not import from outside src';
  if (layer === '' || layer === 'operator') return undefined;
  const allowed = layers[layer];
  if (!allowed) return `unknown folder ${layer}`;
  if (layer === 'runtime' && target === 'store') {
    return typeOnly ? undefined : 'runtime may take only types from store';
  }
  if (to === 'store/tx.ts' && typeOnly) return undefined;
  if (!allowed.includes(target)) return `${layer} must not import ${target || 'the composition root'}`;
  if (layer === 'infra' && target === 'platforms' && !typeOnly)
    return 'infra takes only types from platforms';
  if (layer === 'platforms') return platformRule(from, to);
  if (layer === 'features' && !(typeOnly && target === 'store')) return featureRule(from, to);
  return undefined;
}

function platformRule(from: string, to: string): string | undefined {
  const [, own] = from.split('/');
  const [root, other] = to.split('/');
  return root === 'platforms' && own !== other ? 'platforms must not import each other' : undefined;
}

function featureRule(from: string, to: string): string | undefined {
  const [, context = '', feature = ''] = from.split('/');
  const [root, otherContext = '', otherFeature = '', ...rest] = to.split('/');
  if (root === 'store') {
    const isHelper = /^store\/(records|find|changes|key-text|org-table|upsert|repoint|schedules)\.ts$/.test(
      to,
    );
    return isHelper || isDataFile(from) ? undefined : 'tables only from queries.ts, tables.ts and record.ts';
  }
  if (root !== 'features' || !feature || from.startsWith('features/demo-set')) return undefined;
  if (context === otherContext && feature === otherFeature) return undefined;
  if (!otherFeature) return 'a feature must not import the registration';
  const file = rest.join('/');
  if (sharedTables.includes(to) && isDataFile(from)) return undefined;
  if (context !== otherContext && !upstream[context]?.includes(otherContext)) {
    return `${context} must not know ${otherContext}`;
  }
  if (file === 'api.ts') return undefined;
  if (file === 'tables.ts' && isDataFile(from)) return undefined;
  return 'another feature only through its api.ts (or its tables.ts from queries)';
}

function isDataFile(file: string): boolean {
  return /\/(queries|tables|record)(\.ts|\/)|[a-z-]*-queries\.ts$/.test(file);
}

/** Import cycles among value imports, one violation each. */
function cycles(edges: Edge[]): Violation[] {
  const next = new Map<string, string[]>();
  for (const { from, to, isPackage, typeOnly } of edges) {
    if (!isPackage && !typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const found: Violation[] = [];
  const visit = (file: string, path: string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push({ file, imports: path.slice(at).join(' → '), rule: 'no import cycles' });
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}
