import { Hono } from 'hono';
import { z } from 'zod';
import { exact, refuse, run, streamChanges } from '../control-route.ts';
import type { Desk } from './desk.ts';
import { screenOf } from './screen.ts';
import type { SlackStandIn } from './stand-in.ts';

const who = { user: z.string(), team: z.string().optional() };
const where = {
  actionId: z.string().optional(),
  blockId: z.string().optional(),
  label: z.string().optional(),
  ts: z.string().optional(),
  channel: z.string().optional(),
  viewId: z.string().optional(),
  in: z.enum(['message', 'modal', 'home']).optional(),
};
const values = z.record(z.string(), z.unknown()).optional();
const said = z.strictObject({
  ...who,
  text: z.string(),
  channel: z.string().optional(),
  threadTs: z.string().optional(),
});

const bodies = {
  command: said.extend({ command: z.string().startsWith('/').optional() }),
  press: z.strictObject({ ...who, ...where, value: z.unknown().optional(), values }),
  options: z.strictObject({ ...who, ...where, query: z.string() }),
  submit: z.strictObject({ ...who, values, force: z.boolean().optional() }),
  close: z.strictObject({ ...who, all: z.boolean().optional() }),
  delete: z.strictObject({ ...who, ts: z.string(), channel: z.string() }),
  shortcut: z.strictObject({ ...who, callbackId: z.string(), ts: z.string().optional() }),
  mention: said,
  say: said,
  home: z.strictObject({ ...who, tab: z.enum(['home', 'messages']).optional() }),
  event: z.strictObject({ team: z.string().optional(), event: z.looseObject({ type: z.string() }) }),
  user: z.strictObject({
    user: z.string(),
    deleted: z.boolean().optional(),
    isRestricted: z.boolean().optional(),
    isUltraRestricted: z.boolean().optional(),
  }),
  fault: z.strictObject({
    kind: z
      .enum(['429', '500', 'lost_answer', 'archived_channel', 'revoked_token', 'slow', 'timeout'])
      .optional(),
    rate: z.number().min(0).max(1).optional(),
    count: z.number().int().positive().optional(),
    channel: z.string().optional(),
    method: z.string().optional(),
    team: z.string().optional(),
    retryAfter: z.number().positive().optional(),
    delayMs: z.number().positive().optional(),
    lostAs: z.enum(['500', 'abort']).optional(),
    /** Ends all faults, before the new one begins. */
    clear: z.boolean().optional(),
    limitPosts: z.boolean().optional(),
    seed: z.number().int().optional(),
  }),
  reset: z.strictObject({}),
  retry: z.strictObject({}),
};

/** The only way for tests and the page to look in or to act. JSON only, so that no foreign page can post here. */
export function controlRoutes(standIn: SlackStandIn, desk: Desk): Hono {
  const app = new Hono();
  const on = <T>(name: string, shape: z.ZodType<T>, act: (body: T) => unknown) =>
    app.post(`/_control/${name}`, (c) => run(c, shape, act));

  on('command', bodies.command, (body) => standIn.command(exact(body)));
  on('press', bodies.press, (body) => standIn.press(exact(body)));
  on('options', bodies.options, (body) => standIn.options(exact(body)));
  on('submit', bodies.submit, (body) => standIn.submit(exact(body)));
  on('close', bodies.close, (body) => standIn.closeModal(exact(body)));
  on('delete', bodies.delete, (body) => standIn.delete(exact(body)));
  on('shortcut', bodies.shortcut, (body) => standIn.shortcut(exact(body)));
  on('mention', bodies.mention, (body) => standIn.mention(exact(body)));
  on('say', bodies.say, (body) => standIn.say(exact(body)));
  on('home', bodies.home, (body) => standIn.openHome(exact(body)));
  on('event', bodies.event, ({ event, team }) => standIn.event(event, team));
  on('user', bodies.user, ({ user, ...change }) => standIn.changeUser(user, exact(change)));
  on('retry', bodies.retry, () => standIn.events.retryNow());
  on('reset', bodies.reset, () => {
    standIn.reset();
    return { ok: true };
  });
  on('fault', bodies.fault, ({ kind, clear, limitPosts, seed, ...fault }) => {
    if (clear) standIn.faults.clear();
    if (seed !== undefined) standIn.faults.seed(seed);
    if (limitPosts !== undefined) standIn.faults.limitPosts(limitPosts);
    if (kind) standIn.faults.add({ kind, ...exact(fault) });
    return { ok: true, faults: standIn.faults.list() };
  });

  app.get('/_control/messages', (c) => {
    const { team, channel, user, threadTs, all } = c.req.query();
    const filter = exact({ team, channel, user, threadTs, all: all === '1' || undefined });
    return c.json({ messages: standIn.messages(filter) });
  });
  app.get('/_control/calls', (c) => c.json({ calls: standIn.calls() }));
  app.get('/_control/deliveries', (c) => c.json({ deliveries: standIn.events.list() }));
  app.get('/_control/state', (c) => {
    try {
      return c.json(screenOf(desk, c.req.query('user') ?? '', c.req.query('team')));
    } catch (error) {
      return refuse(c, error);
    }
  });
  app.get('/_control/events', (c) => streamChanges(c, standIn.onChange, desk));
  return app;
}
