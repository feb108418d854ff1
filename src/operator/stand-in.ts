import { parseArgs } from 'node:util';
import { serveSlackStandIn } from '../playground/serve.ts';
import { type Output, UsageError } from './command.ts';

const usage =
  'stand-in slack --port 4000 --target http://127.0.0.1:3000/slack/events [--signing-secret <secret>] [--bot-token xoxb-…]';

/** Runs a strict local Slack until Ctrl-C; the service is pointed at it by SLACK_API_URL. */
export async function standIn(args: string[], out: Output): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '4000' },
      target: { type: 'string', default: 'http://127.0.0.1:3000/slack/events' },
      'signing-secret': { type: 'string', default: 'stand-in-signing-secret' },
      'bot-token': { type: 'string', default: 'xoxb-stand-in' },
    },
  });
  if (positionals[0] !== 'slack') throw new UsageError(usage);
  const people = [
    { id: 'U0OWNER', name: 'olivia', realName: 'Olivia Owner', isAdmin: true, isOwner: true },
    { id: 'U0REP', name: 'rob', realName: 'Rob Rep' },
    { id: 'U0REPZH', name: 'wangmin', realName: '王敏', locale: 'zh-CN' as const, tz: 'Asia/Shanghai' },
    { id: 'U0GUEST', name: 'gina', realName: 'Gina Guest', isRestricted: true },
  ].map((one) => ({
    locale: 'en-US' as const,
    tz: 'Europe/London',
    email: `${one.name}@stand-in.example`,
    ...one,
  }));
  const bot = {
    id: 'U0BOT',
    name: 'parley',
    realName: 'Parley',
    email: '',
    locale: 'en-US' as const,
    tz: 'UTC',
    isBot: true,
  };
  const running = await serveSlackStandIn({
    port: Number(values.port),
    target: values.target,
    signingSecret: values['signing-secret'],
    workspaces: [
      {
        id: 'T0STANDIN',
        name: 'Stand-in',
        domain: 'stand-in',
        botToken: values['bot-token'],
        botUserId: bot.id,
        appId: 'A0PARLEY',
        users: [...people, bot],
        channels: [{ id: 'C0SALES', name: 'sales', members: [...people, bot].map((one) => one.id) }],
      },
    ],
  });
  out.line(`Slack stand-in at ${running.url}`);
  out.line('Start the service with:');
  out.line(
    `  SLACK_SIGNING_SECRET=${values['signing-secret']} SLACK_BOT_TOKEN=${values['bot-token']} SLACK_API_URL=${running.url}/api/ npm start`,
  );
  out.line(
    `Type with: curl -s ${running.url}/_control/command -d '{"user":"U0REP","channel":"C0SALES","text":"/crm help"}' -H 'content-type: application/json'`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await running.close();
  return 0;
}
