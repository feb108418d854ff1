import { locales } from '../../kernel/text.ts';
import { signedOut } from '../words/signed-out.ts';

/** In every language: who looks is not known. */
export function SignedOutPage() {
  const where = window.parent === window ? 'anywhere' : 'inTeams';
  return (
    <main className="entrance">
      {locales.map((locale) => (
        <section key={locale} lang={locale} className="signed-out">
          <h1>{signedOut[locale].title}</h1>
          <p>
            {signedOut[locale][where].map((part, index) =>
              index % 2 === 1 ? <code key={part}>{part}</code> : part,
            )}
          </p>
        </section>
      ))}
    </main>
  );
}
