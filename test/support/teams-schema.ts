import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The package's own module does not load (it misses a dependency), but its schemas and their validator are there. */
const require = createRequire(import.meta.url);
const packageFile = require.resolve('@microsoft/app-manifest/package.json');
const fromPackage = createRequire(packageFile);

type Validate = ((value: unknown) => boolean) & { errors?: unknown };
interface Validator {
  compile(schema: unknown): Validate;
}

/** What a released schema says against a document. */
export function problems(value: Record<string, unknown>): unknown {
  const schema = /\/v([\d.]+)\/(\w+\.[\w.]+)$/.exec(String(value.$schema));
  if (!schema) throw new Error(`no schema: ${value.$schema}`);
  const [, version, file] = schema;
  const path = join(dirname(packageFile), 'build/json-schemas/teams', `v${version}`, String(file));
  const Ajv = fromPackage('ajv-draft-04').default as new (options: object) => Validator;
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  fromPackage('ajv-formats').default(ajv, ['uri', 'email', 'regex']);
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')));
  return validate(value) ? undefined : validate.errors;
}
