import type { Config } from './infra/config.ts';

/** What the first start prints: where to look, what to type, and what this database is. */
export function banner(at: { port: number; config: Config; database: 'postgres' | 'embedded' }): string {
  const url = `http://localhost:${at.port}`;
  const database =
    at.database === 'embedded'
      ? `embedded database in ${at.config.dataDir} (for trying out: not safe against power loss, one process only)`
      : 'PostgreSQL';
  return `
  Parley is running.

  Playground   ${url}/playground
  REST         ${url}/docs
  Data         ${database}

  Type this in the playground:  /crm new-lead "Acme Pumps" Jane jane@acme.example 80k
  Stop with Ctrl-C.

`;
}
