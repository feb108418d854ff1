import { Hono } from 'hono';
import { z } from 'zod';
import { exact, refuse, run, streamChanges } from '../control-route.ts';
import type { Desk } from './desk.ts';
import type { TeamsStandIn } from './stand-in.ts';

const who = { user: z.string(), tenant: z.string().optional() };
const where = { ...who, conversation: z.string().optional() };
const json = z.record(z.string(), z.unknown());
const action = z.union([z.number().int().nonnegative(), z.string(), json]);
const entered = { values: json.optional(), force: z.boolean().optional() };
const card = z.strictObject({
  ...who,
  ...entered,
  message: z.string(),
  card: z.number().int().nonnegative().optional(),
  action,
});
const dialog = z.strictObject({
  ...who,
  ...entered,
  dialog: z.string().optional(),
  action: action.optional(),
});

const bodies = {
  say: z.strictObject({ ...where, text: z.string().min(1) }),
  react: z.strictObject({ ...who, message: z.string(), reaction: z.string() }),
  feedback: z.strictObject({
    ...who,
    message: z.string(),
    reaction: z.enum(['like', 'dislike']),
    text: z.string().optional(),
  }),
  refresh: z.strictObject({
    ...who,
    message: z.string(),
    card: z.number().int().nonnegative().optional(),
    isAutomatic: z.boolean().optional(),
  }),
  delete: z.strictObject({ ...who, message: z.string() }),
  dialogClose: z.strictObject({ ...who, dialog: z.string().optional() }),
  search: z.strictObject({
    ...who,
    message: z.string().optional(),
    card: z.number().int().nonnegative().optional(),
    dialog: z.string().optional(),
    input: z.string(),
    text: z.string(),
    values: json.optional(),
  }),
  query: z.strictObject({
    ...where,
    commandId: z.string(),
    parameter: z.string().optional(),
    text: z.string().optional(),
  }),
  fetch: z.strictObject({ ...where, commandId: z.string(), message: z.string().optional() }),
  select: z.strictObject({ ...where, index: z.number().int().nonnegative() }),
  link: z.strictObject({ ...where, url: z.url() }),
  install: z.strictObject(where),
  repeat: z.strictObject({ activity: z.string().optional() }),
  fault: z.strictObject({
    kind: z
      .enum([
        '429',
        '500',
        'lost_answer',
        'slow',
        'timeout',
        'archived',
        'deleted',
        'revoked',
        'wrong_signature',
        'twice',
        'retried',
      ])
      .optional(),
    rate: z.number().min(0).max(1).optional(),
    count: z.number().int().positive().optional(),
    conversation: z.string().optional(),
    tenant: z.string().optional(),
    operation: z.enum(['token', 'create', 'post', 'update', 'delete', 'members', 'member']).optional(),
    retryAfter: z.number().positive().optional(),
    delayMs: z.number().positive().optional(),
    /** Ends all faults, before the new one begins. */
    clear: z.boolean().optional(),
    limitPosts: z.boolean().optional(),
    seed: z.number().int().optional(),
  }),
  reset: z.strictObject({}),
};

/** The only way for tests and the page to look in or to act. JSON only, so that no foreign page can post here. */
export function controlRoutes(standIn: TeamsStandIn, desk: Desk): Hono {
  const app = new Hono();
  const on = <T>(name: string, shape: z.ZodType<T>, act: (body: T) => unknown) =>
    app.post(`/_control/${name}`, (c) => run(c, shape, act));

  on('say', bodies.say, (body) => standIn.say(exact(body)));
  on('react', bodies.react, (body) => standIn.react(exact(body)));
  on('feedback', bodies.feedback, (body) => standIn.feedback(exact(body)));
  on('execute', card, (body) => standIn.execute(exact(body)));
  on('submit', card, (body) => standIn.submit(exact(body)));
  on('refresh', bodies.refresh, (body) => standIn.refresh(exact(body)));
  on('dialog-submit', dialog, (body) => standIn.submitDialog(exact(body)));
  on('dialog-execute', dialog, (body) => standIn.executeDialog(exact(body)));
  on('dialog-close', bodies.dialogClose, (body) => standIn.closeDialog(exact(body)));
  // A message extension's dialog is submitted like any other; the stand-in knows which it is.
  on('extension-submit', dialog, (body) => standIn.submitDialog(exact(body)));
  on('delete', bodies.delete, (body) => standIn.delete(exact(body)));
  on('search', bodies.search, (body) => standIn.search(exact(body)));
  on('extension-query', bodies.query, (body) => standIn.queryExtension(exact(body)));
  on('extension-fetch', bodies.fetch, (body) => standIn.fetchExtension(exact(body)));
  on('extension-select', bodies.select, (body) => standIn.selectResult(exact(body)));
  on('link', bodies.link, (body) => standIn.pasteLink(exact(body)));
  on('install', bodies.install, (body) => standIn.install(exact(body)));
  on('uninstall', bodies.install, (body) => standIn.uninstall(exact(body)));
  on('leave', bodies.install, (body) => standIn.leave(exact(body)));
  on('repeat', bodies.repeat, ({ activity }) => standIn.repeat(activity));
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
    const { tenant, conversation, user, replyTo, all } = c.req.query();
    try {
      const filter = exact({ tenant, conversation, user, replyTo, all: all === '1' || undefined });
      return c.json({ messages: standIn.messages(filter) });
    } catch (error) {
      return refuse(c, error);
    }
  });
  app.get('/_control/calls', (c) => c.json({ calls: standIn.calls() }));
  app.get('/_control/deliveries', (c) => c.json({ deliveries: standIn.deliveries() }));
  app.get('/_control/state', (c) => {
    try {
      return c.json(standIn.screen(c.req.query('user') ?? '', c.req.query('tenant')));
    } catch (error) {
      return refuse(c, error);
    }
  });
  app.get('/_control/events', (c) => streamChanges(c, standIn.onChange, desk));
  return app;
}
