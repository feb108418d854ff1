/**
 * The rules of deciding once more, written from the product's description and without the product's code: who is
 * asked, and what a press does to a request. Pure; what the model test compares the product with.
 */
import type { Part } from '../../../../../src/features/org/approvals/model.ts';
import type { PolicyRules } from '../../../../../src/features/org/approvals/policy.ts';

export interface OneMember {
  id: string;
  name: string;
  roles: string[];
  isHere: boolean;
  unitId: string | null;
  reportsTo: string | null;
}

export interface World {
  now: Date;
  members: Map<string, OneMember>;
  units: { id: string; parentId: string | null; managerId: string | null }[];
  /** Of today. */
  standIns: { memberId: string; substituteId: string }[];
  policy: PolicyRules;
  deal: { ownerId: string; creatorId: string; editorId: string; amountMinor: string; isOpen: boolean };
}

/** A request as far as decisions depend on it. */
export interface Request {
  status: string;
  requesterId: string;
  percent: number;
  amountMinor: string;
  termsVersion: number;
  expiresAt: Date;
  decidedBy: string | null;
  /** Who agreed, by part. */
  passed: Map<string, string>;
  /** Who was called in, by part. */
  calledIn: Map<string, string[]>;
}

export interface Press {
  who: string;
  verb: 'approve' | 'reject' | 'withdraw' | 'say';
  offer?: number | undefined;
  terms?: number | undefined;
}

export const keyOf = (part: Part) =>
  part.who === 'role' ? `role ${part.role}` : part.who === 'member' ? `member ${part.memberId}` : 'manager';

export function involved({ deal }: World, { requesterId }: Pick<Request, 'requesterId'>): Set<string> {
  return new Set([requesterId, deal.ownerId, deal.creatorId, deal.editorId]);
}

interface Step {
  need: 'any' | 'all';
  parts: Part[];
}

/** The margin of a waiver is what is left of 40 %. */
export function wantedSteps({ policy }: World, percent: number): Step[] {
  const fits = (when: { percentUpTo?: number | undefined; belowFloor?: true | undefined }) =>
    (when.percentUpTo === undefined || percent <= when.percentUpTo) &&
    (!when.belowFloor ||
      (policy.marginFloorBasisPoints !== null && 4000 - percent < policy.marginFloorBasisPoints));
  const usual: Step[] = [
    { need: 'any', parts: [{ who: 'manager' }] },
    { need: 'any', parts: [{ who: 'role', role: 'finance' }] },
  ];
  const steps = [...(policy.rules.find(({ when }) => fits(when))?.steps ?? usual)];
  for (const { when, steps: more } of policy.always) {
    if (!fits(when)) continue;
    for (const step of more) {
      // Whoever has to say yes anyway is not asked for it again.
      const sure = new Set(steps.filter(isSure).flatMap(({ parts }) => parts.map(keyOf)));
      const left = step.parts.filter((part) => !sure.has(keyOf(part)));
      const isOpen = step.need === 'all' ? left.length > 0 : left.length === step.parts.length;
      if (isOpen && !steps.some((one) => sameStep(one, step))) steps.push({ need: step.need, parts: left });
    }
  }
  return steps;
}

const isSure = ({ need, parts }: Step) => need === 'all' || parts.length === 1;

const sameStep = (a: Step, b: Step) =>
  a.need === b.need && a.parts.map(keyOf).join() === b.parts.map(keyOf).join();

/** Managers above somebody, level by level. */
function nearestManagers(world: World, from: string, without: Set<string>): string[] {
  let level = [`m ${from}`];
  const seen = new Set(level);
  for (let depth = 0; depth < 12 && level.length > 0; depth += 1) {
    const above = level.flatMap((node) => aboveOf(world, node)).filter((node) => !seen.has(node));
    for (const node of above) seen.add(node);
    const managers = above
      .flatMap((node) => (node.startsWith('m ') ? [world.members.get(node.slice(2))] : []))
      .filter(
        (one) => one?.isHere && one.roles.includes('manager') && one.id !== from && !without.has(one.id),
      );
    if (managers.length > 0) {
      return managers
        .map((one) => one as OneMember)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ id }) => id);
    }
    level = above;
  }
  return [];
}

function aboveOf({ members, units }: World, node: string): string[] {
  const id = node.slice(2);
  if (node.startsWith('m ')) {
    const { reportsTo = null, unitId = null } = members.get(id) ?? {};
    return [...(reportsTo ? [`m ${reportsTo}`] : []), ...(unitId ? [`u ${unitId}`] : [])];
  }
  const unit = units.find((one) => one.id === id);
  if (!unit) return [];
  const leaders = unit.managerId
    ? [unit.managerId]
    : [...members.values()]
        .filter((one) => one.unitId === id && one.roles.includes('manager'))
        .map((one) => one.id);
  return [...leaders.map((one) => `m ${one}`), ...(unit.parentId ? [`u ${unit.parentId}`] : [])];
}

/** Those who may decide a part, without whoever was called in. */
export function askedFor(world: World, request: Request, part: Part): Set<string> {
  const without = involved(world, request);
  const withRole = (role: string) =>
    [...world.members.values()].filter(
      (one) => one.isHere && one.roles.includes(role) && !without.has(one.id),
    );
  const named = (() => {
    if (part.who === 'role') return withRole(part.role).map(({ id }) => id);
    if (part.who === 'member') return mayAsk(world, part.memberId, without) ? [part.memberId] : [];
    const [nearest] = nearestManagers(world, request.requesterId, without);
    return nearest ? [nearest] : withRole('manager').map(({ id }) => id);
  })();
  const standing = world.standIns
    .filter(({ memberId, substituteId }) => named.includes(memberId) && mayAsk(world, substituteId, without))
    .map(({ substituteId }) => substituteId);
  return new Set([...named, ...standing]);
}

function mayAsk({ members }: World, id: string, without: Set<string>): boolean {
  const one = members.get(id);
  const decides = one?.roles.includes('manager') || one?.roles.includes('finance');
  return Boolean(one?.isHere && decides && !without.has(id));
}

function calledInFor(world: World, request: Request, part: Part): string[] {
  const without = involved(world, request);
  return (request.calledIn.get(keyOf(part)) ?? []).filter(
    (id) => mayAsk(world, id, without) && world.members.get(id)?.roles.includes('manager'),
  );
}

/** The parts whose turn it is; none: everybody has agreed. */
export function openParts(world: World, request: Request): Part[] {
  return turnOf(world, request).waiting;
}

/** Which step it is, from 0, and whom it waits for. */
function turnOf(world: World, request: Request): { step: number; waiting: Part[] } {
  const steps = wantedSteps(world, request.percent);
  for (const [step, { need, parts }] of steps.entries()) {
    const waiting = parts.filter((part) => !request.passed.has(keyOf(part)));
    const isDone = need === 'any' ? waiting.length < parts.length : waiting.length === 0;
    if (!isDone) return { step, waiting };
  }
  return { step: steps.length, waiting: [] };
}

export function isAsked(world: World, request: Request, who: string): Part[] {
  return openParts(world, request).filter(
    (part) => askedFor(world, request, part).has(who) || calledInFor(world, request, part).includes(who),
  );
}

/** What remains of earlier agreement: by parts that are still wanted, of people without a hand in it. */
function kept(world: World, request: Request): Map<string, string> {
  const without = involved(world, request);
  const wanted = wantedSteps(world, request.percent).flatMap(({ parts }) => parts.map(keyOf));
  return new Map([...request.passed].filter(([key, by]) => wanted.includes(key) && !without.has(by)));
}

/** A request looked at again; what has lost its ground ends. */
export function lookedAt(world: World, request: Request): Request {
  if (request.status !== 'pending') return request;
  if (!world.deal.isOpen || world.deal.amountMinor !== request.amountMinor) {
    return { ...request, status: 'superseded', decidedBy: null };
  }
  if (request.expiresAt <= world.now) return { ...request, status: 'expired', decidedBy: null };
  return { ...request, passed: kept(world, request) };
}

/** The same by the watch or a subscriber: where the rules of now ask nobody any more, it is granted. */
export function reviewed(world: World, request: Request, isCountered: boolean): Request {
  const now = lookedAt(world, request);
  if (now.status !== 'pending' || openParts(world, now).length > 0) return now;
  return { ...now, status: isCountered ? 'countered' : 'approved', decidedBy: null };
}

/** `undefined`: refused, nothing is changed. */
export function pressed(
  world: World,
  request: Request,
  press: Press,
  isCountered: boolean,
): Request | undefined {
  const who = world.members.get(press.who);
  if (!who?.isHere || !mayTry(who) || request.status !== 'pending') return undefined;
  const now = lookedAt(world, request);
  if (now.status !== 'pending') return now;
  if (press.verb === 'withdraw') {
    const may = request.requesterId === who.id || who.roles.includes('admin');
    return may ? { ...now, status: 'withdrawn', decidedBy: who.id } : undefined;
  }
  const parts = isAsked(world, now, who.id);
  if (press.verb === 'say') {
    return parts.length > 0 || involved(world, request).has(who.id) ? now : undefined;
  }
  if (press.terms !== undefined && press.terms !== request.termsVersion) return undefined;
  if (parts.length === 0) return undefined;
  if (press.verb === 'reject') return { ...now, status: 'rejected', decidedBy: who.id };
  return agreed(world, now, press, isCountered);
}

function agreed(
  world: World,
  now: Request,
  { who, offer }: Press,
  wasCountered: boolean,
): Request | undefined {
  if (offer !== undefined && offer >= now.percent) return undefined;
  const terms = offer === undefined ? {} : { percent: offer, termsVersion: now.termsVersion + 1 };
  const offered = { ...now, ...terms };
  const standing = { ...offered, passed: kept(world, offered) };
  const passed = new Map(standing.passed);
  for (const part of isAsked(world, standing, who)) passed.set(keyOf(part), who);
  const after = { ...standing, passed };
  if (openParts(world, after).length > 0) {
    // The next step has buttons of its own, and so has what was offered.
    const isTurned = offer === undefined && turnOf(world, after).step !== turnOf(world, standing).step;
    return isTurned ? { ...after, termsVersion: after.termsVersion + 1 } : after;
  }
  const isCountered = wasCountered || offer !== undefined;
  return { ...after, status: isCountered ? 'countered' : 'approved', decidedBy: who };
}

/** Partners try in vain; of everybody else it is the request that knows who decides. */
function mayTry({ roles }: OneMember): boolean {
  return roles.some((role) => role !== 'partner');
}
