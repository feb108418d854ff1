import { z } from 'zod';
import { fieldMeta } from '../../kernel/fields.ts';
import type { Action } from '../../runtime/action.ts';
import type { Registry } from '../../runtime/registry.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';
import { interactionSchema } from './interactions.ts';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of every registered action; schemas come from the same zod objects that check the calls. */
export function openApi(
  registry: Registry,
  { publicUrl, translate }: { publicUrl: string; translate: Translate },
): Json {
  const reader: Reader = { locale: 'en', timeZone: 'UTC', translate, commandLine: (line) => `/crm ${line}` };
  const paths: Json = {};
  for (const action of registry.actions())
    paths[`/api/v1/actions/${action.name}`] = operation(action, reader);
  for (const lookup of registry.lookups()) {
    paths[`/api/v1/lookups/${lookup.kind}`] = {
      get: {
        operationId: `lookup_${lookup.kind.replace(/\W/g, '_')}`,
        summary: `Find: ${plain(lookup.label, reader)}`,
        tags: ['lookups'],
        parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
        responses: {
          200: json('Options, best first', { $ref: '#/components/schemas/Options' }),
          ...failures,
        },
      },
    };
  }
  Object.assign(paths, pagePaths());
  return {
    openapi: '3.1.0',
    info: { title: 'Parley', version: '1', description: 'Every action of the CRM, as chat uses it.' },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key, or a token of the tab inside Teams.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-parley',
          description: 'A browser that came in by /crm open.',
        },
      },
      schemas: {
        Options: {
          type: 'object',
          required: ['options'],
          properties: {
            options: {
              type: 'array',
              items: {
                type: 'object',
                required: ['value', 'label'],
                properties: { value: { type: 'string' }, label: { type: 'string' } },
              },
            },
          },
        },
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message', 'requestId'],
              properties: {
                code: { type: 'string' },
                message: { type: 'string' },
                requestId: { type: 'string' },
                fields: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['field', 'message'],
                    properties: {
                      field: { type: 'string' },
                      message: { type: 'string' },
                      suggestion: { type: 'string' },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  };
}

/** What our own pages use besides actions: who is signed in, and buttons, forms and lines as in chat. */
function pagePaths(): Json {
  const security = [{ session: [] }, { key: [] }];
  const done = (description: string) => json(description, { type: 'object' });
  return {
    '/api/v1/session': {
      get: {
        operationId: 'session_read',
        summary: 'Who is signed in',
        tags: ['session'],
        security,
        responses: { 200: done('Name, roles, language, zone and organization'), ...failures },
      },
      delete: {
        operationId: 'session_end',
        summary: 'Sign out',
        tags: ['session'],
        security,
        responses: { 200: done('Signed out'), ...failures },
      },
    },
    '/api/v1/interactions': {
      post: {
        operationId: 'interact',
        summary: 'Do what a person does in chat: a line, a button, a form',
        description: 'For people who are signed in; API keys are refused and run actions instead.',
        tags: ['session'],
        security,
        parameters: [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 200 } }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemaOf(interactionSchema, 'input') } },
        },
        responses: { 200: done('What comes of it: a card, a form or options'), ...failures },
      },
    },
  };
}

function operation(action: Action, reader: Reader): Json {
  const roles = action.roles === 'anyone' ? ['anyone'] : action.roles;
  const typed = action.command ? ` Typed: \`/crm ${action.command.examples.en[0]}\`.` : '';
  return {
    post: {
      operationId: action.name.replace(/\W/g, '_'),
      summary: plain(action.title, reader),
      description: `${plain(action.summary, reader)}. Roles: ${roles.join(', ')}.${typed}`,
      tags: [action.name.split('.')[0]],
      parameters: [
        { name: 'dryRun', in: 'query', schema: { enum: ['1'] }, description: 'Run and roll back' },
        { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 200 } },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: inputSchema(action, reader), example: action.example.input },
        },
      },
      responses: {
        200: json('Done', {
          type: 'object',
          required: ['output'],
          properties: { output: schemaOf(action.output, 'output') },
        }),
        ...failures,
      },
    },
  };
}

/** Typed values may also be sent as a person would type them: `"80k"`, `"fri 10:00"`. */
function inputSchema(action: Action, reader: Reader): Json {
  const schema = schemaOf(action.input, 'input');
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  for (const [name, field] of Object.entries(action.input.shape)) {
    const meta = fieldMeta(field);
    const property = properties[name];
    if (!meta || !property) continue;
    const description = plain(meta.label, reader);
    properties[name] =
      property.type === 'string'
        ? { ...property, description }
        : { anyOf: [property, { type: 'string' }], description };
  }
  return schema;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

function json(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } };
}

const failures = Object.fromEntries(
  [400, 401, 403, 404, 409, 413, 422, 503].map((status) => [
    status,
    json('Refused', { $ref: '#/components/schemas/Error' }),
  ]),
);
