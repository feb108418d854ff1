import { Hono } from 'hono';

export interface HealthOptions {
  db: { ping(): Promise<void>; stats(): object };
  migrationState(): Promise<{ pending: string[] }>;
  /** Further gauges by name. */
  gauges?: () => Record<string, number>;
}

/** Live, ready and Prometheus metrics. */
export function createHealth({ db, migrationState, gauges }: HealthOptions): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'live' }));
  app.get('/readyz', async (c) => {
    try {
      await db.ping();
      const { pending } = await migrationState();
      if (pending.length > 0) return c.json({ status: 'not ready', reason: 'migrations pending' }, 503);
      return c.json({ status: 'ready' });
    } catch {
      return c.json({ status: 'not ready', reason: 'database away' }, 503);
    }
  });
  app.get('/metrics', (c) => {
    const memory = process.memoryUsage();
    const values: Record<string, number> = {
      process_resident_memory_bytes: memory.rss,
      nodejs_heap_used_bytes: memory.heapUsed,
      process_uptime_seconds: Math.round(process.uptime()),
      ...Object.fromEntries(
        Object.entries(db.stats() as Record<string, number>).map(([name, value]) => [
          `parley_database_connections_${name}`,
          value,
        ]),
      ),
      ...gauges?.(),
    };
    const lines = Object.entries(values).map(([name, value]) => `# TYPE ${name} gauge\n${name} ${value}`);
    return c.text(`${lines.join('\n')}\n`, 200, { 'content-type': 'text/plain; version=0.0.4' });
  });
  return app;
}
