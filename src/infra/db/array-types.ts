import { makePgArray } from 'drizzle-orm/pg-core';

/** Array types the product uses, by the server's fixed numbers. */
const arrayTypes = { bool: 1000, int4: 1007, text: 1009, varchar: 1015, int8: 1016, uuid: 2951 } as const;

/**
 * Arrays for the `postgres` driver, which would otherwise ask the server for them on every new connection, in a
 * promise nobody catches: a connection lost at that moment would end the process.
 */
export const arrayHandlers = Object.fromEntries(
  Object.entries(arrayTypes).map(([name, oid]) => [
    `${name}Array`,
    {
      to: oid,
      from: [oid],
      serialize: (value: unknown) => (Array.isArray(value) ? makePgArray(value) : value),
      parse: (text: string) => parseArray(text).map((item) => (item === null ? null : elementOf(name, item))),
    },
  ]),
);

function elementOf(name: string, text: string): unknown {
  if (name === 'int4') return Number(text);
  return name === 'bool' ? text === 't' : text;
}

/** Elements of a one-dimensional array as the server prints it: `{a,"b, c",NULL}`. */
function parseArray(text: string): (string | null)[] {
  const items = text.matchAll(/[{,](?:"((?:[^"\\]|\\.)*)"|([^,{}"]+))/gs);
  return [...items].map(([, quoted, bare]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/gs, '$1');
    return bare === 'NULL' || bare === undefined ? null : bare;
  });
}
