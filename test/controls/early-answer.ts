/**
 * Control: acknowledges a command first and saves it afterwards, and remembers no line. A process of its own; the
 * run that the service passes must break this one.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import postgres from 'postgres';

const sql = postgres(process.env.DATABASE_URL ?? '', { onnotice: () => {} });
await sql`create table if not exists early_leads (company text not null)`;
const app = new Hono();
app.get('/readyz', (c) => c.text('ready'));
app.post('/slack/events', async (c) => {
  const text = new URLSearchParams(await c.req.text()).get('text') ?? '';
  const company = /"([^"]*)"/.exec(text)?.[1] ?? '';
  setTimeout(() => void sql`insert into early_leads values (${company})`, 5);
  return c.json({ text: `L-1 ${company}` });
});
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
