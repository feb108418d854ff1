import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

describe('products', () => {
  it('are listed for everybody inside', async () => {
    const { text } = await app.as('noah').type('products');
    expect(text).toContain('5 products');
    expect(text).toContain('Pump P40 | Pumps | EUR 2,100');
  });

  it('are added by managers and admins, once', async () => {
    const added = await app.as('tom').type('new-product "GTX Pro" 4821 series:GTX');
    expect(added.text).toContain('✅ GTX Pro · GTX · CNY 4,821');
    expect((await app.as('tom').type('new-product GTXPro 5000')).text).toContain(
      'GTX Pro is a product already',
    );
    expect((await app.as('emma').type('new-product "MG Special" 55')).text).toContain('⛔');
  });

  it.each(['GTX Pro', 'GTXPro', 'gtx-pro', 'gtx'])('are found by %s', async (product) => {
    const changed = (await app.as('tom').call('products.set', { product, series: 'G' })) as {
      after: unknown;
    };
    expect(changed.after).toMatchObject({ name: 'GTX Pro' });
  });

  it('of several that fit are asked for', async () => {
    const shown = await app.as('tom').press({ a: 'products.set', i: { product: 'S', series: 'x' } });
    expect(shown.buttons.length).toBeGreaterThan(1);
  });

  it('change with the old value said, and back with Undo', async () => {
    const shown = await app.as('tom').type('set-product "Pump P40" EUR 2200');
    expect(shown.text).toContain('List price: EUR 2,100 → EUR 2,200');
    await app.as('tom').press(shown.button('Undo'));
    expect((await app.as('tom').type('产品')).text).toContain('EUR 2,100');
  });
});

describe('cost and lowest margin of a product', () => {
  it('are set by managers, with the margin they leave', async () => {
    const { text } = await app.as('tom').type('set-product "Control unit CU8" cost:EUR 2210 floor:15%');
    expect(text).toContain('Cost: EUR 2,040 → EUR 2,210');
    expect(text).toContain('Lowest margin: empty → 15%');
    expect(text).toContain('Margin at list price: 35%');
    expect((await app.as('lina').type('修改产品 CU8 成本:EUR 3000')).text).toContain(
      '⚠ 按标价的毛利率为 11.7%，低于最低毛利率 15%。',
    );
    expect((await app.as('emma').type('set-product "Control unit CU8" cost:EUR 1')).text).toContain('⛔');
  });

  it('in another currency than the list price leaves no margin to be said', async () => {
    const { text } = await app.as('tom').type('set-product "Seal set S1" cost:140');
    expect(text).toContain('The list price is in EUR and the cost in CNY');
  });

  it('stand in the history for those who are told costs', async () => {
    app.clock.forward(61_000);
    await app.as('tom').type('set-product "Service hour" cost:EUR 57');
    expect((await app.as('chen').type('变更记录 "Service hour"')).text).toContain('成本 EUR 52 → EUR 57');
    const { text } = await app.as('emma').type('why "Service hour"');
    expect(text).not.toContain('Tom Becker');
    expect(text).not.toMatch(/57|52|cost/i);
  });
});
