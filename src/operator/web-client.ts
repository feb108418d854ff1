import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createCatalogedRegistry } from '../app.ts';
import type { Action } from '../runtime/action.ts';
import type { Output } from './command.ts';

type Schema = Record<string, unknown>;
const path = join(import.meta.dirname, '../web/client/actions.ts');
const root = join(import.meta.dirname, '../..');

/** TypeScript types of every read action, from the zod schemas that check its calls and answers. */
export function webClientSource(): string {
  const reads = createCatalogedRegistry()
    .actions()
    .filter((action) => action.effect === 'read' && !action.long)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = reads.map((action) => {
    const input = printed(inputSchema(action), 2);
    return `  '${action.name}': {\n    input: ${input};\n    output: ${printed(schemaOf(action.output, 'output'), 2)};\n  };\n`;
  });
  return formatted(`// Written by \`npm run cli -- web-client\` from the registry; edits are lost.

/** What can be asked of the service, by action: input as it is sent, output as it comes back. */
export interface Actions {
${entries.join('')}}
`);
}

/** In the project's own style, by the formatter that checks it. */
function formatted(source: string): string {
  const args = ['format', '--stdin-file-path=src/web/client/actions.ts'];
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), args, {
    cwd: root,
    input: source,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the client's types cannot be formatted: ${stderr}`);
  return stdout;
}

/** Writes the client's types, or with \`check\` only says whether they are stale (exit code 1). */
export async function webClient(out: Output, { check }: { check: boolean }): Promise<number> {
  const source = webClientSource();
  if ((await readFile(path, 'utf8').catch(() => undefined)) === source) return 0;
  if (check) {
    out.line('src/web/client/actions.ts is stale: run npm run cli -- web-client');
    return 1;
  }
  await writeFile(path, source);
  out.line('src/web/client/actions.ts: written');
  return 0;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Schema;
}

/** Typed values may be sent as a person would type them, too. */
function inputSchema(action: Action): Schema {
  const schema = schemaOf(action.input, 'input');
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(
    ([name, property]) => {
      const isTypable = property.type === 'object' || property.anyOf !== undefined;
      return [name, isTypable ? { anyOf: [property, { type: 'string' }] } : property];
    },
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}

function printed(schema: Schema, depth: number): string {
  if (Array.isArray(schema.anyOf)) return union(schema.anyOf as Schema[], depth);
  if (Array.isArray(schema.oneOf)) return union(schema.oneOf as Schema[], depth);
  if (Array.isArray(schema.enum)) return schema.enum.map(literal).join(' | ');
  if ('const' in schema) return literal(schema.const);
  if (Array.isArray(schema.type)) {
    return union(
      schema.type.map((type: unknown) => ({ ...schema, type })),
      depth,
    );
  }
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `Array<${printed((schema.items ?? {}) as Schema, depth)}>`;
    case 'object':
      return object(schema, depth);
    default:
      return 'unknown';
  }
}

function union(of: readonly Schema[], depth: number): string {
  return [...new Set(of.map((one) => printed(one, depth)))].join(' | ');
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value);
}

function object(schema: Schema, depth: number): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const isOpen = typeof schema.additionalProperties === 'object' || schema.additionalProperties === undefined;
  if (properties.length === 0) return isOpen ? 'Record<string, unknown>' : 'Record<string, never>';
  const required = new Set((schema.required ?? []) as string[]);
  const indent = '  '.repeat(depth + 1);
  const lines = properties.map(([name, property]) => {
    const key = /^[a-zA-Z_]\w*$/.test(name) ? name : `'${name}'`;
    return `${indent}${key}${required.has(name) ? '' : '?'}: ${printed(property, depth + 1)};\n`;
  });
  return `{\n${lines.join('')}${'  '.repeat(depth)}}`;
}
