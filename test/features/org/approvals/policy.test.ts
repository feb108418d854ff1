import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyChange, PolicyShown } from '../../../../src/features/org/approvals/policy-model.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { plain } from '../../../../src/view/spans.ts';
import { type Person, type Shown, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const rulesOf = async () => (await app.as('noah').call('approvals.policy', {})) as PolicyShown;
const codeOf = async (call: Promise<unknown>) => {
  try {
    await call;
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};
/** Types a change of the rules and says yes to what it means. */
async function change(line: string, who: Person = app.as('ada')): Promise<{ asked: Shown; done: Shown }> {
  const asked = await who.type(line);
  return { asked, done: await who.press(asked.button('Confirm')) };
}
/** Who is asked about a request now, and who after them. */
async function waysOf(number: string): Promise<{ now: string[]; later: string[] }> {
  const view = (await app.as('ada').call('approvals.show', { approval: number })) as {
    seats: { name: string }[];
    later: never[];
  };
  const { reader } = await app.as('ada').type('whoami');
  return { now: view.seats.map(({ name }) => name), later: view.later.map((one) => plain(one, reader)) };
}

describe('the rules', () => {
  it('are told in words to everybody inside, with what they are based on', async () => {
    const shown = await app.as('noah').type('policy');
    for (const line of [
      '1. up to 5%: nobody needs to decide',
      '2. up to 20%: their manager',
      '3. everything else: their manager, then Finance',
      '4. margin below 15%: Finance, in any case',
      'escalates after 4 business hours · expires after 40 business hours',
      'The usual rules: nobody has changed them yet',
    ]) {
      expect(shown.text).toContain(line);
    }
    expect(shown.buttons).toEqual([]);
    expect((await app.as('ada').type('policy')).buttons.map(({ label }) => label)).toContain('Change');
  });

  it('are told in Chinese to whoever reads Chinese', async () => {
    const { text } = await app.as('wei').type('审批规则');
    expect(text).toContain('1. 不超过 5%：无需审批');
    expect(text).toContain('3. 其他：其销售主管，之后财务');
    expect(text).toContain('4. 毛利低于 15%：财务（任何情况下）');
  });

  it('say who would decide a case, and which of them does', async () => {
    const shown = await app.as('emma').type('policy 25% 95k by:@wei');
    expect(shown.text).toContain('25% on CNY 95,000 by Wei Zhang');
    expect(shown.text).toContain('→ Li Na, then Finance (Chen Jing)');
    expect(shown.text).toContain('Rule 3: everything else');
    expect((await app.as('emma').type('policy 4% 95k')).text).toContain('Nobody needs to decide');
  });

  it('say as well which rule adds somebody', async () => {
    const { text } = await app.as('ada').type('policy 15% D-1');
    expect(text).toContain('→ Tom Becker, then Finance (Chen Jing)');
    expect(text).toContain('Rule 2: up to 20%: their manager');
    expect(text).toContain('Rule 4: margin below 15%: Finance, in any case');
  });

  it('leave out whoever asks, whatever their role', async () => {
    const shown = await app.as('emma').type('policy 25% 95k by:@chen');
    expect(shown.text).not.toMatch(/→.*Chen Jing/);
    expect(shown.text).toContain('Left out: Chen Jing (asks)');
  });

  it('leave out the owner of the deal a case is about; its margin is for those who read costs', async () => {
    const { text } = await app.as('ada').type('policy 25% D-11 by:@emma');
    expect(text).toContain('25% on D-11');
    expect(text).toContain('Left out: Tom Becker (owner)');
    expect(text).not.toMatch(/→.*Tom Becker/);
    expect((await app.as('ada').type('policy 15% D-12')).text).toContain('Margin left');
    expect((await app.as('emma').type('policy 15% D-12')).text).not.toContain('Margin left');
  });

  it('are not tried on a deal somebody does not see', async () => {
    const input = { deal: 'D-5', percent: 1500 };
    expect(await codeOf(app.as('emma').call('approvals.policy', input))).toBe('forbidden');
    expect(await codeOf(app.as('wei').call('approvals.policy', input))).toBe('done');
  });
});

describe('a change of the rules', () => {
  it('is for admins only, and says who they are', async () => {
    for (const who of ['emma', 'tom', 'chen', 'noah']) {
      for (const line of [
        'set-policy nobody:9%',
        'policy-rule off 1',
        'policy-limit manager 9%',
        'policy-restore 0',
      ]) {
        expect((await app.as(who).type(line)).text).toMatch(/Ada Young/);
      }
    }
    expect((await rulesOf()).policy.version).toBe(0);
  });

  it('tells before whom it would have asked, and after it they are asked', async () => {
    expect((await waysOf('A-1')).now).toEqual(['Tom Becker']);
    const asked = await app.as('ada').type('set-policy manager:12%');
    expect(asked.text).toContain('before Tom Becker → after Tom Becker, then Finance (Chen Jing)');
    expect(asked.text).toMatch(/Of the last \d+ requests, \d+ would have gone another way/);
    expect(asked.text).toMatch(/that waits? now goe?s? another way at once/);
    expect((await rulesOf()).policy.version).toBe(0);
    const done = await app.as('ada').press(asked.button('Confirm'));
    expect(done.text).toContain('version 1');
    await app.drainOutbox();
    expect(await waysOf('A-1')).toEqual({ now: ['Tom Becker'], later: ['Finance'] });
  });

  it('previews for every request that waits just the way it then takes', async () => {
    const input = { over: { amountMinor: '1', currency: 'CNY' }, steps: '@chen / any manager, finance' };
    const change = (await app.as('ada').call('approvals.add-rule', input)) as PolicyChange;
    await app.drainOutbox();
    const waiting = change.moved.filter(({ status }) => status === 'pending');
    expect(waiting.length).toBeGreaterThan(0);
    for (const { number, after } of waiting) {
      const [first] = after;
      const names = new Set(first?.parts.flatMap(({ people }) => people.map(({ name }) => name)));
      expect(new Set((await waysOf(number)).now)).toEqual(names);
    }
  });

  it('that lets a waiting request pass grants it', async () => {
    await change('set-policy nobody:16% manager:20% floor:0%');
    await app.drainOutbox();
    const view = (await app.as('ada').call('approvals.show', { approval: 'A-1' })) as { status: string };
    expect(view.status).toBe('approved');
  });

  it('made by two at once is made by the first; the second is told whose it was', async () => {
    const asked = await app.as('ada').type('set-policy nobody:3%');
    await change('set-policy nobody:4%');
    const late = await app.as('ada').press(asked.button('Confirm'));
    expect(late.text).toContain('Ada Young has changed these rules in the meantime (version 1 now)');
    expect((await rulesOf()).policy.version).toBe(1);
    expect((await app.as('ada').press(late.button('Rules'))).text).toContain('up to 4%');
  });

  it('that changes nothing makes no version', async () => {
    const shown = await app.as('ada').type('set-policy nobody:5%');
    expect(shown.text).toContain('like that already');
    await app.as('ada').call('approvals.set-policy', { nobody: 500 });
    expect((await rulesOf()).policy.version).toBe(0);
  });

  it('is taken back by restoring the version before, which is a new one', async () => {
    const { done } = await change('set-policy nobody:3% escalate:8h');
    const asked = await app.as('ada').press(done.button('Back to version 0'));
    await app.as('ada').press(asked.button('Confirm'));
    const { policy } = await rulesOf();
    expect(policy).toMatchObject({ version: 2, setBy: 'Ada Young' });
    expect(JSON.stringify(policy.rules)).toContain('500');
    expect((await app.as('ada').type('policy-restore 7')).text).toContain('the newest is 2');
    await app.as('ada').type('undo');
    expect((await rulesOf()).policy.version).toBe(2);
  });

  it('without anything said is asked for in a form that shows the rules as they are', async () => {
    const shown = await app.as('ada').type('set-policy');
    if (shown.outcome.kind !== 'form') throw new Error('no form');
    const { form } = shown.outcome;
    expect(form.fields.map(({ value }) => value)).toEqual(['5%', '20%', '15%', '4h', '40h']);
    const values = { nobody: '5%', manager: '18%', floor: '15%', escalate: '4h', expire: '40h' };
    const asked = await app.as('ada').submit(form.press, values);
    expect(asked.text).toContain('+ up to 18%: their manager');
  });

  it('with bounds the wrong way round or half hours is refused with the fix', async () => {
    expect((await app.as('ada').type('set-policy nobody:20% manager:10%')).text).toContain('has to be above');
    expect((await app.as('ada').type('set-policy escalate:90m')).text).toContain('Whole hours');
  });
});

describe('rules of one’s own', () => {
  const line =
    'policy-rule group:East class:A product:"Pump P40" upto:25% over:100k steps:"manager, finance"';

  it('are told in words in both languages, and go before the bounds', async () => {
    const { asked } = await change(line);
    expect(asked.text).toContain(
      'up to 25%, over CNY 100,000, asked in East, customers of class A, with Pump P40: their manager, then Finance',
    );
    const { text } = await app.as('wei').type('审批规则');
    expect(text).toContain(
      '1. 不超过 25%、高于 CNY 100,000、East 提出、A 类客户、包含 Pump P40：其销售主管，之后财务',
    );
    const tried = 'policy 15% 200k by:@wei class:A product:"Pump P40"';
    expect((await app.as('tom').type(tried)).text).toContain('→ Li Na, then Finance (Chen Jing)');
    expect((await app.as('tom').type(tried.replace('@wei', '@emma'))).text).toContain('→ Tom Becker');
  });

  it('can be typed in Chinese, for all of, any of, and people', async () => {
    const asked = await app.as('lina').type('增加审批规则 等级:A 审批人:"主管 + 财务"');
    expect(asked.text).toContain('Ada Young');
    const all = await change('增加审批规则 等级:A 审批人:"主管 + 财务"');
    expect(all.asked.text).toContain('customers of class A: their manager and Finance');
    const any = await change('policy-rule class:B steps:"@chen / @tom, finance"');
    expect(any.asked.text).toContain('customers of class B: Chen Jing or Tom Becker, then Finance');
  });

  it('in any case add their steps', async () => {
    await change('policy-rule always over:50k steps:finance');
    expect((await app.as('tom').type('policy 3% 60k by:@emma')).text).toContain('→ Finance (Chen Jing)');
  });

  it('are shown when nothing is said, and taken away by number', async () => {
    await change(line);
    expect((await app.as('ada').type('policy-rule')).text).toContain('1. up to 25%');
    const { asked } = await change('policy-rule off 1');
    expect(asked.text).toContain('− up to 25%');
    expect((await rulesOf()).policy.rules).toHaveLength(4);
    expect((await app.as('ada').type('policy-rule off 9')).text).toContain('there are 4');
  });

  it('that could never apply are refused with the number of the one that takes everything', async () => {
    await change('policy-rule class:A upto:30% steps:finance');
    const behind = await app.as('ada').type('policy-rule class:A group:East upto:25% steps:manager');
    expect(behind.text).toContain('could never apply: rule 1');
    expect(behind.text).toContain('policy-rule off 1');
    await change('policy-rule class:A group:East upto:25% steps:manager before:1');
    const wide = await app.as('ada').type('policy-rule upto:25% steps:finance');
    expect(wide.text).toContain('rule 3 (up to 5%: nobody needs to decide) could never apply any more');
    expect((await app.as('ada').type('policy-rule over:90k under:80k steps:finance')).text).toContain('Swap');
  });

  it('without conditions or with somebody who decides nothing are refused with the fix', async () => {
    const form = await app.as('ada').type('policy-rule steps:finance');
    expect(form.kind).toBe('form');
    const emma = await app.as('ada').type('policy-rule class:A steps:"@emma"');
    expect(emma.text).toContain('Emma Clark decides nothing');
    expect(emma.text).toContain('Tom Becker');
    expect((await app.as('ada').type('policy-rule class:A steps:"the boss"')).text).toContain('finance');
    const mixed = await app.as('ada').type('policy-rule class:A steps:"manager + finance / @tom"');
    expect(mixed.text).toContain('Split it');
  });
});

describe('limits of roles', () => {
  it('are told, and a case beyond them says so', async () => {
    await change('policy-limit manager 10% 200k');
    const { text } = await app.as('tom').type('policy');
    expect(text).toContain('a manager grants up to 10%, CNY 200,000');
    expect((await app.as('tom').type('policy 8% 95k by:@emma')).text).not.toContain('Chen');
    expect((await app.as('tom').type('policy 15% 95k by:@emma')).text).toMatch(/Tom Becker.*then.*Chen Jing/);
    await change('policy-limit finance 12%');
    expect((await app.as('tom').type('policy 15% 95k by:@emma')).text).toContain('may grant so much');
    expect((await app.as('tom').type('policy 11% 95k by:@emma')).text).not.toContain('may grant so much');
    await change('policy-limit manager');
    await change('policy-limit finance');
    expect((await app.as('tom').type('policy')).text).not.toContain('grants up to');
  });
});

describe('the home screen', () => {
  it('shows the rules with a way to change them to admins', async () => {
    const home = await app.as('ada').interact({ kind: 'home' });
    expect(home.text).toContain('Approval rules');
    expect(home.buttons.map(({ label }) => label)).toContain('Change');
    const form = await app.as('ada').press(home.button('Change'));
    expect(form.kind).toBe('form');
    expect((await app.as('emma').interact({ kind: 'home' })).text).not.toContain('Approval rules');
  });
});
