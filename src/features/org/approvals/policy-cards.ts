import {
  command,
  count,
  dotted,
  type Inline,
  instant,
  listed,
  money,
  percent,
  record,
  seq,
  strong,
} from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { platformText } from '../channels/api.ts';
import { seatText } from './cards.ts';
import { scopeText } from './desk-words.ts';
import { t } from './messages.ts';
import type { Moved, PolicyChange, PolicyShown, PolicyView, RouteStep, TriedView } from './policy-model.ts';
import { chained, joined } from './policy-words.ts';
import { statusTexts } from './words.ts';

/** So many requests are told one by one. */
const shownMoves = 8;
const shownDesks = 5;
/** People named of one part. */
const shownPeople = 4;

export function isAdmin({ actor }: Pick<PresentContext, 'actor'>): boolean {
  return actor.kind === 'member' && actor.roles.includes('admin');
}

/** "Li Na, then Finance (Chen Jing)". */
export function routeText(route: readonly RouteStep[]): Inline {
  if (route.length === 0) return t('who-nobody');
  return chained(route.map(({ need, parts }) => joined(need, parts.map(partText))));
}

function partText({ label, isPerson, people }: RouteStep['parts'][number]): Inline {
  if (people.length === 0) return t('part-nobody', { part: label });
  const named = people.slice(0, shownPeople).map((seat) => strong(seatText(seat)));
  const names = joined('any', people.length > shownPeople ? [...named, '…'] : named);
  return isPerson ? names : t('part-people', { part: label, people: names });
}

/** The rules, and a case tried on them first. */
export function policyCard({ policy, tried, desks }: PolicyShown, at: PresentContext): Card {
  if (tried) return triedCard(tried, policy);
  const blocks: Block[] = [
    rulesBlock(policy),
    ...moreBlocks(policy),
    { t: 'context', of: sinceText(policy) },
    ...desksBlocks(desks, at),
  ];
  blocks.push({ t: 'context', of: t('policy-try', { line: command('policy 15% 95k by:@wei') }) });
  if (isAdmin(at)) {
    const line = command('policy-rule group:East upto:25% over:100k steps:"manager, finance"');
    blocks.push({ t: 'context', of: t('policy-rule-hint', { line }) });
    blocks.push({ t: 'buttons', buttons: changeButtons(policy) });
  }
  return { tone: 'plain', title: t('policy-of', { kind: policy.label }), blocks };
}

function rulesBlock({ rules }: PolicyView): Block {
  return { t: 'rows', rows: rules.map((text, index): Row => ({ text: numbered(index + 1, text) })) };
}

function numbered(number: number, text: Inline): Inline {
  return seq(strong(seq(count(number), '.')), ' ', text);
}

function moreBlocks({ more }: PolicyView): Block[] {
  return more.length === 0 ? [] : [{ t: 'text', of: dotted(...more) }];
}

function sinceText({ version, setAt, setBy }: PolicyView): Inline {
  if (setAt === null || setBy === null) return t('policy-usual');
  return t('policy-since', { version, at: instant(setAt), name: setBy });
}

/** Which channels read along, and what. */
function desksBlocks(desks: PolicyShown['desks'], { platform: reading }: PresentContext): Block[] {
  const told = desks.filter(({ isShared }) => !isShared).slice(0, shownDesks);
  if (told.length === 0) return [];
  const texts = told.map(({ label, platform, scope }) =>
    t('policy-desk', {
      channel: strong(label),
      what: dotted(platformText(reading, platform), scopeText(scope)),
    }),
  );
  return [{ t: 'context', of: t('policy-desks', { desks: listed(texts) }) }];
}

function changeButtons({ kind, version }: PolicyView): Button[] {
  const back = version > 0 ? version - 1 : undefined;
  return [
    {
      label: t('btn-change'),
      press: { a: 'approvals.set-policy', i: { kind, base: version }, form: true },
      style: 'primary',
    },
    {
      label: t('btn-add-rule'),
      press: { a: 'approvals.add-rule', i: { kind, base: version }, form: true },
    },
    ...(back === undefined
      ? []
      : [
          {
            label: t('btn-restore', { version: back }),
            press: { a: 'approvals.restore-policy', i: { kind, version: back, base: version } },
          },
        ]),
  ];
}

/** The rules in a few lines, for the home screen. */
export function policyBlocks(policy: PolicyView): Block[] {
  return [
    {
      t: 'text',
      of: t('policy-line', { kind: strong(policy.label), rules: dotted(...policy.rules, ...policy.more) }),
    },
    { t: 'context', of: sinceText(policy) },
    {
      t: 'buttons',
      buttons: [
        ...changeButtons(policy).slice(0, 1),
        { label: t('btn-rules'), press: { a: 'approvals.policy', i: { kind: policy.kind } } },
      ],
    },
  ];
}

function triedCard(tried: TriedView, policy: PolicyView): Card {
  const {
    route,
    rule,
    also,
    leftOut,
    isBeyondLimit,
    marginBasisPoints: margin,
    floorBasisPoints: floor,
  } = tried;
  const blocks: Block[] = [
    { t: 'text', of: seq('→ ', route.length === 0 ? t('tried-granted') : routeText(route)) },
  ];
  if (leftOut.length > 0) {
    const people = leftOut.map(({ name, why }) => t('left-out', { name, why: t(`left-out-${why}`) }));
    blocks.push({ t: 'text', of: t('tried-left-out', { people: listed(people) }) });
  }
  if (isBeyondLimit) blocks.push({ t: 'text', of: t('tried-beyond') });
  if (margin !== null) {
    const text =
      floor === null
        ? t('tried-margin', { margin: percent(margin) })
        : t('tried-margin-floor', { margin: percent(margin), floor: percent(floor) });
    blocks.push({ t: 'context', of: text });
  }
  for (const { number, text } of [...(rule ? [rule] : []), ...also]) {
    blocks.push({ t: 'context', of: t('tried-rule', { number, rule: text }) });
  }
  const press = { a: 'approvals.policy', i: { kind: policy.kind } };
  blocks.push({ t: 'buttons', buttons: [{ label: t('btn-rules'), press }] });
  return { tone: 'plain', title: triedTitle(tried, policy), blocks };
}

function triedTitle({ percentBasisPoints, amount, by, subject }: TriedView, policy: PolicyView): Inline {
  const name = strong(by);
  const asked = percentBasisPoints === null ? undefined : percent(percentBasisPoints);
  const value = amount && money({ amountMinor: BigInt(amount.amountMinor), currency: amount.currency });
  const what = subject ? record(subject.number, subject.name) : value;
  if (asked !== undefined && what) return t('try-percent-on', { percent: asked, what, name });
  return t('try-what', { what: asked ?? what ?? policy.label, name });
}

/** Asks before the rules change: what is said anew, and whom it would have asked. */
export function askPolicyCard(change: PolicyChange): Card {
  if (!isChange(change)) return nothingCard(change);
  const title = t('policy-ask', { kind: change.policy.label });
  return { tone: 'warn', title, blocks: meaningBlocks(change) };
}

export function policyChangedCard(change: PolicyChange): Card {
  if (change.policy.version === change.base) return nothingCard(change);
  const { policy, base } = change;
  const restore = {
    a: 'approvals.restore-policy',
    i: { kind: policy.kind, version: base, base: policy.version },
  };
  const buttons: Button[] = [
    { label: t('btn-rules'), press: { a: 'approvals.policy', i: { kind: policy.kind } } },
    { label: t('btn-restore', { version: base }), press: restore },
  ];
  return {
    tone: 'ok',
    title: t('policy-changed', { kind: policy.label, version: policy.version }),
    blocks: [...meaningBlocks(change), { t: 'buttons', buttons }],
  };
}

function isChange({ added, removed }: PolicyChange): boolean {
  return added.length + removed.length > 0;
}

function nothingCard({ policy }: PolicyChange): Card {
  const blocks: Block[] = [
    rulesBlock(policy),
    ...moreBlocks(policy),
    { t: 'context', of: sinceText(policy) },
  ];
  return { tone: 'info', title: t('policy-same', { kind: policy.label }), blocks };
}

function meaningBlocks({ added, removed, moved, unchanged, pendingMoved }: PolicyChange): Block[] {
  const lines = [...removed.map((text) => seq('− ', text)), ...added.map((text) => seq('+ ', text))];
  const blocks: Block[] = [{ t: 'rows', rows: lines.map((text): Row => ({ text })) }];
  if (moved.length > 0) {
    blocks.push({
      t: 'heading',
      of: t('moved-title', { all: moved.length + unchanged, count: moved.length }),
    });
    blocks.push({ t: 'rows', rows: moved.slice(0, shownMoves).map(movedRow) });
  }
  const more = moved.length - shownMoves;
  blocks.push({
    t: 'context',
    of: dotted(
      more > 0 ? t('moved-more', { count: more }) : undefined,
      moved.length > 0 ? undefined : t('moved-none', { count: unchanged }),
      pendingMoved > 0 ? t('moved-pending', { count: pendingMoved }) : undefined,
    ),
  });
  return blocks;
}

function movedRow({ number, headline, by, status, before, after }: Moved): Row {
  return {
    text: dotted(t('moved-row', { number: strong(number), headline, name: by }), statusTexts[status]),
    detail: t('moved-way', { before: routeText(before), after: routeText(after) }),
  };
}
