import { and, eq, like } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { schedules } from '../../../../src/store/tables/schedules.ts';
import { type DigestApp, digestApp, direct, east, west } from './support.ts';

let app: DigestApp;
beforeEach(async () => {
  app = await digestApp();
});

const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('• '));

describe('the list of digests', () => {
  it('has one’s own first, then those of channels by name and time', async () => {
    await app.as('ada').in(west).type('digest here monthly');
    await app.as('ada').in(west).type('digest here weekly fri 16:00');
    await app.as('ada').in(west).type('digest here branches weekly mon 07:00');
    await app.as('ada').in(west).type('digest here daily 10:00');
    await app.as('ada').in(east).type('digest here daily 11:00');
    await app.as('ada').in(direct).type('digest me team 09:30');
    const listed = rows((await app.as('ada').in(west).type('digest list')).text);
    expect(listed).toEqual([
      expect.stringMatching(/1\. Morning list · you, .* 08:45/),
      expect.stringMatching(/2\. Team digest · you, .* 09:30/),
      expect.stringMatching(/3\. Team digest · #sales-east · on working days at 11:00/),
      expect.stringMatching(/4\. Team digest · #sales-west · here · on working days at 10:00/),
      expect.stringMatching(/5\. Branch roll-up · #sales-west · here · Mondays at 07:00/),
      expect.stringMatching(/6\. Process digest · #sales-west · here · Fridays at 16:00/),
      expect.stringMatching(/7\. Customer ledger · #sales-west · here · on the 1st/),
    ]);
    const stopped = await app.as('ada').in(direct).type('digest stop 5');
    expect(stopped.text).toContain('Branch roll-up for #sales-west is stopped');
  });
});

describe('two managers who set up digests for one channel', () => {
  it('each read what becomes of theirs: the reply says what it was, and whoever set it up is told', async () => {
    await app.as('tom').in(east).type('digest here daily 09:00');
    const set = await app.as('lina').in(east).type('简报 这里 每天 09:00');
    expect(set.text).toContain('原来：每个工作日 09:00 · West · 由Tom Becker设置');
    await app.drainOutbox();
    const [told] = app.in('U0TOMBECKER');
    expect(told?.text).toContain('Li Na has set up the Team digest of #sales-east anew');
    expect(told?.text).toContain('Now: on working days at 09:00 · East, with what Li Na may see');
    expect(told?.text).toContain('As you had set it up: on working days at 09:00 · West');
    const later = await app.as('lina').in(east).type('简报 这里 每天 10:00');
    expect(later.text).toContain('原来：每个工作日 09:00\n');
    await app.as('ada').in(east).type('digest stop here');
    await app.drainOutbox();
    expect(app.in('U0TOMBECKER')).toHaveLength(1);
    expect(app.in('U0LINA').at(-1)?.text).toContain('Ada Young停止了#sales-east的团队简报');
    expect(app.in('U0LINA')).toHaveLength(1);
  });

  it('preview what the channel gets, as far as they may see it', async () => {
    await app.as('lina').in(east).type('digest here daily 09:00');
    const all = await app.as('ada').in(east).type('digest preview');
    expect(all.text).toContain('East · as of');
    expect(all.text).toContain('D-6 ');
    expect(all.text).not.toContain('D-4 ');
    const list = await app
      .as('ada')
      .in(east)
      .press(all.button(/^at risk/));
    expect(list.text).toContain('D-6 ');
    expect(list.text).not.toContain('D-4 ');
    const none = await app.as('tom').in(east).type('digest preview');
    expect(none.text).toContain('⛔ This digest tells of East, which you may not see. Li Na set it up.');
    await app.as('ada').in(west).type('digest here daily 09:00');
    const part = await app.as('tom').in(west).type('digest preview');
    expect(part.text).toContain('Everybody · as of');
    expect(part.text).toContain('only what you may see of it');
    expect(part.text).not.toContain('D-6 ');
  });
});

describe('the clock and the language of a channel', () => {
  const hall = { kind: 'channel', id: 'C0HALL', name: 'hall' } as const;

  it('are those of whoever was first there, until somebody takes others: all its digests follow at once', async () => {
    await app.as('lina').in(hall).type('简报 这里 每周 周五 16:00');
    const set = await app.as('tom').in(hall).type('digest here daily 10:00 group:West');
    expect(set.text).toContain('Times of Asia/Shanghai, in Chinese');
    const changed = await app.as('tom').in(hall).press(set.button('By the clock of Europe/Berlin'));
    expect(changed.text).toContain('Team digest for #hall: on working days at 10:00');
    expect(changed.text).toContain('About: West · Times of Europe/Berlin, in Chinese · set up by Tom Becker');
    const due = await app.inOrg((tx) =>
      tx
        .select({ zone: schedules.timeZone })
        .from(schedules)
        .where(and(eq(schedules.orgId, app.orgId), like(schedules.destination, 'channel:%'))),
    );
    expect(due).toEqual([{ zone: 'Europe/Berlin' }, { zone: 'Europe/Berlin' }]);
    await app.until('2026-11-11T08:59:00Z');
    expect(app.in('C0HALL')).toEqual([]);
    await app.as('ada').in(hall).type('digest here language:en');
    await app.until('2026-11-11T09:00:00Z');
    expect(app.in('C0HALL').map(({ text }) => text.split('\n')[0])).toEqual([
      expect.stringMatching(/^West · as of Wed 11 Nov, 10:00/),
    ]);
    expect(app.in('C0HALL')[0]?.text).toContain('set up by Tom Becker');
  });

  it('are read and said back in either language; a zone there is not is refused', async () => {
    const zh = await app.as('lina').in(east).type('简报 这里 每天 09:00 时区:伦敦 语言:en');
    expect(zh.text).toContain('按 Europe/London 的时间，用英文');
    expect(zh.text).toContain('简报 #sales-east 每天 09:00 时区:伦敦 语言:en');
    const none = await app.as('tom').in(west).type('digest here daily zone:Atlantis');
    expect(none.text).toContain('Atlantis');
    expect((await app.as('tom').in(west).type('digest list here')).text).toContain('No digest comes');
    const own = await app.as('tom').in(direct).type('digest me 08:45 zone:Berlin');
    expect(own.text).toContain('comes by your own clock');
  });
});

describe('the list of more digests than fit into one message', () => {
  const numbersOf = (text: string) =>
    rows(text)
      .map((line) => Number(/^• (\d+)\. /.exec(line)?.[1]))
      .filter((number) => number > 0);
  const hall = (at: number) =>
    ({ kind: 'channel', id: `C0HALL${String(at).padStart(2, '0')}`, name: `hall-${at + 10}` }) as const;

  it('says how many there are, leads to the rest, and stops those by their numbers', async () => {
    for (let at = 0; at < 16; at++) await app.as('ada').in(hall(at)).type('digest here daily 09:00');
    const first = await app.as('ada').in(direct).type('digest list');
    expect(numbersOf(first.text)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
    expect(first.text).toContain('1 to 15 of 17');
    const second = await app.as('ada').in(direct).press(first.button('Next 2'));
    expect(numbersOf(second.text)).toEqual([16, 17]);
    expect(second.text).toContain('16 to 17 of 17');
    const back = await app.as('ada').in(direct).press(second.button('Previous 15'));
    expect(numbersOf(back.text)).toEqual(numbersOf(first.text));
    const stopped = await app.as('ada').in(direct).type('digest stop 17');
    expect(stopped.text).toContain('Team digest for #hall-25 is stopped');
  });

  it('is of one channel, or of oneself, where that is named, by the same numbers', async () => {
    await app.as('ada').in(hall(1)).type('digest here daily 09:00');
    await app.as('ada').in(hall(2)).type('digest here daily 09:00');
    const here = await app.as('ada').in(hall(2)).type('digest list here');
    expect(here.text).toContain('Digests for #hall-12');
    expect(numbersOf(here.text)).toEqual([3]);
    expect(here.text).toContain('/crm digest stop 3');
    const own = await app.as('ada').in(hall(2)).type('digest list me');
    expect(numbersOf(own.text)).toEqual([1]);
    const none = await app.as('ada').in(west).type('digest list here');
    expect(none.text).toContain('No digest comes to #sales-west.');
  });

  it('offers to stop only what its reader may stop', async () => {
    await app.as('ada').in(west).type('digest here daily 09:00');
    const noah = await app.as('noah').in(west).type('digest list');
    expect(numbersOf(noah.text)).toHaveLength(1);
    expect(noah.buttons.map(({ label }) => label)).toEqual(['Preview']);
    expect(noah.text).not.toContain('digest stop');
    const emma = await app.as('emma').in(west).type('digest list');
    expect(emma.buttons.map(({ label }) => label)).toEqual(['Preview', 'Stop', 'Preview']);
  });
});

describe('a digest that is set', () => {
  it('says when it comes next in the words of whoever reads: their own time, and not the first', async () => {
    const set = await app.as('lina').in(west).type('简报 这里 每天 09:00');
    expect(set.text).toMatch(/首次：.*（你的时间）/);
    const again = await app.as('lina').in(west).type('简报 这里 每天 09:00');
    expect(again.text).not.toContain('首次');
    const mine = await app.as('tom').in(direct).type('digest me 08:45');
    expect(mine.text).toMatch(/Next one: \w+ \d+ \w+, 08:45$/m);
  });
});

describe('a channel in which nothing was set up before', () => {
  const fresh = { kind: 'channel', id: 'C0FRESH', name: 'fresh' } as const;

  it('is named in the line that is said back, not linked', async () => {
    const shown = await app.as('tom').in(fresh).type('digest here daily 09:00');
    expect(shown.text).toContain('/crm digest #fresh daily 09:00');
    expect(shown.text).not.toContain('C0FRESH');
    const undone = await app.as('tom').in(fresh).type('undo');
    expect(undone.text).toContain('digest #fresh daily 09:00');
  });

  it('can be tried out from elsewhere before it is set up', async () => {
    const tried = await app.as('tom').in(direct).type('digest <#C0FRESH|fresh> daily 09:00 ?');
    expect(tried.text).toContain('digest #fresh daily 09:00');
    const set = await app.as('tom').in(direct).press(tried.button('Run it'));
    expect(set.text).toContain('Team digest for #fresh');
  });
});

describe('a day that no digest can be of', () => {
  it.each(['0001-01-01', '1999-12-31', '2027-11-11', '9999-12-31'])(
    '%s is refused with the days there are',
    async (on) => {
      // Days far off no field takes, days nearer no digest.
      const days = /between 1 Jan 2000 and \d+ Nov 20\d\d/;
      const typed = await app.as('tom').type(`digest preview team on:${on}`);
      expect(typed.text).toMatch(days);
      const pressed = await app
        .as('tom')
        .press({ a: 'digests.open', i: { kind: 'team', figure: 'at-risk', on } });
      expect(pressed.text).toMatch(days);
    },
  );

  it.each(['2000-01-01', '2027-11-10'])('%s is one it can be of', async (on) => {
    for (const kind of ['team', 'morning', 'process', 'ledger', 'branches']) {
      const { text } = await app.as('tom').type(`digest preview ${kind} on:${on}`);
      expect(text).not.toMatch(/between|wrong/);
    }
  });
});

describe('a team somebody may not see', () => {
  it.each([
    'digest preview group:East',
    'digest preview team group:East',
    'digest now team group:East',
    'digest now group:East',
    'digest here group:East',
    'digest here daily group:East',
    'digest me group:East',
  ])('is refused to a rep and to the manager of another: %s', async (line) => {
    for (const key of ['emma', 'tom']) {
      for (const place of [east, direct]) {
        const { text } = await app.as(key).in(place).type(line);
        expect(text).toMatch(/⛔.*(may not see the deals of East|Only a manager or an admin)|Which channel/);
      }
    }
    await app.drainOutbox();
    expect(app.seen).toEqual([]);
  });

  it('is not what a digest of a channel tells a rep who asks for it early', async () => {
    await app.as('lina').in(east).type('digest here daily 09:00 group:East');
    const early = await app.as('emma').in(east).type('digest now');
    expect(early.text).toContain('⛔');
    const shown = await app.as('emma').in(east).type('digest preview');
    expect(shown.text).toContain('⛔');
    expect(shown.text).not.toContain('Wei');
  });

  it('of a rep’s own shows what the rep sees', async () => {
    const { text } = await app.as('emma').in(west).type('digest preview group:West');
    expect(text).toContain('West · as of');
    expect(text).toContain('a preview, only you see it · only what you may see of it');
    expect(text).not.toContain('Good morning');
    const own = await app.as('emma').in(west).type('digest preview team');
    expect(own.text).toContain('Team Tom Becker · as of');
  });

  it('is not named in a morning list', async () => {
    for (const line of ['digest preview morning group:West', 'digest me morning group:West']) {
      const { text } = await app.as('tom').in(direct).type(line);
      expect(text).toContain('A morning list is of one person');
    }
  });
});

describe('a digest of a team asked for at once', () => {
  it('is of that team, where none is set up and beside others that are', async () => {
    await app.as('ada').in(west).type('digest here process weekly fri 16:00 group:East');
    await app.as('ada').in(west).type('digest now group:West');
    await app.drainOutbox();
    expect(app.in('C0WEST').map(({ text }) => text.split('\n')[0])).toEqual([
      expect.stringMatching(/^West · as of/),
    ]);
  });
});

describe('a digest of a team', () => {
  it('is stopped by its team, and by no other', async () => {
    await app.as('ada').in(west).type('digest here daily 09:00 group:West');
    const other = await app.as('ada').in(west).type('digest stop here group:East');
    expect(other.text).toContain('There is no such digest for #sales-west');
    const mine = await app.as('ada').in(direct).type('digest stop me group:East');
    expect(mine.text).toContain('There is no such digest for you');
    const own = await app.as('ada').in(west).type('digest stop here group:West');
    expect(own.text).toContain('Team digest for #sales-west is stopped');
  });
});

describe('the foot of a digest', () => {
  const footOf = (text: string) => text.trim().split('\n').at(-1);
  const kinds = [
    ['team', 'open deals, leads and next steps', '进行中的商机、线索和下次跟进'],
    ['process', 'what was logged and filed in the seven days before', '之前七天的跟进记录和跟进计划'],
    ['ledger', 'good customers by what they bought', '好客户的购买额'],
    [
      'branches',
      'open and won deals and overdue steps of each branch',
      '各分公司进行中的商机、赢单和逾期跟进',
    ],
  ] as const;

  it.each(kinds)(
    'of kind %s says what it counts and where to change it, in either language',
    async (kind, en, zh) => {
      await app.as('tom').in(west).type(`digest now ${kind}`);
      await app.as('lina').in(east).type(`digest now ${kind}`);
      await app.as('tom').in(direct).type(`digest me ${kind}`);
      await app.as('tom').in(direct).type(`digest now me ${kind}`);
      await app.drainOutbox();
      expect(footOf(app.in('C0WEST')[0]?.text ?? '')).toMatch(
        new RegExp(`set up by Tom Becker · counts ${en} · change it with /crm digest`),
      );
      expect(footOf(app.in('C0EAST')[0]?.text ?? '')).toMatch(
        new RegExp(`由Li Na设置 · 统计${zh} · 用 /crm 简报 更改`),
      );
      const own = app.seen.find(({ to, platform }) => platform === 'slack' && to === 'U0TOMBECKER');
      expect(footOf(own?.text ?? '')).toContain(`counts ${en} · change it with /crm digest`);
    },
  );

  it('promises lists behind numbers only where there are numbers', async () => {
    await app.as('tom').in(west).type('digest now team');
    await app.as('tom').in(west).type('digest now process');
    await app.drainOutbox();
    const [team, process] = app.in('C0WEST');
    expect(footOf(team?.text ?? '')).toContain('numbers open their list');
    expect(footOf(process?.text ?? '')).not.toContain('numbers open their list');
    const shown = await app.as('tom').in(west).type('digest preview process');
    expect(footOf(shown.text)).toBe('a preview, only you see it');
  });
});
