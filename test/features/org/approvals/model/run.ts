import { and, desc, eq, sql } from 'drizzle-orm';
import { reviewSubjects } from '../../../../../src/features/org/approvals/api.ts';
import { type PolicyRules, usualPolicy } from '../../../../../src/features/org/approvals/policy.ts';
import { insertPolicy } from '../../../../../src/features/org/approvals/queries.ts';
import { approvalSubstitutes } from '../../../../../src/features/org/approvals/tables.ts';
import { tellChanges } from '../../../../../src/features/org/approvals/tell.ts';
import { deals } from '../../../../../src/features/sales/deals/tables.ts';
import type { Role } from '../../../../../src/kernel/context.ts';
import { AppError } from '../../../../../src/kernel/errors.ts';
import type { Engine } from '../../../../../src/runtime/engine.ts';
import { execute, executeSystem } from '../../../../../src/runtime/execute.ts';
import { members, units } from '../../../../../src/store/tables/people.ts';
import { audit } from '../../../../../src/store/tables/trail.ts';
import { rowsOf } from '../../../../../src/store/tx.ts';
import { type TestApp, testNow } from '../../../../support/app.ts';
import { asking } from '../asking.ts';
import { otherRoles, people, policies, startRoles } from './cast.ts';
import { Crash, crashing, numbers } from './chance.ts';
import { checkAlways, checkSeats, type OneRequest, type Watched } from './checks.ts';
import {
  askedFor,
  involved,
  isAsked,
  lookedAt,
  type OneMember,
  type Press,
  pressed,
  type Request,
  reviewed,
  type World,
  wantedSteps,
} from './oracle.ts';
import { describe, readState, type State } from './state.ts';

/** Something that must never be, with what led to it. */
export class Violation extends Error {}

export interface ModelRun {
  sequences: number;
  seed: number;
  /** Steps of one sequence, at most. */
  steps?: number;
  /** Tried more often than the rest, to find at once what a control gets wrong there. */
  favour?: 'role' | 'owner' | 'edit';
}

export interface ModelResult {
  sequences: number;
  steps: number;
  /** How often each status was reached. */
  ended: Record<string, number>;
  refused: number;
}

/** Random sequences on the app's organization; each step is compared with the oracle. Throws Violation. */
export async function modelRun(app: TestApp, run: ModelRun): Promise<ModelResult> {
  const model = await Model.of(app, run.seed, run.favour);
  const result: ModelResult = { sequences: 0, steps: 0, ended: model.ended, refused: 0 };
  for (let n = 0; n < run.sequences; n += 1) {
    await model.sequence(1 + model.below(run.steps ?? 7));
    result.sequences += 1;
  }
  return { ...result, steps: model.steps, refused: model.refused };
}

interface OneDeal {
  id: string;
  number: string;
  creatorId: string;
}

class Model {
  readonly ended: Record<string, number> = {};
  steps = 0;
  refused = 0;
  /** What was done in this sequence, for the message. */
  #trail: string[] = [];
  #request: OneRequest | undefined;
  #isDirty = false;
  #favour: ModelRun['favour'];
  #policyVersion = 0;
  #deals: OneDeal[] = [];
  #deal: OneDeal;
  readonly #ids: Record<string, string>;

  readonly app: TestApp;
  readonly world: World;
  readonly seed: number;
  readonly random: () => number;

  private constructor(
    app: TestApp,
    world: World,
    ids: Record<string, string>,
    made: OneDeal[],
    seed: number,
  ) {
    this.app = app;
    this.world = world;
    this.seed = seed;
    this.random = numbers(seed);
    this.#ids = ids;
    this.#deals = made;
    this.#deal = made[0] as OneDeal;
  }

  static async of(app: TestApp, seed: number, favour?: ModelRun['favour']): Promise<Model> {
    const ids: Record<string, string> = {};
    for (const key of people) ids[key] = await app.as(key).memberId();
    const made: OneDeal[] = [];
    for (const key of ['emma', 'wei', 'tom', 'ada', 'emma', 'tom'] as const) {
      const output = (await app.as(key).call('deals.create', {
        name: `Model ${made.length}`,
        amount: { amountMinor: '8000000', currency: 'EUR' },
      })) as { number: string };
      const [row] = await app.inOrg((tx) =>
        tx
          .select({ id: deals.id })
          .from(deals)
          .where(and(eq(deals.orgId, app.orgId), eq(deals.number, Number(output.number.slice(2))))),
      );
      made.push({ id: row?.id ?? '', number: output.number, creatorId: ids[key] ?? '' });
    }
    const [everybody, lines] = await app.inOrg((tx) =>
      Promise.all([
        tx.select().from(members).where(eq(members.orgId, app.orgId)),
        tx.select().from(units).where(eq(units.orgId, app.orgId)),
      ]),
    );
    const world: World = {
      now: app.clock.now(),
      members: new Map(
        everybody.map(({ id, name, roles, status, unitId, reportsTo }) => [
          id,
          { id, name, roles: [...roles], isHere: status === 'active', unitId, reportsTo },
        ]),
      ),
      units: lines.map(({ id, parentId, managerId }) => ({ id, parentId, managerId })),
      standIns: [],
      policy: usualPolicy,
      deal: { ownerId: '', creatorId: '', editorId: '', amountMinor: '8000000', isOpen: true },
    };
    const model = new Model(app, world, ids, made, seed);
    model.#favour = favour;
    return model;
  }

  below(n: number): number {
    return Math.floor(this.random() * n);
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
  anybody(): string {
    return this.#ids[this.pick(people)] as string;
  }
  #key(id: string): string {
    return people.find((key) => this.#ids[key] === id) ?? id;
  }

  async sequence(steps: number): Promise<void> {
    await this.#restore();
    this.#trail = [];
    this.#request = undefined;
    this.#deal = this.pick(this.#deals);
    await this.#freshDeal();
    await this.#ask();
    for (let n = 0; n < steps; n += 1) await this.#step();
    await this.#finish();
  }

  async #step(): Promise<void> {
    this.steps += 1;
    if (this.#favour && this.random() < 0.6) {
      if (this.#favour === 'edit') return this.#edit();
      return this.#favour === 'role' ? this.#changeRole() : this.#changeOwner();
    }
    const roll = this.random();
    if (roll < 0.36) return this.#press(this.#somePress());
    if (roll < 0.42) return this.#twice();
    if (roll < 0.46) return this.#crash();
    if (roll < 0.54) return this.#edit();
    if (roll < 0.61) return this.#changeOwner();
    if (roll < 0.71) return this.#changeRole();
    if (roll < 0.75) return this.#substitute();
    if (roll < 0.79) return this.#changePolicy();
    if (roll < 0.88) return this.#passTime();
    if (roll < 0.94) return this.#deliver();
    return this.#ask();
  }

  fail(what: string): never {
    throw new Violation(`${what}\nseed ${this.seed}, after:\n  ${this.#trail.join('\n  ')}`);
  }

  #note(text: string): void {
    this.#trail.push(text);
  }

  /** Everybody as at the start, nobody stands in, the usual rules. */
  async #restore(): Promise<void> {
    this.app.clock.set(testNow);
    this.world.now = testNow;
    if (!this.#isDirty) return;
    this.#isDirty = false;
    for (const key of people) await this.#setMember(this.#ids[key] as string, startRoles[key], true);
    this.world.standIns = [];
    await this.app.inOrg((tx) =>
      tx
        .update(approvalSubstitutes)
        .set({ archivedAt: this.app.clock.now() })
        .where(eq(approvalSubstitutes.orgId, this.app.orgId)),
    );
    if (this.world.policy !== usualPolicy) await this.#setPolicy({});
  }

  async #setMember(id: string, roles: Role[], isHere: boolean): Promise<void> {
    const one = this.world.members.get(id) as OneMember;
    if (one.isHere === isHere && one.roles.join() === roles.join()) return;
    await this.app.inOrg((tx) =>
      tx
        .update(members)
        .set({ roles, status: isHere ? 'active' : 'left' })
        .where(and(eq(members.orgId, this.app.orgId), eq(members.id, id))),
    );
    one.roles = [...roles];
    one.isHere = isHere;
  }

  async #freshDeal(): Promise<void> {
    const owner = this.pick(['emma', 'emma', 'wei', 'tom', 'chen'] as const);
    await this.app.inOrg((tx) =>
      tx
        .update(deals)
        .set({ ownerId: this.#ids[owner] as string, note: null })
        .where(and(eq(deals.orgId, this.app.orgId), eq(deals.id, this.#deal.id))),
    );
    const known = this.#editors.get(this.#deal.id);
    this.world.deal = {
      ownerId: this.#ids[owner] as string,
      creatorId: this.#deal.creatorId,
      editorId: known?.editorId ?? this.#deal.creatorId,
      amountMinor: known?.amountMinor ?? '8000000',
      isOpen: true,
    };
    this.#note(
      `${this.#deal.number} of ${owner}, made by ${this.#key(this.#deal.creatorId)}, edited by ${this.#key(this.world.deal.editorId)}`,
    );
  }

  /** Last editor and amount of each deal, over all sequences. */
  readonly #editors = new Map<string, { editorId: string; amountMinor: string }>();

  async #call(
    who: string,
    action: string,
    raw: Record<string, unknown>,
    engine: Engine = this.app.engine,
  ): Promise<unknown> {
    const found = this.app.registry.action(action);
    if (!found) throw new Error(`no action ${action}`);
    try {
      const done = await execute(
        engine,
        { kind: 'member', orgId: this.app.orgId, memberId: who, platform: 'http' },
        { action: found, raw, confirmed: true },
      );
      return done.kind === 'done' ? done.output : undefined;
    } catch (error) {
      if (error instanceof AppError || error instanceof Crash) return error;
      throw error;
    }
  }

  async #ask(): Promise<void> {
    const who = this.random() < 0.7 ? this.world.deal.ownerId : this.anybody();
    const percent = this.pick([400, 1200, 1800, 2300, 3000]);
    const own = this.#request;
    // The latest about the deal: this may become a new one.
    this.#request = undefined;
    const before = await this.#state();
    this.#note(`${this.#key(who)} asks for ${percent}`);
    const answer = await this.#call(who, 'waivers.request', { deal: this.#deal.number, percent });
    const after = await this.#state();
    const isPending = before?.request.status === 'pending';
    const one = this.world.members.get(who) as OneMember;
    const asked: Request = {
      status: 'pending',
      requesterId: who,
      percent,
      amountMinor: this.world.deal.amountMinor,
      termsVersion: 1,
      expiresAt: new Date(8.64e15),
      decidedBy: null,
      passed: new Map(),
      calledIn: new Map(),
    };
    const may = one.isHere && one.roles.some((role) => role !== 'partner') && !isPending;
    const steps = wantedSteps(this.world, percent);
    const canAll = steps.every(({ need, parts }) => {
      const empty = parts.filter((part) => askedFor(this.world, asked, part).size === 0).length;
      return need === 'any' ? empty < parts.length : empty === 0;
    });
    const made = after?.row.id !== before?.row.id;
    if (!made) this.#request = own;
    if (!may || !canAll || steps.length === 0) {
      if (made) this.fail('a request that nobody could decide, or a second one, was made');
      if (may && steps.length === 0 && answer instanceof AppError)
        this.fail(`what the rules let pass was refused: ${answer.message}`);
      if (isPending && !(answer instanceof AppError)) this.fail('a second request was not refused');
      return;
    }
    if (!made || !after) this.fail(`a request that could be made was not: ${String(answer)}`);
    const { request, row } = after;
    this.#same({ ...asked, expiresAt: request.expiresAt }, request);
    this.#request = {
      id: row.id,
      number: `A-${row.number}`,
      expiresAt: request.expiresAt.getTime(),
      answerBy: row.answerBy.getTime(),
      clocks: new Map(),
    };
    await this.#look(after);
  }

  #somePress(): Press {
    const request = this.#lastKnown;
    const asked = request
      ? [...this.world.members.keys()].filter((id) => isAsked(this.world, request, id).length > 0)
      : [];
    const roll = this.random();
    // Mostly somebody who may, often somebody with a hand in it, sometimes anybody.
    const who =
      roll < 0.5 && asked.length > 0
        ? this.pick(asked)
        : roll < 0.75 && request
          ? this.pick([...involved(this.world, request)])
          : this.anybody();
    const verb = this.pick([
      'approve',
      'approve',
      'approve',
      'approve',
      'reject',
      'withdraw',
      'say',
    ] as const);
    const offer =
      verb === 'approve' && this.random() < 0.35 ? this.pick([300, 900, 1500, 2100, 3000]) : undefined;
    const version = request?.termsVersion ?? 1;
    const terms = this.pick([undefined, version, version, 1, version + 1]);
    return { who, verb, offer, ...(verb === 'approve' || verb === 'reject' ? { terms } : {}) };
  }

  #lastKnown: Request | undefined;

  #input({ verb, offer, terms }: Press): Record<string, unknown> {
    const approval = this.#request?.number ?? 'A-0';
    const note = verb === 'reject' || verb === 'say' ? { note: 'so' } : {};
    return {
      approval,
      ...note,
      ...(offer === undefined ? {} : { percent: offer }),
      ...(terms === undefined ? {} : { terms }),
    };
  }

  #say({ who, verb, offer, terms }: Press): string {
    return `${this.#key(who)} ${verb}${offer === undefined ? '' : ` ${offer}`}${terms === undefined ? '' : ` of version ${terms}`}`;
  }

  async #press(press: Press): Promise<void> {
    if (!this.#request) return;
    const before = (await this.#state()) as State;
    this.#note(this.#say(press));
    const answer = await this.#call(press.who, `approvals.${press.verb}`, this.#input(press));
    const after = (await this.#state()) as State;
    this.#judge(before, after, [press], [answer]);
    if (!(answer instanceof Error)) await this.#look(after);
  }

  /** The same press twice, or two people at once. */
  async #twice(): Promise<void> {
    if (!this.#request) return;
    const first = this.#somePress();
    const presses = [first, this.random() < 0.5 ? first : this.#somePress()];
    const before = (await this.#state()) as State;
    this.#note(`at once: ${presses.map((press) => this.#say(press)).join(' and ')}`);
    const answers = await Promise.all(
      presses.map((press) => this.#call(press.who, `approvals.${press.verb}`, this.#input(press))),
    );
    const after = (await this.#state()) as State;
    this.#judge(before, after, presses, answers);
  }

  /** Dies before the commit: nothing of it may stay. Then the same again, as whoever got no answer does. */
  async #crash(): Promise<void> {
    if (!this.#request) return;
    const press = this.#somePress();
    const before = (await this.#state()) as State;
    this.#note(`crash: ${this.#say(press)}`);
    await this.#call(press.who, `approvals.${press.verb}`, this.#input(press), crashing(this.app.engine));
    const after = (await this.#state()) as State;
    if (
      JSON.stringify(after.row) !== JSON.stringify(before.row) ||
      after.grants.length !== before.grants.length
    ) {
      this.fail('something of a transaction that never committed is there');
    }
    await this.#press(press);
  }

  #judge(before: State, after: State, presses: Press[], answers: unknown[]): void {
    const orders = presses.length === 1 ? [presses] : [presses, [...presses].reverse()];
    const outcomes = orders.map((order) => {
      let request = before.request;
      let isCountered = before.row.counteredById !== null;
      const said: boolean[] = [];
      for (const press of order) {
        const next = pressed(this.world, request, press, isCountered);
        said.push(next !== undefined);
        if (!next) continue;
        isCountered ||= next.percent < request.percent;
        request = next;
      }
      return { request, done: said.filter(Boolean).length };
    });
    const done = answers.filter((answer) => !(answer instanceof Error)).length;
    this.refused += answers.length - done;
    const onlooker =
      presses.length === 1
        ? this.#isOnlooker(before.request, presses[0] as Press)
        : presses.some((press) => this.#isOnlooker(before.request, press));
    const fits = outcomes.some(
      (outcome) =>
        describe(outcome.request) === describe(after.request) && (onlooker || outcome.done === done),
    );
    const isUntouched = onlooker && describe(before.request) === describe(after.request);
    if (!fits && !isUntouched) {
      this.fail(
        `expected ${outcomes.map(({ request, done: n }) => `${describe(request)} (${n} done)`).join(' or ')}\n     was ${describe(before.request)}\n     got ${describe(after.request)} (${done} done)\n     answers ${answers.map((answer) => (answer instanceof AppError ? `${answer.code} ${JSON.stringify(answer.text ?? answer.message)}` : 'ok')).join(' | ')}`,
      );
    }
    checkAlways(this.#watched(), before, after);
  }

  /** Somebody who comes upon a request that has lost its ground, and may not see it: told so, and it stays. */
  #isOnlooker(request: Request, { who }: Press): boolean {
    const now = lookedAt(this.world, request);
    return request.status === 'pending' && now.status !== 'pending' && request.requesterId !== who;
  }

  async #edit(): Promise<void> {
    const who = this.pick([this.world.deal.ownerId, this.#ids.ada, this.#ids.tom] as string[]);
    const amountMinor = String(8_000_000 + 100_000 * this.below(3));
    this.#note(`${this.#key(who)} sets the amount to ${amountMinor}`);
    const answer = await this.#call(who, 'deals.set', {
      deal: this.#deal.number,
      amount: { amountMinor, currency: 'EUR' },
    });
    if (answer instanceof Error || amountMinor === this.world.deal.amountMinor) return;
    const was = this.world.deal.amountMinor;
    this.#setAmount(amountMinor, who);
    if (this.random() < 0.3) await this.#undo(who, was);
  }

  #setAmount(amountMinor: string, editorId: string): void {
    Object.assign(this.world.deal, { amountMinor, editorId });
    this.#editors.set(this.#deal.id, { editorId, amountMinor });
  }

  /** Takes the last edit back: what it has ended by then stays ended. */
  async #undo(who: string, amountMinor: string): Promise<void> {
    const edit = await this.#lastEditOf(who);
    if (this.random() < 0.7) await this.#review(() => this.#followUp(edit));
    this.#note(`${this.#key(who)} undoes that`);
    const before = this.#request && (await this.#state());
    const answer = await this.#call(who, 'audit.undo', { audit: edit });
    if (!(answer instanceof Error)) this.#setAmount(amountMinor, who);
    if (before) this.#same(before.request, ((await this.#state()) as State).request);
  }

  /** What the relay does about an edit, as its consequence. */
  async #followUp(causeAuditId: string): Promise<void> {
    this.#note('news of that arrives');
    const { orgId, engine } = this.app;
    await executeSystem(
      engine,
      { kind: 'system', orgId, handler: 'waivers.review', causeAuditId },
      (ctx) => reviewSubjects(ctx, 'waiver', [this.#deal.id]),
      async () => undefined,
    );
  }

  /** The entry of the audit. */
  async #lastEditOf(who: string): Promise<string> {
    const [edit] = await this.app.inOrg((tx) =>
      tx
        .select({ id: audit.id })
        .from(audit)
        .where(and(eq(audit.orgId, this.app.orgId), eq(audit.actorId, who), eq(audit.action, 'deals.set')))
        .orderBy(desc(audit.id))
        .limit(1),
    );
    return edit?.id ?? this.fail('an edit left no entry');
  }

  async #changeOwner(): Promise<void> {
    const ownerId = this.pick([this.anybody(), this.#ids.tom, this.#ids.chen] as string[]);
    this.#note(`${this.#key(ownerId)} owns it now`);
    await this.app.inOrg((tx) =>
      tx
        .update(deals)
        .set({ ownerId })
        .where(and(eq(deals.orgId, this.app.orgId), eq(deals.id, this.#deal.id))),
    );
    this.world.deal.ownerId = ownerId;
    if (this.random() < 0.5) await this.#press({ who: ownerId, verb: 'approve' });
  }

  async #changeRole(): Promise<void> {
    this.#isDirty = true;
    const id = this.pick([this.#ids.tom, this.#ids.chen, this.#ids.lina, this.anybody()] as string[]);
    const isHere = this.random() < 0.7;
    const roles = isHere ? this.pick(otherRoles) : (this.world.members.get(id) as OneMember).roles;
    this.#note(isHere ? `${this.#key(id)} is ${roles.join()} now` : `${this.#key(id)} leaves`);
    await this.#setMember(id, roles as Role[], isHere);
    if (this.random() < 0.5) await this.#press({ who: id, verb: 'approve' });
  }

  async #substitute(): Promise<void> {
    this.#isDirty = true;
    const memberId = this.pick([this.#ids.tom, this.#ids.lina, this.#ids.chen] as string[]);
    const substituteId = this.pick([
      this.#ids.ada,
      this.#ids.lina,
      this.#ids.chen,
      this.anybody(),
    ] as string[]);
    if (memberId === substituteId) return;
    this.#note(`${this.#key(substituteId)} stands in for ${this.#key(memberId)}`);
    const now = this.app.clock.now();
    await this.app.inOrg((tx) =>
      tx.insert(approvalSubstitutes).values({
        orgId: this.app.orgId,
        id: this.app.engine.newId(),
        memberId,
        substituteId,
        fromOn: '2020-01-01',
        untilOn: '2099-01-01',
        createdAt: now,
        updatedAt: now,
      }),
    );
    this.world.standIns.push({ memberId, substituteId });
  }

  async #setPolicy(change: Partial<PolicyRules>): Promise<void> {
    const rules = { ...usualPolicy, ...change };
    this.#policyVersion += 1;
    const policyVersion = this.#policyVersion;
    await asking(this.app).job((ctx) =>
      insertPolicy(ctx, { kind: 'waiver', policyVersion, rules, setById: null }),
    );
    this.world.policy = Object.keys(change).length === 0 ? usualPolicy : rules;
  }

  async #changePolicy(): Promise<void> {
    this.#isDirty = true;
    const index = this.below(policies.length);
    this.#note(`policy ${index}`);
    await this.#setPolicy(policies[index] as Partial<PolicyRules>);
  }

  async #passTime(): Promise<void> {
    const hours = this.pick([2, 5, 9, 24, 240]);
    this.#note(`${hours} hours pass`);
    this.app.clock.forward(hours * 3_600_000);
    this.world.now = this.app.clock.now();
    await this.#review(() => asking(this.app).watch());
  }

  /** What was queued reaches its subscribers, and the last piece of it once more. */
  async #deliver(): Promise<void> {
    this.#note('the watch looks, and news is told twice');
    await this.#review(async () => {
      await asking(this.app).watch();
      const request = this.#request;
      if (!request) return;
      const log = await asking(this.app).log(request.number);
      const logId = log.at(-1)?.id ?? '';
      for (let n = 0; n < 2; n += 1) {
        await asking(this.app).job((ctx) => tellChanges.run(ctx, { approvalId: request.id, logId }));
      }
    });
  }

  async #review(run: () => Promise<unknown>): Promise<void> {
    const before = this.#request && (await this.#state());
    await run();
    if (!before) return;
    const after = (await this.#state()) as State;
    const expected = reviewed(this.world, before.request, before.row.counteredById !== null);
    this.#same(expected, after.request);
    checkAlways(this.#watched(), before, after);
    await this.#look(after);
  }

  /** Ends what is open, so that nothing of this sequence plays into the next. */
  async #finish(): Promise<void> {
    if (!this.#request) return;
    await this.#review(() => asking(this.app).watch());
    const state = (await this.#state()) as State;
    if (state.request.status === 'pending') {
      const requester = this.world.members.get(state.request.requesterId) as OneMember;
      if (!requester.isHere || requester.roles.join() === 'partner')
        await this.#setMember(requester.id, ['rep'], true);
      this.#isDirty = true;
      await this.#press({ who: state.request.requesterId, verb: 'withdraw' });
    }
    const { status } = ((await this.#state()) as State).request;
    if (status === 'pending') this.fail('whoever asked could not take it back');
    this.ended[status] = (this.ended[status] ?? 0) + 1;
  }

  #same(expected: Request, got: Request): void {
    if (describe(expected) !== describe(got))
      this.fail(`expected ${describe(expected)}\n     got ${describe(got)}`);
  }

  #watched(): Watched {
    return {
      world: this.world,
      request: this.#request,
      fail: (what) => this.fail(what),
      key: (id) => this.#key(id),
    };
  }

  async #look(state: State): Promise<void> {
    if (checkSeats(this.#watched(), state)) await this.#checkStuck(state.row.id);
  }

  /** The admins are told once the news has run. */
  async #checkStuck(approvalId: string): Promise<void> {
    const log = await asking(this.app).log(this.#request?.number ?? '');
    const logId = log.at(-1)?.id ?? '';
    await asking(this.app).job((ctx) => tellChanges.run(ctx, { approvalId, logId }));
    const rows = await this.app.inOrg((tx) =>
      rowsOf<{ n: number }>(
        tx,
        sql`select count(*)::int as n from outbox where org_id = ${this.app.orgId} and name = 'approvals.stuck' and dedupe_key like ${`${approvalId}%`}`,
      ),
    );
    if (!rows[0]?.n) this.fail('nobody can decide, and no admin was told');
  }

  async #state(): Promise<State | undefined> {
    const state = await readState(this.app, this.#deal.id, this.#request?.id);
    if (state) this.#lastKnown = state.request;
    return state;
  }
}
