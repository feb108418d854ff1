import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { command, type Inline } from '../../kernel/text.ts';
import { type Activity, activitySchema } from './activities.ts';
import type { ActivityVerifier } from './auth.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { Installs } from './handle-install.ts';
import { invokeHandler } from './handle-invoke.ts';
import { handleMessage } from './handle-message.ts';
import { handleUnconnected } from './handle-unconnected.ts';
import { teamsMessages as t } from './messages.ts';
import { type Origin, originOf, placeOf, scopeOf } from './origin.ts';
import { refusal } from './refusal.ts';
import { reasonOf, showNotice } from './show.ts';
import { unknownReader } from './words.ts';

const maxBodyBytes = 1024 * 1024;

const received = { status: 200 } as const;

interface Answer {
  status: number;
  body?: object | undefined;
}

/** Teams' activities on one URL: checked, read, worked off. What is shown stands there when Teams is answered. */
export class TeamsReceiver {
  readonly routes = new Hono();
  private readonly around: Surroundings;
  private readonly verifier: ActivityVerifier;
  private readonly installs = new Installs();
  private readonly running = new Set<Promise<unknown>>();

  constructor(around: Surroundings, verifier: ActivityVerifier) {
    this.around = around;
    this.verifier = verifier;
    const limit = bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.text('too large', 413) });
    this.routes.post('/api/messages', limit, async (c) => {
      const work = this.receive(c.req.raw);
      this.running.add(work);
      try {
        return await work;
      } finally {
        this.running.delete(work);
      }
    });
  }

  /** Resolves when every activity taken so far has been worked off. */
  async drain(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private async receive(request: Request): Promise<Response> {
    const json = parseObject(await request.text());
    if (!json) return new Response('malformed', { status: 400 });
    const authorization = request.headers.get('authorization') ?? undefined;
    if (!(await this.verifier.verify(authorization, json))) {
      return new Response('unauthorized', { status: 401 });
    }
    const read = activitySchema.safeParse(json);
    if (!read.success) return new Response('malformed', { status: 400 });
    const { status, body } = await this.process(read.data);
    if (body === undefined) return new Response(null, { status });
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  }

  private async process(activity: Activity): Promise<Answer> {
    const origin = originOf(activity);
    if (activity.type === 'invoke' && !invokeHandler(activity.name)) {
      this.around.log.warn({ invoke: activity.name }, 'invoke not served');
      return { status: 501 };
    }
    if (!isForUs(activity) || origin.kind === 'bot') return received;
    const delivery = this.deliveryOf(activity, origin);
    const { requestId } = delivery;
    try {
      return await this.handle(delivery, origin);
    } catch (error) {
      this.around.log.error({ requestId, orgId: delivery.orgId, err: error }, 'teams activity failed');
      return this.refuse(delivery, t('broken', { requestId, help: command('today') }));
    }
  }

  private deliveryOf(activity: Activity, origin: Origin): Delivery {
    const { conversation, id, serviceUrl, locale } = activity;
    const key = id ? `teams:${conversation.id}:${id}` : undefined;
    return {
      activity,
      key,
      // Names the activity in logs and error texts.
      requestId: createHash('sha256')
        .update(key ?? activity.type)
        .digest('hex')
        .slice(0, 12),
      at: { serviceUrl, conversationId: conversation.id },
      scope: scopeOf(activity),
      place: placeOf(activity),
      visitor: {
        platform: 'teams',
        installation: 'tenantId' in origin ? origin.tenantId : '',
        userId: origin.kind === 'person' ? origin.userId : '',
      },
      orgId: undefined,
      reader: unknownReader(this.around.translate, locale),
    };
  }

  private async handle(unplaced: Delivery, origin: Origin): Promise<Answer> {
    const { activity, visitor, requestId } = unplaced;
    const isInstall = activity.type !== 'message' && activity.type !== 'invoke';
    if (origin.kind === 'stranger' || (origin.kind === 'tenant' && !isInstall)) {
      return isInstall ? received : this.refuse(unplaced, t('outsider'));
    }
    let orgId: string | undefined;
    try {
      orgId = (await this.around.installations.find('teams', visitor.installation))?.orgId;
    } catch (error) {
      this.around.log.error({ requestId, err: error }, 'teams activity not taken: storage away');
      return isInstall ? { status: 503 } : this.refuse(unplaced, t('not-saved'));
    }
    const delivery = { ...unplaced, orgId };
    if (orgId !== undefined) await this.note(delivery, orgId);
    if (isInstall) {
      if (!(await this.noteRemoved(delivery))) return { status: 503 };
      await this.installs.handle(this.around, delivery);
      return received;
    }
    if (activity.type === 'invoke') {
      if (orgId === undefined)
        return this.refuse(delivery, t('not-connected', { line: command('link ABCDE-FGHJK') }));
      const body = await invokeHandler(activity.name)?.(this.around, delivery);
      return { status: 200, body };
    }
    if (orgId === undefined) await handleUnconnected(this.around, delivery);
    else await handleMessage(this.around, delivery);
    return received;
  }

  private async note({ activity, visitor, requestId }: Delivery, orgId: string): Promise<void> {
    const userId = visitor.userId === '' ? undefined : visitor.userId;
    try {
      await this.around.seen.note(orgId, visitor.installation, userId, activity);
    } catch (error) {
      // Whether anything can be saved is for the work itself to find out.
      this.around.log.warn({ requestId, orgId, reason: reasonOf(error) }, 'address not kept');
    }
  }

  /** False: it could not be kept, and Teams may tell it again. */
  private async noteRemoved({ activity, visitor, orgId, requestId }: Delivery): Promise<boolean> {
    const userIds = (activity.membersRemoved ?? []).flatMap(({ aadObjectId }) => aadObjectId ?? []);
    if (orgId === undefined || userIds.length === 0) return true;
    try {
      await this.around.doubtAccounts(orgId, visitor.installation, userIds);
      return true;
    } catch (error) {
      this.around.log.error({ requestId, orgId, err: error }, 'removed people not noted');
      return false;
    }
  }

  private async refuse(delivery: Delivery, words: Inline): Promise<Answer> {
    const { activity } = delivery;
    if (activity.type === 'invoke') return { status: 200, body: refusal(delivery, words) };
    if (activity.type === 'message') {
      await showNotice(this.around, delivery, { tone: 'warn', blocks: [{ t: 'text', of: words }] });
    }
    return received;
  }
}

const handled: readonly string[] = ['message', 'invoke', 'conversationUpdate', 'installationUpdate'];

function isForUs({ type }: Activity): boolean {
  return handled.includes(type);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
