import { locales } from '../../kernel/text.ts';

/** A line is `[text, code, text, code, text]`. Inside Teams no other place is named: its store forbids it. */
const texts = {
  en: {
    title: 'You are not signed in here',
    anywhere: [
      'Type ',
      '/crm open',
      ' in Slack or Teams, or ',
      'open',
      ' to the bot: you get a link that signs you in.',
    ],
    inTeams: ['Send ', 'open', ' to the bot in its chat: you get a link that signs you in.'],
  },
  'zh-CN': {
    title: '您尚未在此登录',
    anywhere: [
      '请在 Slack 或 Teams 中输入 ',
      '/crm open',
      '，或向机器人发送 ',
      'open',
      '，您会收到一个登录链接。',
    ],
    inTeams: ['请在聊天中向机器人发送 ', 'open', '，您会收到一个登录链接。'],
  },
} as const;

/** In every language: who looks is not known. */
export function SignedOutPage() {
  const where = window.parent === window ? 'anywhere' : 'inTeams';
  return (
    <main className="entrance">
      {locales.map((locale) => (
        <section key={locale} lang={locale} className="signed-out">
          <h1>{texts[locale].title}</h1>
          <p>
            {texts[locale][where].map((part, index) =>
              index % 2 === 1 ? <code key={part}>{part}</code> : part,
            )}
          </p>
        </section>
      ))}
    </main>
  );
}
