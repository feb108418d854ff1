import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Harness, SlackRecorder } from './support.ts';

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
});

describe('commands', () => {
  test('a card is the answer of the request, with a text that tells all of it', async () => {
    const answer = await slack.command('show D-142');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      response_type: 'ephemeral',
      text: '✅ Done D-142',
      blocks: [{ type: 'header' }],
    });
    expect(slack.asked[0]).toEqual({
      who: { platform: 'slack', installation: 'T1', userId: 'U1' },
      interaction: { kind: 'command', line: 'show D-142' },
    });
  });
});
