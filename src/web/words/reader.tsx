import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { sellingRoles } from '../../kernel/context.ts';
import { formatMoney } from '../../kernel/money.ts';
import type { Locale } from '../../kernel/text.ts';
import { formatDay, formatPercent } from '../../view/spans.ts';
import type { SessionView } from '../client/call.ts';
import { wordsIn } from './dictionary.ts';
import type { Words } from './english.ts';

export interface Amount {
  amountMinor: string;
  currency: string;
}

/** Who reads, with everything that depends on it. */
export interface PageReader {
  session: SessionView;
  locale: Locale;
  words: Words;
  /** Whether they work on customers, in the service's words. */
  isSelling: boolean;
  money(amount: Amount): string;
  /** Sums side by side, never added across currencies. */
  sums(amounts: readonly Amount[]): string;
  day(on: string): string;
  percent(basisPoints: number): string;
  count(value: number): string;
  /** A name that exists in both languages. */
  named(of: { name: string; nameZh: string }): string;
}

const Context = createContext<PageReader | undefined>(undefined);

export function useReader(): PageReader {
  const reader = useContext(Context);
  if (!reader) throw new Error('nobody reads here yet');
  return reader;
}

export function ReaderProvider({ session, children }: { session: SessionView; children: ReactNode }) {
  const reader = useMemo(() => readerOf(session), [session]);
  return <Context value={reader}>{children}</Context>;
}

function readerOf(session: SessionView): PageReader {
  const { locale } = session;
  const money = ({ amountMinor, currency }: Amount) =>
    formatMoney({ amountMinor: BigInt(amountMinor), currency }, locale);
  return {
    session,
    locale,
    words: wordsIn(locale),
    isSelling: sellingRoles.some((role) => session.roles.includes(role)),
    money,
    sums: (amounts) => amounts.map(money).join(locale === 'zh-CN' ? '，' : ' · '),
    day: (on) => formatDay(on, locale),
    percent: (basisPoints) => formatPercent(basisPoints, locale),
    count: (value) => value.toLocaleString(locale),
    named: ({ name, nameZh }) => (locale === 'zh-CN' && nameZh !== '' ? nameZh : name),
  };
}
