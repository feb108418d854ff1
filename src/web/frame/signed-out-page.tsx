import { locales } from '../../kernel/text.ts';

const texts = {
  en: {
    title: 'You are not signed in here',
    before: 'Type ',
    slack: ' in Slack or Teams, or ',
    after: ' to the bot: you get a link that signs you in.',
  },
  'zh-CN': {
    title: '您尚未在此登录',
    before: '请在 Slack 或 Teams 中输入 ',
    slack: '，或向机器人发送 ',
    after: '，您会收到一个登录链接。',
  },
} as const;

/** In every language: who looks is not known. */
export function SignedOutPage() {
  return (
    <main className="entrance">
      {locales.map((locale) => (
        <section key={locale} lang={locale} className="signed-out">
          <h1>{texts[locale].title}</h1>
          <p>
            {texts[locale].before}
            <code>/crm open</code>
            {texts[locale].slack}
            <code>open</code>
            {texts[locale].after}
          </p>
        </section>
      ))}
    </main>
  );
}
