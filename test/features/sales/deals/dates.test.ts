import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../support/app.ts';

// Tuesday, 10 November 2026.
let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

describe('a date nobody can mean', () => {
  it.each([
    [
      'emma',
      'deal acme "Far away" 80k close:9999-01-01',
      'Expected close lies between 1 Jan 2000 and 10 Nov 2046',
    ],
    [
      'emma',
      'deal acme "Far away" 80k close:0001-01-01',
      'Expected close lies between 1 Jan 2000 and 10 Nov 2046',
    ],
    ['emma', 'deal acme "Far away" 80k close:15/11/99', 'Expected close lies between'],
    ['emma', 'deal acme "Far away" 80k 15 nov 1999', 'Expected close lies between'],
    ['emma', 'set D-1 close:+999y', 'Expected close lies between'],
    ['wei', '新建商机 远景 "太远" 80万 预计成交:9999-01-01', '应在 2000年1月1日 到 2046年11月10日 之间'],
    ['emma', 'next D-1 2066-12-03 call Jane', 'lies between 1 Jan 2000 and 10 Nov 2031'],
    ['emma', 'judge L-1 potential review:2036-12-03', 'lies between 1 Jan 2000 and 10 Nov 2031'],
    ['emma', 'quote D-1 95k valid:2036-12-03', 'lies between 10 Nov 2026 and 10 Nov 2028'],
    ['emma', 'deals open closing:9999-01', 'lies between'],
  ])('of %s: %s is refused with the days there can be', async (who, line, said) => {
    const shown = await app.as(who).type(line);
    expect(shown.text).toContain(said);
    expect(shown.text).not.toContain('✅');
  });

  it('is refused to programs too', async () => {
    for (const close of ['9999-01-01', '1999-12-31']) {
      await expect(app.as('emma').call('deals.set', { deal: 'D-1', close })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
  });
});

describe('a period without a year', () => {
  it.each([
    ['pipeline 1mar..10mar', '1 Mar 2026 to 10 Mar 2026'],
    ['pipeline dec', '1 Dec 2025 to 31 Dec 2025'],
    ['deals won q1', '1 Jan 2026 to 31 Mar 2026'],
    ['deals lost 1dec..24dec', '1 Dec 2025 to 24 Dec 2025'],
    ['metrics 1dec..10dec', '10 Dec 2025'],
    ['metrics dec', '2025'],
  ])('that looks back is the last one: %s', async (line, said) => {
    expect((await app.as('tom').type(line)).text).toContain(said);
  });

  it.each([
    ['deals open closing:mar', '1 Mar 2027 to 31 Mar 2027'],
    ['deals open closing:1mar..10mar', '1 Mar 2027 to 10 Mar 2027'],
    ['pipeline closing:q1', '1 Jan 2027 to 31 Mar 2027'],
    ['deals open closing:oct', '1 Oct 2026 to 31 Oct 2026'],
    ['forecast q1', '2027'],
  ])('that looks ahead is the next one: %s', async (line, said) => {
    expect((await app.as('tom').type(line)).text).toContain(said);
  });
});
