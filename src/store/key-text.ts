import { customType } from 'drizzle-orm/pg-core';

/**
 * Text compared byte by byte (collation "C"): equality and prefix ranges on it use an index under row-level
 * security, where LIKE and the operators of other collations do not.
 */
export const keyText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
