import { describe, expect, it } from 'vitest';
import { mergePatch, takeableFields } from '../../../../src/features/crm/accounts/merge.ts';
import { relationshipStates, salesStates } from '../../../../src/features/crm/accounts/model.ts';
import type { AccountRow } from '../../../../src/features/crm/accounts/record.ts';
import {
  domainOf,
  namePrefix,
  relationshipAfter,
  sameBy,
} from '../../../../src/features/crm/accounts/rules.ts';
import { nameKey, phoneKey } from '../../../../src/kernel/names.ts';
import fc from '../../../support/property.ts';

const like = (name: string, phone?: string, domain?: string) => ({
  nameKey: nameKey(name),
  phoneKey: phone ? phoneKey(phone) : null,
  domain: domain ?? null,
});

describe('two records look like one company', () => {
  it.each([
    ['Acme Pumps', 'ACME pump co.', 'name'],
    ['Acme Pumps', 'Acme Pumps Ltd', 'name'],
    ['远景机械', '远景机械有限公司', 'name'],
    ['Acme Pumps', 'Bolt Ltd', undefined],
    ['远景机械', '东方泵业集团', undefined],
  ])('%s / %s: %s', (a, b, by) => {
    expect(sameBy(like(a), like(b))).toBe(by);
  });

  it('by phone however it is written, and before anything else', () => {
    const a = like('Acme', '+86 138 1234 5678', 'acme.cn');
    expect(sameBy(a, like('Acme', '138-1234-5678', 'acme.cn'))).toBe('phone');
    expect(sameBy(a, like('Other', undefined, 'acme.cn'))).toBe('domain');
  });

  it('but not by a short number or by nothing at all', () => {
    expect(sameBy(like('Acme', '12345'), like('Bolt', '12345'))).toBeUndefined();
    expect(sameBy(like('!!'), like('??'))).toBeUndefined();
  });

  it('whichever is asked first', () => {
    const record = fc.record({
      nameKey: fc.stringMatching(/^[a-c ]{0,8}$/),
      phoneKey: fc.option(fc.stringMatching(/^[12]{7,9}$/)),
      domain: fc.option(fc.constantFrom('a.example', 'b.example')),
    });
    fc.assert(fc.property(record, record, (a, b) => sameBy(a, b) === sameBy(b, a)));
  });

  it('and are found by the beginning of their names', () => {
    expect(namePrefix('acme pumps')).toBe('acme');
    expect(namePrefix('远景机械')).toBe('远景');
  });
});

describe('a domain is read out of what people type', () => {
  it.each([
    ['acme.cn', 'acme.cn'],
    ['https://www.Acme.cn/about?x=1', 'acme.cn'],
    ['sales@acme.co.uk', 'acme.co.uk'],
    ['ACME.CN:8080', 'acme.cn'],
    ['远景.中国', '远景.中国'],
    ['acme', undefined],
    ['acme pumps.cn', undefined],
    ['', undefined],
  ])('%s', (text, domain) => {
    expect(domainOf(text)).toBe(domain);
  });
});

describe('the relationship follows the sales state', () => {
  it.each([
    ['potential', 'opportunity', 'target'],
    ['target', 'order-customer', 'actual'],
    ['target', 'potential', 'potential'],
    ['actual', 'opportunity', 'actual'],
    ['loyal', 'opportunity', 'loyal'],
    ['lost', 'potential', 'lost'],
    ['lost', 'opportunity', 'target'],
    ['lost', 'order-customer', 'actual'],
  ] as const)('%s + %s = %s', (current, sales, after) => {
    expect(relationshipAfter(current, sales)).toBe(after);
  });

  it('and never makes anybody loyal or lost', () => {
    for (const current of relationshipStates) {
      for (const sales of salesStates) {
        const after = relationshipAfter(current, sales);
        if (after === 'loyal' || after === 'lost') expect(after).toBe(current);
      }
    }
  });
});

describe('merging', () => {
  const columns = {
    name: 'name',
    class: 'valueClass',
    owner: 'ownerId',
    phone: 'phone',
    domain: 'domain',
    industry: 'industry',
    location: 'location',
    parent: 'parentId',
    employees: 'employees',
    founded: 'foundedYear',
    revenue: 'revenueMinor',
    note: 'note',
  } as const;
  const text = fc.option(fc.constantFrom('a', 'b'));
  const row: fc.Arbitrary<AccountRow> = fc
    .record({
      id: fc.uuid(),
      name: fc.constantFrom('a', 'b'),
      nameKey: fc.constantFrom('a', 'b'),
      domain: text,
      phone: text,
      phoneKey: text,
      industry: text,
      location: text,
      parentId: text,
      ownerId: text,
      valueClass: fc.option(fc.constantFrom('A', 'B')),
      employees: fc.option(fc.nat(3)),
      foundedYear: fc.option(fc.nat(3)),
      revenueMinor: fc.option(fc.bigInt(0n, 3n)),
      revenueCurrency: fc.constant('CNY'),
      note: text,
      salesState: fc.constantFrom(...salesStates),
      relationshipState: fc.constantFrom(...relationshipStates),
    })
    .map((values) => values as unknown as AccountRow);
  const take = fc.subarray(takeableFields);

  it('loses nothing of the record that stays unless it was asked to, and fills every blank', () => {
    fc.assert(
      fc.property(row, row, take, (kept, gone, taken) => {
        const after = { ...kept, ...mergePatch(kept, gone, taken, 'none', 'reason') };
        for (const field of takeableFields) {
          const column = columns[field];
          const other = gone[column];
          const wanted =
            kept[column] === null || (taken.includes(field) && other !== null) ? other : kept[column];
          expect(after[column]).toBe(wanted);
        }
      }),
    );
  });

  it('keeps the further state of the two', () => {
    fc.assert(
      fc.property(row, row, (kept, gone) => {
        const after = { ...kept, ...mergePatch(kept, gone, [], 'none', 'reason') };
        const further = Math.max(salesStates.indexOf(kept.salesState), salesStates.indexOf(gone.salesState));
        expect(after.salesState).toBe(salesStates[further]);
      }),
    );
  });

  it('never lets a company end up below itself', () => {
    fc.assert(
      fc.property(row, row, (kept, gone) => {
        const below = { ...kept, parentId: gone.id };
        expect({ ...below, ...mergePatch(below, gone, ['parent'], 'kept-below', '') }.parentId).toBe(
          gone.parentId,
        );
        const above = { ...gone, parentId: kept.id };
        expect(mergePatch(kept, above, ['parent'], 'gone-below', '')).not.toHaveProperty('parentId');
      }),
    );
  });
});
