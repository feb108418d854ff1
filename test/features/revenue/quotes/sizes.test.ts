import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/kernel/errors.ts';
import { moneyToDecimal, mostMinor } from '../../../../src/kernel/money.ts';
import { type TestApp, testApp } from '../../../support/app.ts';
import fc from '../../../support/property.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const euros = (amountMinor: bigint) => moneyToDecimal({ amountMinor, currency: 'EUR' });

/** Minor units, next to a power of ten or to the largest there is. */
const anyMinor = fc
  .tuple(fc.integer({ min: 0, max: 18 }), fc.integer({ min: -1, max: 1 }))
  .map(([power, by]) => 10n ** BigInt(power) + BigInt(by))
  .map((minor) => (minor > mostMinor ? mostMinor : minor));
const anyQuantity = fc.constantFrom(1, 2, 999_999, 1_000_000);
const anyLines = fc.array(fc.tuple(anyQuantity, fc.option(anyMinor)), { minLength: 1, maxLength: 40 });

describe('amounts of any size', () => {
  it('are kept exactly or refused with what to do, whatever they are combined with', async () => {
    const ada = app.as('ada');
    const broken: unknown[] = [];
    const outcomes = { kept: 0, refused: 0 };
    const tries = async (action: string, input: Record<string, unknown>) => {
      try {
        await ada.call(action, input);
        outcomes.kept++;
      } catch (error) {
        const isRefused = error instanceof AppError && error.code !== 'internal';
        if (isRefused) outcomes.refused++;
        else broken.push({ action, input, error });
      }
    };
    const any = { price: anyMinor, cost: anyMinor, book: anyMinor, total: anyMinor, lines: anyLines };
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...any, percent: fc.integer({ min: 1, max: 9_999 }) }),
        async ({ price, cost, book, total, lines, percent }) => {
          const amount = (minor: bigint) => ({ amountMinor: minor.toString(), currency: 'EUR' });
          const said = lines
            .map(([quantity, each]) => `${quantity}x"Pump P40"${each === null ? '' : `@${euros(each)}`}`)
            .join(' ');
          const product = 'Pump P40';
          await tries('products.set', { product, price: amount(price), cost: amount(cost) });
          await tries('prices.set', { product, price: amount(book) });
          await tries('quotes.create', { deal: 'D-1', lines: said });
          await tries('quotes.create', { deal: 'D-1', lines: said, total: euros(total) });
          await tries('quotes.create', { deal: 'D-1', total: euros(total) });
          await tries('quotes.line', { quote: 'Q-2', product, quantity: lines[0]?.[0], price: euros(price) });
          await tries('deals.set', { deal: 'D-7', amount: { ...amount(total), currency: 'CNY' } });
          for (const deal of ['D-1', 'D-7']) {
            await tries('discounts.ask', { deal, percent });
            await tries('approvals.list', {});
          }
          for (const line of ['prices "Pump P40"', 'products', 'quotes D-1', 'show Q-2', 'show D-7']) {
            const { outcome } = await ada.type(line);
            if (outcome.kind !== 'card' || outcome.card.tone === 'stop') broken.push({ line, outcome });
          }
        },
      ),
      { numRuns: 6 },
    );
    expect(broken).toEqual([]);
    expect(outcomes.kept).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  }, 120_000);

  it('are refused beyond the bound, which is said, at the field they were typed in', async () => {
    const emma = app.as('emma');
    const one = await emma.type('quote D-1 1000000x"Pump P40"@1000000000000');
    expect(one.text).toContain('The lines come to more than EUR 9,999,999,999,999,999.99');
    const refused = (await emma
      .call('quotes.create', { deal: 'D-1', lines: '1000000x"Pump P40"@1000000000000' })
      .catch((error) => error)) as AppError;
    expect(refused.fields.map(({ field }) => field)).toEqual(['lines']);
    const typed = await emma.type('quote D-1 total:"EUR 10000000000000000"');
    expect(typed.text).toContain('the most is EUR 9,999,999,999,999,999.99');
    expect((await emma.type('quote D-1 total:"EUR 9999999999999999.99"')).text).toContain('Q-5 v1');
    // Rounded up to the cent it is one too many.
    expect((await emma.type('quote D-1 total:"EUR 9999999999999999.995"')).text).toContain('the most is EUR');
  });

  it('are refused where only the list price or the cost of the lines is beyond it', async () => {
    const emma = app.as('emma');
    await app.as('ada').type('set-product "Pump P40" cost:"EUR 90000000000000"');
    const refused = await emma.type('quote D-1 1000000x"Pump P40"@1');
    expect(refused.text).toContain('The lines come to more than EUR 9,999,999,999,999,999.99');
    const line = await emma.type('quote-line Q-2 1000000x"Pump P40"@1');
    expect(line.text).toContain('The lines come to more than');
  });
});
