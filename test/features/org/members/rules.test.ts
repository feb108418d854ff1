import { describe, expect, it } from 'vitest';
import {
  asRoleSet,
  bestByName,
  handleOf,
  isScoped,
  losesLastAdmin,
  mayWrite,
  personKey,
  type Scope,
  scopesOf,
} from '../../../../src/features/org/members/rules.ts';
import { findTimeZones } from '../../../../src/features/org/members/zones.ts';
import { type Role, roles } from '../../../../src/kernel/context.ts';
import fc from '../../../support/property.ts';

describe('whose leads and deals a role sees', () => {
  const table: [Role[], Scope[]][] = [
    [[], ['own']],
    [['partner'], ['own']],
    [['rep'], ['own', 'team']],
    [['manager'], ['own', 'subtree']],
    [
      ['rep', 'manager'],
      ['own', 'team', 'subtree'],
    ],
    [['read-only'], ['own', 'all']],
    [['finance'], ['own', 'all']],
    [['admin'], ['own', 'all']],
    [
      ['admin', 'manager'],
      ['own', 'all', 'subtree'],
    ],
  ];
  it.each(table)('%j: %j', (given, expected) => {
    expect([...scopesOf(given)].sort()).toEqual([...expected].sort());
  });

  it('never shrinks with another role', () => {
    fc.assert(
      fc.property(fc.subarray([...roles]), fc.constantFrom(...roles), (given, more) => {
        const after = scopesOf([...given, more]);
        return [...scopesOf(given)].every((scope) => after.has(scope));
      }),
    );
  });

  it('matters for leads and deals only', () => {
    expect(['lead', 'deal'].every(isScoped)).toBe(true);
    expect(['account', 'contact', 'activity', 'member'].some(isScoped)).toBe(false);
  });
});

describe('who may change a record', () => {
  //                 roles               owner  unowned below  may
  const table: [Role[], boolean, boolean, boolean, boolean][] = [
    [[], true, false, false, false],
    [['partner'], true, false, false, false],
    [['read-only'], true, false, true, false],
    [['finance'], false, false, true, false],
    [['rep'], true, false, false, true],
    [['rep'], false, false, false, false],
    [['rep'], false, false, true, false],
    [['rep'], false, true, false, true],
    [['manager'], false, false, true, true],
    [['manager'], false, false, false, false],
    [['manager'], false, true, false, true],
    [['admin'], false, false, false, true],
    [['finance', 'rep'], true, false, false, true],
  ];
  it.each(table)('%j owner %s unowned %s below %s: %s', (given, isOwner, isUnowned, ownerIsBelow, may) => {
    expect(mayWrite({ roles: given, isOwner, isUnowned, ownerIsBelow })).toBe(may);
  });
});

describe('the last admin', () => {
  it.each([
    [['admin'], ['rep'], 0, true],
    [['admin'], ['rep'], 1, false],
    [['admin', 'manager'], ['admin'], 0, false],
    [['rep'], [], 0, false],
  ] as [Role[], Role[], number, boolean][])('%j to %j with %d others: %s', (was, becomes, others, loses) => {
    expect(losesLastAdmin(was, becomes, others)).toBe(loses);
  });
});

describe('roles', () => {
  it('are a set in one order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...roles)), (given) => {
        const set = asRoleSet(given);
        expect(set).toEqual(asRoleSet([...given].reverse()));
        expect(new Set(set)).toEqual(new Set(given));
        expect(set.length).toBe(new Set(set).size);
      }),
    );
  });
});

describe('a person’s name', () => {
  const people = ['Wang Lei', 'Wang Leigh', 'Wei Zhang', 'Li Na', '王敏', 'Jean-Luc O’Brien'].map((name) => ({
    name,
  }));
  it.each([
    ['@wang.lei', ['Wang Lei']],
    ['wang', ['Wang Lei', 'Wang Leigh']],
    ['zhang', ['Wei Zhang']],
    ['ＷＡＮＧ lei', ['Wang Lei']],
    ['王敏', ['王敏']],
    ['@jean.luc.o.brien', ['Jean-Luc O’Brien']],
    ['obrien', ['Jean-Luc O’Brien']],
    ['@weizhang', ['Wei Zhang']],
    ['', []],
    ['!!', []],
  ])('%s means %j', (text, found) => {
    expect(bestByName(people, text).map(({ name }) => name)).toEqual(found);
  });

  it('is found again by its handle', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (name) => {
        const handle = handleOf(name);
        if (handle === undefined) return personKey(name) === '';
        return !/\s/.test(handle) && bestByName([{ name }], handle).length === 1;
      }),
    );
  });
});

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', ['Europe/Berlin']],
    ['europe/berlin', ['Europe/Berlin']],
    ['berlin', ['Europe/Berlin']],
    ['上海', ['Asia/Shanghai']],
    ['Beijing', ['Asia/Shanghai']],
    ['new york', ['America/New_York']],
    ['new_york', ['America/New_York']],
    ['utc', ['UTC']],
    ['CST', []],
    ['Mars/Olympus', []],
    ['', []],
  ])('%s is %j', (text, zones) => {
    expect(findTimeZones(text)).toEqual(zones);
  });
});
