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
