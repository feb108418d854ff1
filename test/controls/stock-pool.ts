import postgres from 'postgres';

/**
 * Control: the driver used the way its manual shows, one pool and `begin`. When a connection dies inside a
 * transaction it runs the transaction's next statements on the re-opened connection, which by then may be inside
 * the transaction of another organization. The same run that src/infra/db/ passes must break this one.
 */
export function openStockPool(url: string, size: number) {
  const pool = postgres(url, { max: size, onnotice: () => {} });
  return {
    async transaction(
      orgId: string,
      run: (send: (text: string, values: string[]) => Promise<unknown>) => Promise<void>,
    ) {
      await pool.begin(async (sql) => {
        await sql`select set_config('role', 'crm_app', true), set_config('app.org_id', ${orgId}, true)`;
        await run(async (text, values) => sql.unsafe(text, values));
      });
    },
    close: () => pool.end({ timeout: 1 }),
  };
}
