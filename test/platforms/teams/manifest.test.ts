import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chineseFile,
  chineseStrings,
  type ManifestOptions,
  type ManifestTexts,
  teamsManifest,
} from '../../../src/platforms/teams/manifest.ts';
import { appId, lina, tabAppId, wei } from '../../playground/teams-service.ts';
import { problems } from '../../support/teams-schema.ts';
import { formOutcome, Harness } from './support.ts';

const kinds = ['account', 'contact', 'deal', 'lead'];
const english: ManifestTexts = {
  summary: 'Leads, deals and follow-ups where you talk',
  description: 'The CRM that lives in your chat.',
  commands: Array.from({ length: 10 }, (_, n) => ({ line: `verb-${n}`, summary: `Does ${n}` })),
  searches: kinds.map((kind) => ({ kind, title: kind, description: `Find ${kind}s`, hint: 'Name' })),
  newLead: { title: 'New lead', description: 'Save somebody who might buy' },
  logMessage: { title: 'Log to CRM', description: 'Save this message' },
  tab: 'My day',
};
const chinese: ManifestTexts = {
  summary: '线索、商机和跟进',
  description: '聊天里的 CRM。',
  commands: english.commands.map(({ line }, n) => ({ line, summary: `做第 ${n} 件事` })),
  searches: kinds.map((kind) => ({ kind, title: `查找${kind}`, description: '查找记录', hint: '名称' })),
  newLead: { title: '新建线索', description: '保存潜在客户' },
  logMessage: { title: '记入 CRM', description: '保存这条消息' },
  tab: '我的一天',
};
const options: ManifestOptions = {
  publicUrl: 'https://crm.example',
  version: '1.0.0',
  appId,
  tabAppId,
  configurePath: '/tab/configure',
  developer: {
    name: 'Example',
    websiteUrl: 'https://crm.example',
    privacyUrl: 'https://crm.example/privacy',
    termsOfUseUrl: 'https://crm.example/terms',
  },
  english,
  chinese,
};

interface Manifest {
  manifestVersion: string;
  bots: { botId: string; scopes: string[]; commandLists: { scopes: string[]; commands: object[] }[] }[];
  composeExtensions: {
    commands: {
      id: string;
      type: string;
      context: string[];
      fetchTask?: boolean;
      parameters?: { name: string }[];
    }[];
    messageHandlers: object[];
  }[];
}
const manifest = teamsManifest(options) as unknown as Manifest & Record<string, unknown>;

describe('the manifest', () => {
  test('is what the released schema asks for, with a tab, with a personal one, without one', () => {
    expect(problems(manifest)).toBeUndefined();
    for (const change of [{ configurePath: undefined }, { tabAppId: undefined }]) {
      expect(problems(teamsManifest({ ...options, ...change }))).toBeUndefined();
    }
    const broken = { ...manifest, developer: {}, extra: 1 };
    const found = JSON.stringify(problems(broken));
    expect(found).toContain('websiteUrl');
    expect(found).toContain('additional properties');
  });

  test('has the same commands in each place, ten at most', () => {
    const [bot] = manifest.bots;
    expect(bot?.botId).toBe(appId);
    expect(bot?.commandLists.map(({ scopes }) => scopes)).toEqual([['personal'], ['groupChat'], ['team']]);
    for (const { commands } of bot?.commandLists ?? []) expect(commands).toHaveLength(10);
    const many = [...english.commands, { line: 'one-more', summary: 'x' }];
    expect(() => teamsManifest({ ...options, english: { ...english, commands: many } })).toThrow(RangeError);
  });

  test('searches every kind, and starts a lead and a log in a dialog', () => {
    const commands = manifest.composeExtensions[0]?.commands ?? [];
    expect(commands.map(({ id, type, context }) => [id, type, context.join()])).toEqual([
      ...kinds.map((kind) => [`search-${kind}`, 'query', 'compose,commandBox']),
      ['newLead', 'action', 'compose'],
      ['logToCrm', 'action', 'message'],
    ]);
    for (const { type, fetchTask, parameters } of commands) {
      expect([type, fetchTask, parameters?.length]).toEqual(
        type === 'query' ? ['query', undefined, 1] : ['action', true, undefined],
      );
    }
  });

  test('loads pages and unfolds links of our own host alone, and lets Teams sign people in for it', () => {
    expect(manifest).toMatchObject({
      validDomains: ['crm.example'],
      webApplicationInfo: { id: tabAppId, resource: `api://crm.example/${tabAppId}` },
      staticTabs: [{ contentUrl: 'https://crm.example/tab/', scopes: ['personal'] }],
      configurableTabs: [{ configurationUrl: 'https://crm.example/tab/configure' }],
    });
    expect(JSON.stringify(manifest.composeExtensions[0]?.messageHandlers)).toContain('["crm.example"]');
    const bare = teamsManifest({ ...options, tabAppId: undefined });
    for (const name of ['staticTabs', 'configurableTabs', 'webApplicationInfo']) {
      expect(bare).not.toHaveProperty(name);
    }
  });

  test('a text Teams would refuse stops the build', () => {
    const long = (change: Partial<ManifestTexts>) => () =>
      teamsManifest({ ...options, english: { ...english, ...change } });
    expect(long({ summary: 'x'.repeat(81) })).toThrow(RangeError);
    expect(long({ newLead: { title: 'x'.repeat(33), description: 'x' } })).toThrow(RangeError);
    expect(long({ commands: [{ line: 'x', summary: '' }] })).toThrow(RangeError);
    const searches = Array.from({ length: 9 }, () => english.searches[0] ?? never());
    expect(long({ searches })).toThrow(RangeError);
  });
});

function never(): never {
  throw new Error('no searches');
}

describe('the Chinese words', () => {
  const strings = chineseStrings(options);

  test('are what the schema of the same version asks for, and the manifest names their file', () => {
    expect(problems(strings)).toBeUndefined();
    expect(problems({ ...strings, 'bots[1].name': 'x' })).toBeDefined();
    expect(manifest).toMatchObject({
      localizationInfo: { additionalLanguages: [{ languageTag: 'zh-cn', file: chineseFile }] },
    });
  });

  test('stand for every text that is another one', () => {
    expect(strings).toMatchObject({
      'description.short': '线索、商机和跟进',
      'staticTabs[0].name': '我的一天',
      'bots[0].commandLists[2].commands[9].description': '做第 9 件事',
      'composeExtensions[0].commands[4].title': '新建线索',
      'composeExtensions[0].commands[0].parameters[0].description': '名称',
    });
    expect(strings).not.toHaveProperty(['bots[0].commandLists[0].commands[0].title']);
    const shown = JSON.stringify(strings);
    for (const { summary } of chinese.commands) expect(shown).toContain(summary);
  });
});

describe('what it names is handled', () => {
  const teams = new Harness();
  beforeAll(() => {
    const show = (key: string) => ({ a: 'records.show', i: { key } });
    return teams.start({ searches: kinds.map((kind) => ({ kind, label: kind, show })) });
  });
  afterAll(() => teams.stop());

  const commands = manifest.composeExtensions[0]?.commands ?? [];

  test.each(commands.filter(({ type }) => type === 'query'))('search $id', async ({ id, parameters }) => {
    teams.answer = () => ({ kind: 'options', options: [] });
    const parameter = parameters?.[0]?.name ?? 'none';
    const outcome = await teams.standIn.queryExtension({
      user: lina,
      commandId: id,
      parameter,
      text: 'acme',
    });
    expect(outcome).toMatchObject({ ok: true, results: [] });
    const lookups = [id.replace('search-', '')];
    expect(teams.interactions.at(-1)).toEqual({ kind: 'lookup', lookups, query: 'acme' });
  });

  test.each(commands.filter(({ type }) => type === 'action'))('action $id', async ({ id, context }) => {
    teams.answer = () => formOutcome;
    const said = await teams.standIn.say({ user: wei, conversation: 'sales', text: 'call Acme' });
    const about = context.includes('message') && said.message ? { message: said.message } : {};
    const outcome = await teams.standIn.fetchExtension({ user: lina, commandId: id, ...about });
    expect(outcome).toMatchObject({ ok: true, dialog: expect.any(String) });
    expect(teams.interactions.at(-1)).toMatchObject({ kind: 'press', press: { form: true } });
  });

  test.each(english.commands.slice(0, 1))('command $line, as the list writes it', async ({ line }) => {
    for (const text of [line, `@CRM ${line}`]) {
      const conversation = text === line ? {} : { conversation: 'sales' };
      await teams.standIn.say({ user: lina, text, ...conversation });
      expect(teams.interactions.at(-1)).toEqual({ kind: 'command', line });
    }
  });
});
