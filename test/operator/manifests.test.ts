import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { manifests } from '../../src/operator/manifests.ts';
import { problems } from '../support/teams-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-manifests-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const appId = '11111111-2222-4333-8444-555555555555';
const tabAppId = '99999999-2222-4333-8444-555555555555';
const env = { TEAMS_APP_ID: appId, TEAMS_TAB_APP_ID: tabAppId };

async function packaged(name: string, url: string, from: Record<string, string> = env) {
  const said: string[] = [];
  const out = { line: (text: string) => void said.push(text), progress: () => undefined };
  const file = join(folder, name);
  const code = await manifests(out, ['package', '--url', url, '--out', file], from);
  return { code, said: said.join('\n'), bytes: readFileSync(file) };
}

test('the package holds a manifest that Teams takes, in both languages, and icons of the sizes it asks for', async () => {
  const { code, bytes } = await packaged('one.zip', 'https://crm.acme.example');
  expect(code).toBe(0);
  const files = unzipSync(new Uint8Array(bytes));
  expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png', 'zh-cn.json']);
  const read = (name: string) => JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
  const manifest = read('manifest.json');
  expect(problems(manifest)).toBeUndefined();
  expect(problems(read('zh-cn.json'))).toBeUndefined();
  expect(manifest).toMatchObject({
    id: appId,
    webApplicationInfo: { id: tabAppId, resource: `api://crm.acme.example/${tabAppId}` },
    staticTabs: [{ contentUrl: 'https://crm.acme.example/tab/' }],
    validDomains: ['crm.acme.example'],
  });
  const sizeOf = (png: Uint8Array | undefined) => {
    const view = new DataView((png ?? new Uint8Array(24)).slice(16, 24).buffer);
    return [view.getUint32(0), view.getUint32(4)];
  };
  expect([sizeOf(files['color.png']), sizeOf(files['outline.png'])]).toEqual([
    [192, 192],
    [32, 32],
  ]);
});

test('the same registration gives the same bytes', async () => {
  const one = await packaged('two.zip', 'https://crm.acme.example');
  const other = await packaged('three.zip', 'https://crm.acme.example');
  expect(other.bytes.equals(one.bytes)).toBe(true);
  const elsewhere = await packaged('four.zip', 'https://crm.other.example');
  expect(elsewhere.bytes.equals(one.bytes)).toBe(false);
});

test('what Teams would refuse is said before the upload', async () => {
  await expect(packaged('five.zip', 'http://crm.acme.example')).rejects.toThrow(/https/);
  await expect(packaged('six.zip', 'https://crm.acme.example', {})).rejects.toThrow(/^TEAMS_APP_ID: missing/);
  const { said } = await packaged('seven.zip', 'https://crm.acme.example', { TEAMS_APP_ID: appId });
  expect(said).toContain('no tab');
});

test('the committed manifests are valid', () => {
  const home = join(import.meta.dirname, '../../manifests/teams');
  for (const name of ['manifest.json', 'zh-cn.json']) {
    expect(problems(JSON.parse(readFileSync(join(home, name), 'utf8')))).toBeUndefined();
  }
});
