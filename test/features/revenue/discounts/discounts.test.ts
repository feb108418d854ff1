import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { approvals } from '../../../../src/features/org/approvals/tables.ts';
import { discounts } from '../../../../src/features/revenue/discounts/tables.ts';
import { members } from '../../../../src/store/tables/people.ts';
import { recordChanges } from '../../../../src/store/tables/trail.ts';
import { type Shown, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const labels = (shown: Shown) => shown.buttons.map(({ label }) => label);
const says = async (who: string, line: string) => (await app.as(who).type(line)).text;
const statusOf = async (number: number) =>
  (await app.inOrg((tx) => tx.select().from(approvals).where(eq(approvals.number, number))))[0]?.status;

describe('how far a discount goes', () => {
  it('up to 5 % nobody decides: the deal has its new amount at once', async () => {
    const shown = await app.as('wei').type('discount D-7 4%');
    expect(shown.text).toContain('✅ D-7 备件框架 96折（减 4%）：CNY 60,000 → CNY 57,600');
    expect(shown.text).toContain('5% 以内无需审批');
    expect(labels(shown)).not.toContain('撤销');
    expect(await says('wei', 'show D-7')).toContain('CNY 57,600');
  });

  it('up to 20 % the manager decides, above it Finance as well, below the floor always Finance', async () => {
    expect(await says('wei', 'discount D-7 20%')).toMatch(/提交给 Li Na · 答复期限/);
    expect(await says('wang', 'discount D-8 20.5%')).toContain('提交给 Li Na · 之后 财务');
    // 15 % off list leaves 15.2 % of a product whose floor is 18 %.
    expect(await says('wang', 'withdraw A-7')).toContain('撤回');
    expect(await says('wang', 'discount D-8 15%')).toContain('提交给 Li Na · 之后 财务');
    expect(await says('wang', 'withdraw A-8')).toContain('撤回');
    expect(await says('wang', 'discount D-8 10%')).toMatch(/提交给 Li Na · 答复期限/);
  });

  it('asks Finance as well where the costs that are known alone bring it below the floor', async () => {
    await says('wang', 'quote D-8 2x"自动化单元 A2"@420000 1x"Service hour"@1000');
    expect(await says('wang', 'discount D-8 10%')).toMatch(/提交给 Li Na · Q-5 v1 · 答复期限/);
    expect(await says('lina', 'show A-6')).toContain('毛利率未知（底线 18%）');
    await says('wang', 'withdraw A-6');
    expect(await says('wang', 'discount D-8 15%')).toContain('提交给 Li Na · 之后 财务');
    expect(await says('lina', 'show A-7')).toContain('⚠ 折后毛利率最多 15.3%，低于底线 18%（部分成本未知）');
  });

  it('on a quote is counted from what the price book asks, and the granted one is its next version', async () => {
    const asked = await says('emma', 'discount D-1 4% -- last cent');
    expect(asked).toContain('4% off (96折) D-1 40 pumps: EUR 80,000 → EUR 76,800');
    const quote = await says('emma', 'show Q-2');
    expect(quote).toContain('Q-2 v2');
    expect(quote).toContain('EUR 76,800');
    expect(await says('emma', 'show D-1')).toContain('Amount: EUR 80,000');
  });

  it('cannot be sliced: the next one counts from the price before any', async () => {
    await says('wei', 'discount D-7 4%');
    const again = await says('wei', 'discount D-7 3.9%');
    expect(again).toContain('CNY 60,000 → CNY 57,600');
    expect(again).toContain('折扣申请 D-7 7.9%');
    const whole = await says('wei', 'discount D-7 8%');
    expect(whole).toContain('CNY 60,000 → CNY 55,200');
    expect(whole).toContain('提交给 Li Na');
    await says('emma', 'discount D-1 4%');
    expect(await says('emma', 'discount D-1 4.0%')).toContain('is granted on D-1 40 pumps already');
    expect(await says('emma', 'discount D-1 8%')).toContain('Goes to Tom Becker');
  });

  it('counts from that price also when the amount was set by hand since, until it is another size', async () => {
    await says('wei', 'discount D-7 4%');
    await says('wei', 'set D-7 amount 57601');
    expect(await says('wei', 'discount D-7 5%')).toContain('CNY 60,000 → CNY 57,000');
    await says('wei', 'set D-7 amount 54000');
    expect(await says('wei', 'discount D-7 5% -- once more')).toContain('CNY 60,000 → CNY 57,000');
    await says('wei', 'set D-7 amount 61000');
    expect(await says('wei', 'discount D-7 5% -- larger')).toContain('CNY 61,000 → CNY 57,950');
    await says('wei', 'set D-7 amount 20000');
    expect(await says('wei', 'discount D-7 5% -- smaller')).toContain('CNY 20,000 → CNY 19,000');
  });

  it('reads 85折 and 打85折, and asks once more from 50 % on', async () => {
    expect(await says('wei', '折扣申请 D-7 打85折 -- 对标格兰富')).toContain('85折（减 15%）');
    const asked = await app.as('wang').type('特价申请 D-8 5折');
    expect(asked.text).toContain('确定吗');
    expect(asked.text).toContain('CNY 1,200,000 → CNY 600,000');
    expect(await says('wang', '审批')).not.toContain('D-8');
    expect((await app.as('wang').press(asked.button('确认'))).text).toContain('A-7');
  });

  it.each([
    ['discount D-4 15%', 'has no amount yet'],
    ['discount D-3 15%', 'Reopen it first'],
    ['discount D-1 0%', 'above 0 % and below 100 %'],
    ['discount D-1 100%', 'above 0 % and below 100 %'],
    ['discount D-7 15%', 'but not ask for a discount on it'],
  ])('%s is refused with what to do', async (line, expected) => {
    expect(await says('emma', line)).toContain(expected);
    expect(await statusOf(6)).toBeUndefined();
  });

  it('tried with ? says where it would go and leaves nothing', async () => {
    expect(await says('emma', 'discount D-1 8% ?')).toContain('Goes to Tom Becker');
    expect(await statusOf(6)).toBeUndefined();
  });

  it('asked for twice makes no second request', async () => {
    const shown = await app.as('emma').type('discount D-12 12%');
    expect(shown.text).toContain('A-1 is already open since');
    expect(labels(shown)).toContain('Open');
    expect(await statusOf(6)).toBeUndefined();
  });
});

describe('a request', () => {
  it('shows margin and floor to whoever decides and to nobody else', async () => {
    const shown = await says('tom', 'show A-1');
    expect(shown).toContain('Margin after 26.3% (floor 20%)');
    expect(await says('emma', 'show A-1')).not.toMatch(/margin|floor/i);
    expect(await says('noah', 'show A-1')).not.toMatch(/margin|floor/i);
    const east = await says('lina', 'show A-4');
    expect(east).toContain('⚠ 折后毛利率 15.2%，低于底线 18%');
    expect(east).toContain('以往折扣：4%、5%（逐次增大 ⚠）');
    expect(east).toContain('价值等级 A');
  });

  it('answered with less gives the deal that price, to the cent where a price was said', async () => {
    expect(await says('lina', '同意 A-4 12%')).toContain('CNY 400,000 → CNY 352,000');
    expect(await says('wei', 'show D-6')).toContain('CNY 352,000');
    const priced = await says('tom', 'approve A-1 EUR 4000.01');
    expect(priced).toContain('EUR 4,650 → EUR 4,000.01');
    expect(await says('emma', 'show Q-3')).toContain('EUR 4,000.01');
    expect(await statusOf(1)).toBe('countered');
  });

  it.each([
    ['approve A-1 15%', 'offer less than that'],
    ['approve A-1 20%', 'offer less than that'],
    ['approve A-1 EUR 5000', 'more than EUR 3,952.50 and less than EUR 4,650'],
    ['approve A-1 CNY 4000', 'The price is in EUR'],
    ['approve A-1 12% EUR 4100', 'either a discount or a price'],
  ])('%s is refused with what can be offered', async (line, expected) => {
    expect(await says('tom', line)).toContain(expected);
    expect(await statusOf(1)).toBe('pending');
  });

  it.each([
    ['wei', 'set D-6 amount 390k', 4],
    ['wei', 'lost D-6 reason:price', 4],
    ['emma', 'set D-12 account:C-1', 1],
    ['emma', 'quote-line Q-3 1x"Control unit CU8"', 1],
    ['emma', 'quote-withdraw Q-3', 1],
    ['emma', 'archive D-12', 1],
  ])('is overtaken at once when %s types %s', async (who, line, number) => {
    await app.as(who).type(line);
    await app.drainOutbox();
    expect(await statusOf(number)).toBe('superseded');
  });

  it('is overtaken when the change it rests on is undone', async () => {
    await says('lina', 'set D-7 amount 70k');
    expect(await says('wei', 'discount D-7 15%')).toContain('CNY 70,000 → CNY 59,500');
    await says('lina', 'undo');
    await app.drainOutbox();
    expect(await statusOf(6)).toBe('superseded');
  });

  it('that was overtaken stays so when the change that did it is undone', async () => {
    const set = await app.as('wei').type('set D-6 amount 390k');
    await app.drainOutbox();
    expect(await statusOf(4)).toBe('superseded');
    const again = await says('wei', 'discount D-6 15%');
    expect(again).toContain('A-6');
    const undone = await app.as('wei').press(set.button('撤销'));
    expect(undone.text).toContain('CNY 400,000');
    expect(undone.text).toContain('A-4 D-6 Nova Robotics 保持不变：因变更失效');
    await app.drainOutbox();
    expect(await statusOf(4)).toBe('superseded');
    expect(await statusOf(6)).toBe('superseded');
  });

  it('of a manager on a deal of their own goes above; they never decide on it', async () => {
    expect(await statusOf(5)).toBe('pending');
    expect(await says('tom', 'approve A-5')).toContain('your own request');
    expect(await says('ada', 'approve A-5')).toContain('EUR 150,000 → EUR 138,000');
  });

  it('is not decided by a manager who set the amount', async () => {
    await says('lina', 'set D-8 amount 1.1m');
    const asked = await says('wang', 'discount D-8 8%');
    expect(asked).toContain('提交给 Ada Young');
    expect(await says('lina', '同意 A-6')).toContain('不能审批');
    expect(await says('ada', 'approve A-6')).toContain('CNY 1,100,000 → CNY 1,012,000');
  });

  it('is not decided by whoever asked for it as somebody else they have been joined with', async () => {
    const id = await app.as('wei').memberId();
    await app.inOrg((tx) =>
      tx
        .update(members)
        .set({ roles: ['manager', 'finance', 'admin'] })
        .where(eq(members.id, id)),
    );
    expect(await says('wei', 'discount D-8 25%')).toContain('A-6');
    expect(await says('lina', 'approve A-6')).toContain('A-6');
    const asked = await app.as('ada').type('claim-member "Anna Snelling" @wei');
    expect((await app.as('ada').press(asked.button('Confirm'))).text).toContain('is Anna Snelling');
    expect(await says('wei', 'approve A-6')).toContain('⛔');
    expect(await statusOf(6)).toBe('pending');
  });

  it('may be decided again by whoever granted the one before: deciding makes no editor', async () => {
    await says('lina', '同意 A-4 10%');
    expect(await says('wei', 'discount D-6 12%')).toContain('提交给 Li Na');
    await says('tom', 'approve A-1');
    expect(await says('emma', 'discount D-12 18%')).toContain('Goes to Tom Becker');
    expect(await says('tom', 'approve A-7')).toContain('EUR 4,650 → EUR 3,813');
  });

  it('leaves no change behind when it is only looked at again', async () => {
    const changes = () =>
      app.inOrg((tx) => tx.select().from(recordChanges).where(eq(recordChanges.kind, 'approval')));
    const before = (await changes()).length;
    await says('emma', 'set D-12 rival:Grundfos');
    await app.drainOutbox();
    expect(await statusOf(1)).toBe('pending');
    expect(await changes()).toHaveLength(before);
  });
});

describe('a quote below the price book', () => {
  it('does not go out before somebody has agreed, and the way there is one button', async () => {
    await says('tom', 'reject A-1 -- too early');
    await says('emma', 'quote D-12 2x"Pump P40" 3500');
    const refused = await app.as('emma').type('quote-send Q-5');
    expect(refused.text).toContain('Q-5 is 16.67% below the price book (EUR 4,200 → EUR 3,500)');
    expect(refused.text).toContain('discount D-12 16.67%');
    expect(await says('emma', 'quote-accept Q-5')).toContain('nobody has agreed');
    const asked = await app.as('emma').press(refused.button('Ask'));
    expect(asked.text).toContain('EUR 4,200 → EUR 3,500');
    expect(await says('emma', 'quote-send Q-5')).toContain('A-6 on this deal is not decided yet');
    expect(await says('tom', 'approve A-6')).toContain('EUR 3,500');
    expect(await says('emma', 'quote-send Q-5')).toContain('Q-5 v1 is sent');
    expect(await says('emma', 'quote-accept Q-5')).toContain('EUR 3,500');
  });

  it('goes out within what the rules let pass, and at a class price without any asking', async () => {
    expect(await says('emma', 'quote-accept Q-2')).toContain('EUR 80,000');
    await says('tom', 'reject A-1 -- too early');
    await says('emma', 'quote D-12 2x"Pump P40" 4000');
    expect(await says('emma', 'quote-send Q-5')).toContain('is sent');
  });

  it('keeps its deal from being won at a lower price as well, or while a discount waits', async () => {
    const refused = await app.as('emma').type('won D-12 EUR 4000 reason:price');
    expect(refused.text).toContain('A-1 on D-12 Sample order is not decided yet');
    expect((await app.as('emma').press(refused.button('Withdraw'))).text).toContain('A-1');
    const below = await app.as('emma').type('won D-12 EUR 3900 reason:price');
    expect(below.text).toContain('D-12 Sample order would be won 16.13% below the price book');
    const fine = await app.as('emma').type('won D-12 EUR 4500 reason:price');
    expect(fine.text).toContain('won 🎉');
  });

  it('is not covered by what was agreed for other terms', async () => {
    await says('tom', 'approve A-1');
    await says('emma', 'quote-line Q-3 20x"Control unit CU8"');
    expect(await says('emma', 'quote-send Q-3')).toContain('below the price book');
  });

  it('is not covered by what was agreed for other products that come to the same', async () => {
    await says('tom', 'reject A-1 -- too early');
    await says('emma', 'quote D-12 2x"Pump P40" 3500');
    await says('emma', 'discount D-12 16.67%');
    expect(await says('tom', 'approve A-6')).toContain('EUR 3,500');
    await says('emma', 'quote-line Q-5 row:1 1x"自动化单元 A2"@4200');
    expect(await says('emma', 'set Q-5 total 3500')).toContain('EUR 4,200');
    expect(await says('emma', 'quote-send Q-5')).toContain('nobody has agreed');
  });

  it('tells no prices to whoever may not see the deal', async () => {
    await says('tom', 'reject A-1 -- too early');
    await says('emma', 'quote D-12 2x"Pump P40" 3500');
    const shown = await says('wei', 'quote-send Q-5');
    expect(shown).not.toMatch(/3,500|4,200/);
  });
});

it('a discount follows its customer into the one it is merged into', async () => {
  await says('tom', 'approve A-1');
  const accountIds = async () => {
    const rows = await app.inOrg((tx) =>
      tx.select().from(discounts).where(eq(discounts.percentBasisPoints, 1500)),
    );
    return rows.map(({ accountId }) => accountId);
  };
  const before = await accountIds();
  const asked = await app.as('ada').type('merge C-10 into C-1');
  const done = await app.as('ada').press(asked.button(/^(Merge|Confirm)/));
  expect(done.text).toContain('1 discount');
  const after = await accountIds();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});
