import { createHmac } from 'node:crypto';
import { verifySlackRequest } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { isSigned, maxBodyBytes, readBody } from '../../../src/platforms/slack/signature.ts';
import fc from '../../support/property.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const nowMs = 1_531_420_618_000;
const now = nowMs / 1000;

interface Signed {
  signature: string;
  timestamp: string;
  body: string;
}

function signed(body: string, atSeconds = now, key = secret): Signed {
  const digest = createHmac('sha256', key).update(`v0:${atSeconds}:${body}`).digest('hex');
  return { signature: `v0=${digest}`, timestamp: String(atSeconds), body };
}

function ours({ signature, timestamp, body }: Signed): boolean {
  return isSigned(secret, { signature, timestamp }, Buffer.from(body), nowMs);
}

function theirs({ signature, timestamp, body }: Signed): boolean {
  try {
    verifySlackRequest({
      signingSecret: secret,
      body,
      headers: {
        'x-slack-signature': signature,
        'x-slack-request-timestamp': timestamp as unknown as number,
      },
      nowMilliseconds: nowMs,
    });
    return true;
  } catch {
    return false;
  }
}

const sample = 'token=x&team_id=T1&command=%2Fcrm&text=show+D-142';

describe('the signature check', () => {
  test("agrees with the example of Slack's documentation", () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
    expect(ours({ signature, timestamp: '1531420618', body })).toBe(true);
  });

  test('agrees with the SDK on a corpus, apart from what it refuses on purpose', () => {
    const good = signed(sample);
    const corpus: Signed[] = [
      good,
      signed(''),
      signed('客户=上海'),
      signed('x'.repeat(100_000)),
      signed(sample, now - 299),
      signed(sample, now - 300),
      signed(sample, now - 301),
      signed(sample, now - 86_400),
      signed(sample, now, 'another secret'),
      { ...good, body: `${sample}&x=1` },
      { ...good, body: sample.toUpperCase() },
      { ...good, timestamp: String(now - 1) },
      { ...good, signature: good.signature.replace('v0', 'v1') },
      { ...good, signature: good.signature.slice(3) },
      { ...good, signature: good.signature.slice(0, -1) },
      { ...good, signature: 'v0=' },
      { ...good, signature: '' },
    ];
    for (const each of corpus) expect([each.signature, ours(each)]).toEqual([each.signature, theirs(each)]);
    expect(corpus.filter(ours).length).toBe(6);
  });

  test.each<[string, Signed]>([
    ['a timestamp in the future', signed(sample, now + 301)],
    ['something after the digest', { ...signed(sample), signature: `${signed(sample).signature}=x` }],
    [
      'a header sent twice',
      { ...signed(sample), signature: `${signed(sample).signature}, v0=${'0'.repeat(64)}` },
    ],
  ])('refuses %s, which the SDK takes or splits', (_, request) => {
    expect(ours(request)).toBe(false);
  });

  test('a timestamp that is no plain number is refused', () => {
    for (const timestamp of [
      '',
      ' ',
      'NaN',
      '1e9',
      '-1',
      `${now}.0`,
      `0x${now.toString(16)}`,
      `${now}, ${now}`,
    ]) {
      expect(ours({ ...signed(sample), timestamp })).toBe(false);
    }
  });

  test('is of the bytes, not of the text they make', () => {
    const bytes = (last: number) => Buffer.from([...Buffer.from(`${sample}&note=`), last]);
    const digest = createHmac('sha256', secret).update(`v0:${now}:`).update(bytes(0xff)).digest('hex');
    const headers = { signature: `v0=${digest}`, timestamp: String(now) };
    expect(isSigned(secret, headers, bytes(0xff), nowMs)).toBe(true);
    // Neither is UTF-8: read as text both would be the same.
    expect(isSigned(secret, headers, bytes(0xfe), nowMs)).toBe(false);
  });

  test('no mutant is accepted', () => {
    const numRuns = Number(process.env.SIGNATURE_MUTANTS ?? 500);
    const good = signed(sample);
    let tried = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('signature' as const, 'timestamp' as const, 'body' as const),
        fc.nat(),
        fc.constantFrom('flip', 'insert', 'delete', 'duplicate', 'truncate'),
        fc.integer({ min: 0, max: 255 }),
        (part, position, kind, byte) => {
          const mutant = { ...good, [part]: mutate(good[part], position, kind, byte) };
          fc.pre(mutant[part] !== good[part]);
          tried += 1;
          expect(ours(mutant)).toBe(false);
        },
      ),
      { numRuns },
    );
    expect(tried).toBeGreaterThanOrEqual(numRuns);
  });
});

function mutate(text: string, position: number, kind: string, byte: number): string {
  const at = position % text.length;
  const sign = String.fromCharCode(byte);
  switch (kind) {
    case 'flip':
      return (
        text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (byte % 7))) + text.slice(at + 1)
      );
    case 'insert':
      return text.slice(0, at) + sign + text.slice(at);
    case 'delete':
      return text.slice(0, at) + text.slice(at + 1);
    case 'duplicate':
      return text + text.slice(at);
    default:
      return text.slice(0, at);
  }
}

describe('reading a body', () => {
  const request = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://x/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

  test('a body of the largest size is read, one byte more is not', async () => {
    expect((await readBody(request('x'.repeat(maxBodyBytes))))?.byteLength).toBe(maxBodyBytes);
    expect(await readBody(request('x'.repeat(maxBodyBytes + 1)))).toBeUndefined();
  });

  test('an announced size past the limit is refused before anything is read', async () => {
    let read = 0;
    const endless = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          read += 1;
          controller.enqueue(new Uint8Array(1024));
        },
      },
      { highWaterMark: 0 },
    );
    expect(await readBody(request(endless, { 'content-length': '157286400' }))).toBeUndefined();
    expect(read).toBe(0);
  });

  test('a body without a size is given up as soon as it is too large', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    expect(await readBody(request(endless))).toBeUndefined();
    expect(sent).toBeLessThan(maxBodyBytes + 4 * 64 * 1024);
  });
});
